import { stripTypeScriptTypes } from "node:module";
import { type AnyNode, type Node, parse } from "acorn";
import { full } from "acorn-walk";

/** A way that execution can take at an `if`, a `?:`, a `case`, or behind `&&`, `||` and `??`. */
export interface Branch {
  /** Line of the whole, from 1. */
  readonly line: number;
  /** Where in the source the way begins; its count is the branch's. */
  readonly at: number;
  /** For the way around an `if` without `else`: what is counted at `at` besides, at this place. */
  readonly less?: number;
}

/** What can be covered in a source file. Places are offsets in UTF-16 code units, as V8 counts them. */
export interface Structure {
  /** By line, from 1, where its statements begin. */
  readonly lines: ReadonlyMap<number, readonly number[]>;
  readonly branches: readonly Branch[];
}

/** What holds statements or declares names is no statement that can be missed. */
const NOT_EXECUTED: ReadonlySet<string> = new Set([
  "BlockStatement",
  "ClassDeclaration",
  "EmptyStatement",
  "ExportAllDeclaration",
  "ExportDefaultDeclaration",
  "ExportNamedDeclaration",
  "FunctionDeclaration",
  "ImportDeclaration",
]);

/** The part of a node that a line counts for; undefined: none. */
function executedPart(node: AnyNode): Node | undefined {
  if (node.type === "ArrowFunctionExpression") return node.expression ? node.body : undefined;
  if (node.type === "PropertyDefinition") return node.value ?? undefined;
  return /(Statement|Declaration)$/.test(node.type) && !NOT_EXECUTED.has(node.type) ? node : undefined;
}

function branchesOf(node: AnyNode, line: number): Branch[] {
  switch (node.type) {
    case "IfStatement": {
      const taken = { line, at: node.consequent.start };
      if (node.alternate) return [taken, { line, at: node.alternate.start }];
      return [taken, { line, at: node.start, less: node.consequent.start }];
    }
    case "ConditionalExpression":
      return [node.consequent, node.alternate].map(({ start }) => ({ line, at: start }));
    case "LogicalExpression":
      return [{ line, at: node.right.start }];
    case "SwitchCase":
      return [{ line, at: node.start }];
    default:
      return [];
  }
}

/** @param source TypeScript whose types Node can strip, which keeps every place */
export function structureOf(source: string): Structure {
  const code = stripTypeScriptTypes(source);
  const lines = new Map<number, number[]>();
  const branches: Branch[] = [];
  const program = parse(code, { ecmaVersion: "latest", sourceType: "module", locations: true });
  full(program, (node) => {
    const part = executedPart(node as AnyNode);
    const line = part?.loc?.start.line;
    if (part && line !== undefined) lines.set(line, [...(lines.get(line) ?? []), part.start]);
    branches.push(...branchesOf(node as AnyNode, node.loc?.start.line ?? 0));
  });
  return { lines, branches };
}

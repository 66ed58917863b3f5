import type { babel } from "@stryker-mutator/instrumenter";

type Node = babel.NodePath["node"];

/** Folders of `server-ref` whose code is mutated: what a client's packet or request passes through. */
const MUTATED = ["gate", "logic", "store/sqlite", "store", "http"] as const;

/** Files in those folders that no client can see through. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "http/metrics.ts": "figures for operators",
  "http/probes.ts": "probes for operators",
  "store/open.ts": "reads the address of a store",
  "store/errors.ts": "texts for operators",
};

/** Whether a file of `server-ref` is mutated. @param path relative to `server-ref`, with slashes */
export function isMutated(path: string): boolean {
  if (path.endsWith(".test.ts") || path in LEFT_OUT) return false;
  const folder = path.slice(0, path.lastIndexOf("/"));
  return (MUTATED as readonly string[]).includes(folder);
}

/** Calls whose arguments only operators or the self-tests see. */
const UNSEEN_CALLS: Readonly<Record<string, string>> = {
  mark: "a mark of the self-tests",
  log: "a line of the log",
  reportFailure: "a line of the log",
  onFailure: "a line of the log",
};

/** Classes whose text only operators see. */
const UNSEEN_ERRORS: ReadonlySet<string> = new Set(["ServerError", "StoreError", "Error", "TypeError", "RangeError"]);

function nameOf(callee: Node): string | undefined {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return undefined;
  return callee.property.name;
}

/** Whether an expression adds to the server's own meter, as in `meter.requests++`. */
function isMeter(node: Node): boolean {
  if (node.type === "MemberExpression") return isMeter(node.object) || nameOf(node) === "meter";
  return node.type === "Identifier" && node.name === "meter";
}

function whyUnseen(node: Node): string | undefined {
  switch (node.type) {
    case "ExpressionStatement":
      return whyUnseen(node.expression);
    case "CallExpression": {
      const name = nameOf(node.callee as Node);
      if (name !== undefined && Object.hasOwn(UNSEEN_CALLS, name)) return UNSEEN_CALLS[name];
      return isMeter(node.callee as Node) ? "a figure for operators" : undefined;
    }
    case "NewExpression":
      return UNSEEN_ERRORS.has(nameOf(node.callee as Node) ?? "")
        ? "the text of an error that only operators see"
        : undefined;
    case "UpdateExpression":
      return isMeter(node.argument) ? "a figure for operators" : undefined;
    case "AssignmentExpression":
      return isMeter(node.left) ? "a figure for operators" : undefined;
    default:
      return undefined;
  }
}

/** Tells the instrumenter which code no client sees. */
export const unseenCode = {
  /** @returns why a node is not mutated; undefined when it is */
  shouldIgnore(path: object): string | undefined {
    return whyUnseen((path as { node: Node }).node);
  },
};

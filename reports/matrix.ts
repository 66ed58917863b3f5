import type { CaseResult, CaseStatus, ConformanceResult } from "../harness/result/index.ts";
import { caseStatuses, sectionOfCase } from "./case-order.ts";
import { distinctNames } from "./distinct-names.ts";
import { targetName } from "./headline.ts";

/** Rules by implementations. */
export interface Matrix {
  columns: MatrixColumn[];
  rows: MatrixRow[];
}

/** One implementation. */
export interface MatrixColumn {
  name: string;
  result: ConformanceResult;
}

/** One rule, with what every implementation made of it. */
export interface MatrixRow {
  rule: string;
  section: string;
  text: string;
  /** One per column; undefined where the implementation was not asked. */
  cells: (MatrixCell | undefined)[];
  /** The implementations do not agree. */
  differs: boolean;
}

/** What one implementation made of one rule. */
export interface MatrixCell {
  /** The worst of the rule's cases. */
  status: CaseStatus;
  /** How many of the rule's cases have it, of how many. */
  count: number;
  of: number;
  /** Why, for a cell that is not green. */
  reason?: string;
}

/** Puts results side by side, in the order given. Rules come in the order of the first result that has them. */
export function matrixOf(results: readonly ConformanceResult[]): Matrix {
  const byRule = results.map((result) => Map.groupBy(result.cases, ({ rule }) => rule));
  const rules = new Map<string, CaseResult>();
  for (const result of results)
    for (const entry of result.cases) if (!rules.has(entry.rule)) rules.set(entry.rule, entry);
  const names = distinctNames(results, targetName);
  return {
    columns: results.map((result, index) => ({ name: names[index] ?? "", result })),
    rows: [...rules].map(([rule, first]) => {
      const cells = byRule.map((cases) => cellOf(cases.get(rule) ?? []));
      return {
        rule,
        section: sectionOfCase(first),
        text: first.ruleText ?? first.title,
        cells,
        differs: new Set(cells.map((cell) => cell?.status)).size > 1,
      };
    }),
  };
}

function cellOf(cases: readonly CaseResult[]): MatrixCell | undefined {
  const [worst] = cases.toSorted((a, b) => caseStatuses.indexOf(a.status) - caseStatuses.indexOf(b.status));
  if (worst === undefined) return undefined;
  const { status, reason } = worst;
  const count = cases.filter((entry) => entry.status === status).length;
  return { status, count, of: cases.length, ...(reason === undefined ? {} : { reason }) };
}

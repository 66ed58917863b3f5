import type { CaseResult, ConformanceResult, FaultRecord } from "../harness/result/index.ts";

/** A fault with what became of each guarantee. */
export interface FaultRow {
  fault: FaultRecord;
  /** Its cases, in the order of {@link FaultTable.guarantees}. */
  cases: CaseResult[];
}

/** Faults by guarantees. */
export interface FaultTable {
  /** What must hold after every fault, in the words of the cases. */
  guarantees: { name: string; title: string }[];
  rows: FaultRow[];
}

/** The faults of a run with their cases; undefined for a run of the suite, and for files that do not say it. */
export function faultTable({ faults, cases }: ConformanceResult): FaultTable | undefined {
  if (faults === undefined) return undefined;
  const byFault = Map.groupBy(cases, ({ id }) => id.slice(0, id.lastIndexOf("/")));
  const rows = faults.map((fault): FaultRow => ({ fault, cases: byFault.get(fault.name) ?? [] }));
  const guarantees = (rows[0]?.cases ?? []).map(({ id, expected, title }) => ({
    name: id.slice(id.lastIndexOf("/") + 1),
    title: expected ?? title,
  }));
  return { guarantees, rows };
}

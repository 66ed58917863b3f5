import type { CaseResult } from "./conformance.ts";

/** What is told of a case that could not run. */
export type Hindered = Pick<CaseResult, "id" | "lack" | "reason">;

/** What differs from case to case although the cause is one: numbers, quoted texts, names of connections. */
const OF_THE_CASE = /"[^"]*"|0x[0-9a-f]+|\d[\d.-]*|\bthe login of .*? failed|\bconnecting .*? failed/g;

/** Cases that could not run, by what hindered them, the most frequent cause first. */
export function byCause<Case extends Hindered>(cases: readonly Case[]): [cause: string, cases: Case[]][] {
  const causeOf = ({ lack, reason = "" }: Case): string => lack ?? reason.replaceAll(OF_THE_CASE, "…");
  return [...Map.groupBy(cases, causeOf)].sort(([, a], [, b]) => b.length - a.length);
}

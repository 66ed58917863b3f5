import type { Rule } from "../../scenarios/rules/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import type { KillMatrix } from "../proof/matrix-document.ts";

/**
 * What the published kill matrix leaves unproven, one sentence each: a MUST rule that can be observed and of which no
 * case has killed a mutant, and whatever is older than the mutants.
 */
export function killFaultsOf(matrix: KillMatrix, rules: readonly Rule[], mutants: readonly Mutant[]): string[] {
  const faults: string[] = [];
  if (matrix.quick) faults.push("the kill matrix was made with --quick: not every mutant met every case");
  const records = new Map(matrix.records.map((record) => [record.mutant, record]));
  for (const [name, own] of Map.groupBy(mutants, (one) => one.name)) {
    if (own.length > 1) faults.push(`${own.length} mutants are named ${name}: only one of them can be run`);
  }
  for (const { name, breaks } of mutants) {
    const record = records.get(name);
    if (record?.breaks.join() !== breaks.join()) {
      faults.push(`the kill matrix is older than the mutant ${name}: npm run kill-matrix -- --update --mutant ${name}`);
      continue;
    }
    if (record.survived.length > 0) faults.push(`${name} survived the cases of ${record.survived.join(", ")}`);
    if (record.strays.length > 0) {
      faults.push(`${name} also failed the unrelated ${record.strays.map((one) => one.case).join(", ")}`);
    }
  }
  for (const name of records.keys()) {
    if (!mutants.some((one) => one.name === name)) faults.push(`the kill matrix speaks of ${name}, which is no mutant`);
  }
  const killed = new Set(matrix.records.flatMap(({ kills }) => kills.map(({ rule }) => rule)));
  for (const { id, level, unobservable } of rules) {
    if (level === "must" && unobservable === undefined && !killed.has(id)) {
      faults.push(`no mutant is killed by a case of ${id}, which is a MUST`);
    }
  }
  return faults;
}

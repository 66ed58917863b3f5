import { type ConformanceCase, selectCases } from "../../harness/runner/index.ts";
import { conformanceCases, everyVariant } from "../../scenarios/conformance/index.ts";
import { type Mutant, mutantByName, mutants } from "../../server-ref/mutants/index.ts";
import { recordKills } from "./kills.ts";
import { runAgainstReference } from "./run.ts";
import { sampleFor } from "./sample.ts";

/** What `kill-matrix.ts` asks for. */
export interface KillOrder {
  readonly name: string;
  readonly seed: number;
  /** Only the mutant's sample of the cases. */
  readonly quick: boolean;
  /** Only the cases that these patterns name, as `--only` does; undefined means all. */
  readonly only?: readonly string[] | undefined;
  /** Only the cases with these ids; undefined means all. */
  readonly ids?: readonly string[] | undefined;
}

function casesFor(mutant: Mutant, { quick, only, ids }: KillOrder): readonly ConformanceCase[] {
  if (ids) {
    const chosen = new Set(ids);
    return conformanceCases.filter(({ id }) => chosen.has(id));
  }
  if (only) return selectCases(everyVariant, only, []);
  return quick ? sampleFor(mutant, mutants.indexOf(mutant), conformanceCases) : conformanceCases;
}

/** Serves `kill-matrix.ts`: runs the cases against a mutant and sends the record. */
process.on("message", async (order: KillOrder) => {
  const { name, seed } = order;
  const mutant = mutantByName(name);
  if (!mutant) throw new Error(`there is no mutant ${name}`);
  process.send?.(recordKills(mutant, await runAgainstReference(casesFor(mutant, order), { mutants: [mutant], seed })));
});

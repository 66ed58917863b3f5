import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { mutantByName, mutants } from "../../server-ref/mutants/index.ts";
import { recordKills } from "./kills.ts";
import { runAgainstReference } from "./run.ts";
import { sampleFor } from "./sample.ts";

/** What `kill-matrix.ts` asks for. */
export interface KillOrder {
  readonly name: string;
  readonly seed: number;
  /** Only the mutant's sample of the cases. */
  readonly quick: boolean;
}

/** Serves `kill-matrix.ts`: runs the cases against a mutant and sends the record. */
process.on("message", async ({ name, seed, quick }: KillOrder) => {
  const mutant = mutantByName(name);
  if (!mutant) throw new Error(`there is no mutant ${name}`);
  const cases = quick ? sampleFor(mutant, mutants.indexOf(mutant), conformanceCases) : conformanceCases;
  process.send?.(recordKills(mutant, await runAgainstReference(cases, { mutants: [mutant], seed })));
});

import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { mutantByName } from "../../server-ref/mutants/index.ts";
import { recordKills } from "./kills.ts";
import { runAgainstReference } from "./run.ts";

/** Serves `kill-matrix.ts`: gets a mutant's name, runs every case against it and sends the record. */
process.on("message", async ({ name, seed }: { name: string; seed: number }) => {
  const mutant = mutantByName(name);
  if (!mutant) throw new Error(`there is no mutant ${name}`);
  process.send?.(recordKills(mutant, await runAgainstReference(conformanceCases, { mutants: [mutant], seed })));
});

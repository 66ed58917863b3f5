import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { mutants } from "../../server-ref/mutants/index.ts";
import { type KillRecord, recordKills } from "./kills.ts";
import type { KillMatrix } from "./matrix-document.ts";
import { inParallel } from "./pool.ts";
import { runAgainstReference } from "./run.ts";
import { sampleFor } from "./sample.ts";

/** Mutants under way at a time: their cases mostly wait. */
const MUTANTS_AT_A_TIME = 6;
const SEED = 11;
/** How often a mutant is met by itself until its cases come to a result. */
const UNDECIDED_ATTEMPTS = 3;

const published = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../docs/kill-matrix.json"), "utf8"),
) as KillMatrix;
const killersOf = new Map(
  published.records.map(({ mutant, kills }) => [mutant, new Set(kills.map((kill) => kill.case))]),
);

/** Whether a broken rule has no failed case because a case of it came to no result. */
function isUndecided({ survived, undecided }: KillRecord): boolean {
  return survived.length > 0 && survived.every((rule) => undecided.some((one) => one.rule === rule));
}

/** @param killers the cases to begin with; left out, all of the mutant's rules meet it */
async function prove(index: number, killers?: ReadonlySet<string>): Promise<KillRecord> {
  const mutant = mutants[index];
  if (!mutant) throw new Error(`there is no mutant ${index}`);
  const cases = sampleFor(mutant, index, conformanceCases, killers);
  return recordKills(mutant, await runAgainstReference(cases, { mutants: [mutant], seed: SEED }));
}

/** All begin at once, so that no mutant waits for the timers of another; each test then looks at its own. */
const records = inParallel([...mutants.entries()], MUTANTS_AT_A_TIME, ([index, { name }]) =>
  prove(index, killersOf.get(name)),
);
for (const record of records) record.catch(() => {});

test.each(mutants.map(({ name, breaks }, index) => ({ name, rules: breaks.join(" and "), index })))(
  "$name is caught by $rules and by nothing else",
  async ({ index }) => {
    let record = (await records[index]) as KillRecord;
    // What a crowd of servers in one process may have blurred is looked at once more, with nothing beside it and with
    // every case of its rules.
    if (record.survived.length + record.strays.length > 0) {
      await Promise.allSettled(records);
      record = await prove(index);
    }
    // What this machine was too busy to decide is no verdict yet: neither a kill nor a survivor.
    for (let attempt = 1; attempt < UNDECIDED_ATTEMPTS && isUndecided(record); attempt++) record = await prove(index);
    expect(record.survived, `broken rules of which no case failed: ${JSON.stringify(record.undecided)}`).toEqual([]);
    expect(record.strays, "cases of unrelated rules that failed").toEqual([]);
  },
  1_500_000,
);

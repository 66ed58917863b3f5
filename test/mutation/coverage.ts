import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CaseResult } from "../../harness/result/index.ts";
import type { ConformanceCase } from "../../harness/runner/index.ts";
import { MUTATED_FOLDER } from "./instrument.ts";
import { judge, judgingCases } from "./judge.ts";
import { type MutatedServer, startMutatedServer, switches } from "./mutated-server.ts";

/** Which mutants' places run: at the start of the server, and in each case. */
export interface Coverage {
  readonly digest: string;
  readonly atStart: readonly string[];
  readonly byCase: Readonly<Record<string, readonly string[]>>;
  /** Digests of the cases' bodies: one that was written anew runs through other places. */
  readonly bodies: Readonly<Record<string, string>>;
}

/** How often a case may fail to pass. */
const ATTEMPTS = 3;
const FILE = join(MUTATED_FOLDER, "..", "mutation-coverage.json");

/** What earlier runs have recorded of the same source. */
function readCoverage(digest: string): Coverage {
  const nothing: Coverage = { digest, atStart: [], byCase: {}, bodies: {} };
  if (!existsSync(FILE)) return nothing;
  const coverage = JSON.parse(readFileSync(FILE, "utf8")) as Coverage;
  return coverage.digest === digest ? coverage : nothing;
}

function bodyOf({ run }: ConformanceCase): string {
  return createHash("sha256").update(run.toString()).digest("hex").slice(0, 12);
}

/** What keeps a case from passing. On a busy machine a timer is met late: it is tried again. */
async function troubleOf(one: ConformanceCase, server: MutatedServer): Promise<CaseResult | undefined> {
  let trouble: CaseResult | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { killer, undecided } = await judge([one], server.around, 1);
    trouble = killer ?? undecided[0];
    if (trouble === undefined) return undefined;
  }
  return trouble;
}

/**
 * Runs every case alone against the copy with no mutant active, and records what it runs through; what an earlier run
 * has recorded of the same source is taken from it. A case that does not pass, on a machine that is too busy for it,
 * could tell nothing from a mutant and is left out of this run.
 * @param only the cases to be run; default: all
 */
export async function recordCoverage(
  digest: string,
  seed: number,
  progress: (text: string) => void,
  only?: readonly string[],
): Promise<Coverage> {
  const earlier = readCoverage(digest);
  const known = judgingCases.filter((one) => earlier.bodies[one.id] === bodyOf(one));
  const missing = judgingCases.filter((one) => !known.includes(one) && (only?.includes(one.id) ?? true));
  const byCase: Record<string, readonly string[]> = Object.fromEntries(
    known.map(({ id }) => [id, earlier.byCase[id] ?? []]),
  );
  const bodies: Record<string, string> = Object.fromEntries(known.map((one) => [one.id, bodyOf(one)]));
  if (missing.length === 0) return { ...earlier, byCase, bodies };
  const server = await startMutatedServer(seed);
  try {
    for (const one of missing) {
      switches().currentTestId = one.id;
      const trouble = await troubleOf(one, server);
      if (trouble) {
        progress(`${one.id} is left out: it does not pass without a mutant: ${trouble.reason}`);
        continue;
      }
      bodies[one.id] = bodyOf(one);
      byCase[one.id] = Object.keys(switches().mutantCoverage?.perTest[one.id] ?? {});
    }
  } finally {
    await server.stop();
  }
  const atStart = Object.keys(switches().mutantCoverage?.static ?? {});
  const coverage: Coverage = { digest, atStart, byCase, bodies };
  writeFileSync(FILE, JSON.stringify(coverage));
  return coverage;
}

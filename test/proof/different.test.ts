import { expect, test } from "vitest";
import type { CaseResult } from "../../harness/result/index.ts";
import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { asMutant, type DifferentServer, differentServers } from "../peers/different.ts";
import { startProxy } from "../peers/proxy.ts";
import { inParallel } from "./pool.ts";
import { PROOF_LIMITS } from "./proof-limits.ts";
import { runCases } from "./run.ts";
import { PROOF_TIMERS, startProofServer } from "./server.ts";

const SEED = 5;
/** Servers at a time: their cases mostly wait. */
const SERVERS_AT_A_TIME = 4;
const JOBS = 8;
/** Cases of a server that is late nearly only wait. */
const JOBS_WHEN_IDLE = 48;

/** Cases that kill, restart or measure the server are about its process, not about how it writes. */
const cases = conformanceCases.filter(({ needs }) => !needs.includes("restart") && !needs.includes("process"));

/** Each server meets one case in so many, so that each case meets a quarter of the servers; CUPPING_LONG_TESTS=1 leaves none out. */
const ONE_IN = process.env["CUPPING_LONG_TESTS"] ? 1 : 4;
const casesFor = (server: number): typeof cases => cases.filter((_, place) => (place + server) % ONE_IN === 0);

/** Slow servers need time to be slow in: connections of cases that send no heartbeat must live that long. */
const TIMERS = { ...PROOF_TIMERS, login: 6_000, heartbeat: 12_000, ack: 3_000 };
async function redCases(different: DifferentServer, chosen: typeof cases): Promise<CaseResult[]> {
  const { passage, timeoutScale = 1 } = different;
  const server = await startProofServer(false, {
    seed: SEED,
    timers: TIMERS,
    mutants: [asMutant(different)],
    ...(passage && { through: (address) => startProxy(address, passage) }),
  });
  try {
    const limits = new Map([...PROOF_LIMITS, ...Object.entries<number>(different.limits ?? {})]);
    const around = { ...server.around, timeoutScale, limits };
    const results = await runCases(chosen, around, different.isIdle ? JOBS_WHEN_IDLE : JOBS, "must");
    // A warning is legal; what is recommended otherwise may differ.
    return results.filter(({ status }) => !["passed", "warned", "notApplicable"].includes(status));
  } finally {
    await server.stop();
  }
}

/** The slowest first; all begin at once, and each test then looks at its own. */
const slowestFirst = differentServers.toSorted((a, b) => (b.timeoutScale ?? 1) - (a.timeoutScale ?? 1));
const runs = inParallel([...slowestFirst.entries()], SERVERS_AT_A_TIME, ([index, different]) =>
  redCases(different, casesFor(index)),
);
for (const run of runs) run.catch(() => {});

test.each(slowestFirst.map((different, index) => ({ ...different, index })))(
  "no case is red for a server that $title ($name)",
  async ({ index, ...different }) => {
    let red = (await runs[index]) as CaseResult[];
    // What a crowd of servers in one process may have blurred is looked at once more, with nothing beside it.
    if (red.length > 0) {
      await Promise.allSettled(runs);
      const ids = new Set(red.map(({ id }) => id));
      process.stderr.write(
        `${different.name}, once more: ${red.map(({ id, reason }) => `${id} (${reason})`).join("; ")}\n`,
      );
      red = await redCases(
        different,
        cases.filter(({ id }) => ids.has(id)),
      );
    }
    expect(red.map(({ id, level, status, reason }) => `${id} (${level}) ${status}: ${reason}`)).toEqual([]);
  },
  // Where a proof of mutants runs beside it, the cases of the slowest one are looked at twice.
  900_000,
);

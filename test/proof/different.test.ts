import { expect, test } from "vitest";
import type { CaseResult } from "../../harness/result/index.ts";
import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { asMutant, type DifferentServer, differentServers } from "../peers/different.ts";
import { startProxy } from "../peers/proxy.ts";
import { runCases } from "./run.ts";
import { PROOF_TIMERS, startProofServer } from "./server.ts";

const SEED = 5;
const JOBS = 4;

/** Cases that kill, restart or measure the server are about its process, not about how it writes. */
const cases = conformanceCases.filter(({ needs }) => !needs.includes("restart") && !needs.includes("process"));

/** Slow servers need time to be slow in: connections of cases that send no heartbeat must live that long. */
const TIMERS = { ...PROOF_TIMERS, login: 6_000, heartbeat: 12_000, ack: 3_000 };

async function redCases(different: DifferentServer): Promise<string[]> {
  const { passage } = different;
  const server = await startProofServer(false, {
    seed: SEED,
    timers: TIMERS,
    mutants: [asMutant(different)],
    ...(passage && { through: (address) => startProxy(address, passage) }),
  });
  try {
    const results = await runCases(cases, server.around, JOBS, "must");
    // A warning is legal; what is recommended otherwise may differ.
    const isGreen = ({ status, reason }: CaseResult): boolean =>
      ["passed", "warned", "notApplicable"].includes(status) || (reason ?? "").startsWith("this machine was too busy");
    const red = results.filter((result) => !isGreen(result));
    return red.map(({ id, level, status, reason }) => `${id} (${level}) ${status}: ${reason}`);
  } finally {
    await server.stop();
  }
}

/** Delayed answers make a whole run take minutes; that server is for runs by hand. */
test.each(differentServers.filter(({ name }) => name !== "delayed"))(
  "no case is red for a server that $title ($name)",
  async (different) => expect(await redCases(different)).toEqual([]),
  180_000,
);

import type { CaseResult } from "../../harness/result/index.ts";
import { suiteCases } from "../../scenarios/conformance/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import { asMutant, type DifferentServer } from "../peers/different.ts";
import { startProxy } from "../peers/proxy.ts";
import { runCases } from "./run.ts";
import { PROOF_TIMERS, startProofServer } from "./server.ts";

const SEED = 7;
/** How often it is played until it comes to a result: a busy machine may not let it. */
const ATTEMPTS = 3;

/** The reference server itself, as a server to play against. */
export const unchanged: DifferentServer = { name: "unchanged", title: "is the reference server as it is" };

const marathon = suiteCases.filter(({ id }) => id === "SYS-02/marathon");

/** Plays the marathon against the reference server with something changed. */
export async function playMarathon(different: DifferentServer, seed: number = SEED): Promise<CaseResult> {
  const { name, title, apply, passage, timeoutScale = 1, limits = {} } = different;
  const mutants: Mutant[] = [asMutant({ name, title, ...(apply && { apply }) })];
  const timers = { ...PROOF_TIMERS, heartbeat: 30_000, login: 10_000 };
  const through = passage && ((address: Parameters<typeof startProxy>[0]) => startProxy(address, passage));
  for (let attempt = 1; ; attempt++) {
    const server = await startProofServer(false, { seed, mutants, timers, ...(through && { through }) });
    try {
      const [result] = await runCases(marathon, {
        ...server.around,
        timeoutScale,
        limits: new Map(Object.entries<number>(limits)),
      });
      if (result && (result.status !== "couldNotRun" || attempt === ATTEMPTS)) return result;
    } finally {
      await server.stop();
    }
  }
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ReferenceAccounts, writeReferenceAccounts } from "../../bin/conformance/reference-accounts.ts";
import { cimRegistry } from "../../codegen/index.ts";
import { registeredAccounts } from "../../harness/accounts/index.ts";
import type { Address } from "../../harness/client/index.ts";
import type { CaseSurroundings, TargetTimers } from "../../harness/runner/index.ts";
import type { TargetControl } from "../../harness/targets/index.ts";
import type { RunningServer, ServerOptions, startServer } from "../../server-ref/index.ts";
import { PROOF_INCOMING, PROOF_LIMITS } from "../proof/proof-limits.ts";
import { MUTATED_FOLDER } from "./instrument.ts";

/** Short timers: a mutant is met by all cases about timers at once. Milliseconds. */
const TIMERS: TargetTimers = { login: 2_500, heartbeat: 4_000, ack: 1_500, call: 4_000 };

/** What the switches in the mutated copy look at; the names are the instrumenter's. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: {
    readonly static: Record<string, number>;
    readonly perTest: Record<string, Record<string, number>>;
  };
  hitCount?: number;
  hitLimit?: number;
}

/** The switches of this process. */
export function switches(): Switches {
  const holder = globalThis as { __stryker__?: Switches };
  holder.__stryker__ ??= {};
  return holder.__stryker__;
}

let accounts: ReferenceAccounts | undefined;

/** A mutated server in this process, which can be restarted. */
export interface MutatedServer {
  readonly around: CaseSurroundings;
  stop(): Promise<void>;
}

/**
 * Starts the server of the mutated copy in this process, with a database on disk.
 * @throws whatever the active mutant makes of the start
 */
export async function startMutatedServer(seed: number): Promise<MutatedServer> {
  const module = (await import(join(MUTATED_FOLDER, "server-ref", "index.ts"))) as { startServer: typeof startServer };
  accounts ??= writeReferenceAccounts(seed);
  const folder = mkdtempSync(join(tmpdir(), "cupping-mutant-"));
  const options: ServerOptions = {
    tcp: 0,
    ws: 0,
    http: 0,
    store: `sqlite:${join(folder, "store.db")}`,
    passwordCost: 1,
    loginTimeoutMs: TIMERS.login,
    heartbeatTimeoutMs: TIMERS.heartbeat,
    ackTimeoutMs: TIMERS.ack,
    callHeartbeatTimeoutMs: TIMERS.call,
    maxIncomingBytes: PROOF_INCOMING,
    usersFile: accounts.path,
    log: () => {},
  };
  let server: RunningServer;
  try {
    server = await module.startServer(options);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const { tcp, ws, http } = server.ports as { tcp: number; ws: number; http: number };
  const restart = async (): Promise<void> => {
    await server.stop(500);
    server = await module.startServer({ ...options, tcp, ws, http });
  };
  const never = (): never => {
    throw new Error("a server in this process can neither be killed nor paused");
  };
  const control: TargetControl = {
    restart,
    // As near as one process comes to it.
    crash: restart,
    kill: never,
    start: never,
    pause: never,
    resume: never,
    pid: undefined,
  };
  const address = (scheme: "tcp" | "ws", port: number): Address => ({ scheme, host: "127.0.0.1", port, path: "/" });
  const api = `http://127.0.0.1:${http}`;
  return {
    around: {
      registry: cimRegistry,
      address: address("tcp", tcp),
      webSocket: address("ws", ws),
      http: api,
      accounts: accounts.addTo(registeredAccounts(api, { seed })),
      control,
      limits: PROOF_LIMITS,
      timers: TIMERS,
      timeoutScale: 1,
      seed,
    },
    async stop() {
      await server.stop(500);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { type ReferenceAccounts, writeReferenceAccounts } from "../../bin/conformance/reference-accounts.ts";
import { cimRegistry } from "../../codegen/index.ts";
import { registeredAccounts } from "../../harness/accounts/index.ts";
import type { Address } from "../../harness/client/index.ts";
import type { CaseSurroundings, TargetTimers } from "../../harness/runner/index.ts";
import { startReferenceServer, type TargetControl } from "../../harness/targets/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import { LocalServer } from "../../server-ref/testing/local-server.ts";
import { PROOF_INCOMING, PROOF_LIMITS } from "./proof-limits.ts";

/** Timers of servers under proof: short, but far above what a busy machine adds. Milliseconds. */
export const PROOF_TIMERS: TargetTimers = { login: 2_500, heartbeat: 4_000, ack: 1_500, call: 4_000 };

/** A server that is to be proven against, and what a suite needs to know of it. */
export interface ServerUnderProof {
  readonly around: CaseSurroundings;
  stop(): Promise<void>;
}

/** How a server is started. */
export interface ProofServerOptions {
  /** Default {@link PROOF_TIMERS}. */
  readonly timers?: TargetTimers;
  readonly mutants?: readonly Mutant[];
  readonly seed: number;
  /** Where the suite connects; default is the server itself. For a proxy in front of it. */
  readonly through?: (address: Address) => Promise<{ address: Address; stop(): Promise<void> }>;
}

/** One users file per seed: it is only read. */
const listed = new Map<number, ReferenceAccounts>();

function listedAccounts(seed: number): ReferenceAccounts {
  const accounts = listed.get(seed) ?? writeReferenceAccounts(seed);
  listed.set(seed, accounts);
  return accounts;
}

interface Started {
  readonly ports: { readonly tcp: number; readonly ws: number; readonly http: number };
  readonly control: TargetControl | undefined;
  stop(): Promise<void>;
}

/** In this process: fast to start, but it can be neither killed nor measured. */
async function startHere(usersFile: string, mutants: readonly Mutant[], timers: TargetTimers): Promise<Started> {
  const server = await LocalServer.start({
    loginTimeoutMs: timers.login,
    heartbeatTimeoutMs: timers.heartbeat,
    ackTimeoutMs: timers.ack,
    callHeartbeatTimeoutMs: timers.call,
    maxIncomingBytes: PROOF_INCOMING,
    usersFile,
    mutants,
  });
  return { ports: server.ports, control: undefined, stop: () => server.stop(500) };
}

/** As a process of its own with a store on disk: it can be killed, restarted and measured. */
async function startApart(usersFile: string, mutants: readonly Mutant[], timers: TargetTimers): Promise<Started> {
  const target = await startReferenceServer({
    timers,
    mutants: mutants.map(({ name }) => name),
    serveArguments: [
      ...["--password-cost", "1", "--users-file", usersFile, "--drain-timeout", "500ms"],
      ...["--max-incoming", String(PROOF_INCOMING)],
    ],
  });
  const { tcp, ws } = target.addresses;
  const ports = { tcp: tcp?.port ?? 0, ws: ws?.port ?? 0, http: Number(new URL(target.http ?? "").port) };
  return { ports, control: target.control, stop: () => target.stop() };
}

/**
 * Starts a reference server for a run of the suite.
 * @param apart whether cases will kill, restart or measure its process
 */
export async function startProofServer(apart: boolean, options: ProofServerOptions): Promise<ServerUnderProof> {
  const { mutants = [], seed, through, timers = PROOF_TIMERS } = options;
  const accounts = listedAccounts(seed);
  const server = await (apart ? startApart : startHere)(accounts.path, mutants, timers);
  const address = (scheme: "tcp" | "ws", port: number): Address => ({ scheme, host: "127.0.0.1", port, path: "/" });
  const tcp = address("tcp", server.ports.tcp);
  const proxy = await through?.(tcp);
  const http = `http://127.0.0.1:${server.ports.http}`;
  return {
    around: {
      registry: cimRegistry,
      address: proxy?.address ?? tcp,
      webSocket: address("ws", server.ports.ws),
      http,
      accounts: accounts.addTo(registeredAccounts(http, { seed })),
      control: server.control,
      limits: PROOF_LIMITS,
      timers,
      timeoutScale: 1,
      seed,
    },
    async stop() {
      await proxy?.stop();
      await server.stop();
    },
  };
}

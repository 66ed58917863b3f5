import { setTimeout as delay } from "node:timers/promises";
import { type Address, Connection, formatAddress, isClientError } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import { apiCertificateDoubt, certificateDoubt } from "./certificate-doubt.ts";
import { recognizeStranger } from "./stranger.ts";
import type { Target } from "./target.ts";

/** Longest wait for each answer of a stranger that takes no handshake, in milliseconds. */
const STRANGER_PATIENCE_MS = 3_000;
/** Longest wait for a first connection, in milliseconds. */
const REACH_DEADLINE_MS = 10_000;

/** Pause between two tries to reach a server that is waited for, in milliseconds. */
const PAUSE_MS = 250;

/** Nobody listens, or nothing is there yet that would. */
const NOT_THERE: ReadonlySet<string> = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);

/** How long a server is waited for. */
export interface Reach {
  /** Until it takes connections, in milliseconds; default 0. */
  readonly waitMs?: number | undefined;
  /** Told when it was not there at first. */
  onWait?(): void;
  /** Aborted to give up. */
  readonly signal?: AbortSignal | undefined;
}

/** @throws ClientError once the time is over, or at once for what no waiting mends */
async function connectOnce(address: Address, reach: Reach): Promise<void> {
  const { waitMs = 0, signal } = reach;
  const handler = { onFrame() {}, onClose() {} };
  const until = performance.now() + waitMs;
  for (let tries = 1; ; tries++) {
    try {
      (await Connection.open(address, handler, { connectDeadlineMs: REACH_DEADLINE_MS, signal })).close();
      return;
    } catch (error) {
      const code = isClientError(error) ? (error.cause as NodeJS.ErrnoException | undefined)?.code : undefined;
      if (!NOT_THERE.has(code ?? "") || performance.now() >= until) throw error;
      if (tries === 1) reach.onWait?.();
      await delay(PAUSE_MS, undefined, { signal }).catch(() => signal?.throwIfAborted());
    }
  }
}

/**
 * A server that is running already; makes sure that it takes connections.
 * @throws CuppingError `target` when it does not; the signal's reason
 */
export async function reachTarget(address: Address, http: string | undefined, reach: Reach = {}): Promise<Target> {
  const { signal } = reach;
  try {
    await connectOnce(address, reach);
  } catch (error) {
    signal?.throwIfAborted();
    if (isClientError(error)) {
      const isRefused = (error.cause as NodeJS.ErrnoException | undefined)?.code === "ECONNREFUSED";
      const doubt = certificateDoubt(address, error.cause);
      if (doubt !== undefined) throw new CuppingError("target", doubt);
      const stranger =
        isWebSocket(address) && !isRefused
          ? await recognizeStranger(address, { deadlineMs: STRANGER_PATIENCE_MS, signal })
          : undefined;
      signal?.throwIfAborted();
      if (stranger) throw new CuppingError("target", stranger.sentence);
      const why = isRefused ? `nobody listens at ${formatAddress(address)}` : error.message;
      throw new CuppingError("target", `the target cannot be reached: ${why}`);
    }
    throw error;
  }
  if (http?.startsWith("https:")) await trustApi(http, signal);
  const transport = isWebSocket(address) ? "ws" : "tcp";
  return {
    startedBy: "external",
    address,
    addresses: { [transport]: address },
    http,
    control: undefined,
    logTail: () => [],
    usage: async () => undefined,
    async stop() {},
    async [Symbol.asyncDispose]() {},
  };
}

/** @throws CuppingError `target` when the API's certificate is not trusted; anything else shows where the API is used */
async function trustApi(http: string, signal: AbortSignal | undefined): Promise<void> {
  const limits = [AbortSignal.timeout(REACH_DEADLINE_MS), ...(signal ? [signal] : [])];
  try {
    await (await fetch(http, { method: "HEAD", signal: AbortSignal.any(limits) })).body?.cancel();
  } catch (error) {
    signal?.throwIfAborted();
    const doubt = apiCertificateDoubt(http, (error as Error).cause);
    if (doubt !== undefined) throw new CuppingError("target", doubt);
  }
}

function isWebSocket({ scheme }: Address): boolean {
  return scheme === "ws" || scheme === "wss";
}

import { type Address, Connection, formatAddress, isClientError } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import { apiCertificateDoubt, certificateDoubt } from "./certificate-doubt.ts";
import { recognizeStranger } from "./stranger.ts";
import type { Target } from "./target.ts";

/** Longest wait for each answer of a stranger that takes no handshake, in milliseconds. */
const STRANGER_PATIENCE_MS = 3_000;
/** Longest wait for a first connection, in milliseconds. */
const REACH_DEADLINE_MS = 10_000;

/**
 * A server that is running already; makes sure that it takes connections.
 * @param signal aborted to give up
 * @throws CuppingError `target` when it does not; the signal's reason
 */
export async function reachTarget(address: Address, http: string | undefined, signal?: AbortSignal): Promise<Target> {
  try {
    const handler = { onFrame() {}, onClose() {} };
    const connection = await Connection.open(address, handler, { connectDeadlineMs: REACH_DEADLINE_MS, signal });
    connection.close();
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

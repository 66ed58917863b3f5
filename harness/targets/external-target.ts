import { type Address, Connection, formatAddress, isClientError } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import type { Target } from "./target.ts";

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
      const nobody = error.message.includes("ECONNREFUSED") ? `nobody listens at ${formatAddress(address)}: ` : "";
      throw new CuppingError("target", `${nobody}the target cannot be reached: ${error.message}`);
    }
    throw error;
  }
  const transport = address.scheme === "ws" || address.scheme === "wss" ? "ws" : "tcp";
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

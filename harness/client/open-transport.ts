import type { Address } from "./address.ts";
import { openTcp } from "./tcp-transport.ts";
import type { Transport, TransportOptions, TransportSink } from "./transport.ts";
import { openWebSocket } from "./websocket-transport.ts";

/**
 * Connects to a server.
 * @throws Error the socket's own, or the signal's reason
 */
export function openTransport(address: Address, sink: TransportSink, options: TransportOptions): Promise<Transport> {
  return address.scheme === "ws" || address.scheme === "wss"
    ? openWebSocket(address, sink, options)
    : openTcp(address, sink, options);
}

import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import { Server as TlsServer } from "node:tls";
import { ClientAddresses } from "../proxy/client-addresses.ts";
import type { Accept } from "./socket.ts";
import { createTcpServer } from "./tcp.ts";
import { secureContext, type TlsOptions } from "./tls.ts";
import { createWebSocketServer } from "./websocket.ts";

/** Connections that may wait for `accept`; a load test opens thousands at once. */
const LISTEN_BACKLOG = 4096;

/** Where to listen for clients. */
export interface ListenOptions {
  host: string;
  /** Ports; 0 any free one, null none. */
  tcp: number | null;
  ws: number | null;
  tls: TlsOptions | undefined;
  maxFrameLength: number;
  /** Milliseconds for the handshakes of TLS and WebSocket. */
  loginTimeoutMs: number;
  /** Whether other processes listen on the same ports, and the system spreads the clients (Linux and the like). */
  shared: boolean;
  /** Whether every connection begins with a header of the PROXY protocol. */
  proxyHeaders: boolean;
}

/** The open listeners. */
export interface Listeners {
  readonly tcp: number | null;
  readonly ws: number | null;
  /** Takes no more connections. Those that are open stay. */
  close(): void;
  /** Shows another certificate to who connects from now on; does nothing without TLS. */
  renewTls(tls: TlsOptions): void;
}

async function listen(server: Server, port: number, { host, shared }: ListenOptions): Promise<number> {
  server.listen({ host, port, backlog: LISTEN_BACKLOG, reusePort: shared });
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Listens for clients; rejects with the system's error when a port is taken. */
export async function openListeners(
  options: ListenOptions,
  accept: Accept,
  log?: (line: string) => void,
): Promise<Listeners> {
  const { tcp, ws, tls, maxFrameLength, loginTimeoutMs: handshakeTimeoutMs } = options;
  const addresses = new ClientAddresses();
  const addressOf = addresses.of.bind(addresses);
  const servers: Server[] = [];
  const open = (server: Server, port: number): Promise<number> => {
    servers.push(server);
    if (options.proxyHeaders) addresses.expectHeaders(server, { timeoutMs: handshakeTimeoutMs, log });
    return listen(server, port, options);
  };
  const close = (): void => {
    for (const server of servers) if (server.listening) server.close();
    addresses.stop();
  };
  try {
    const tcpPort =
      tcp === null ? null : await open(createTcpServer(accept, { tls, handshakeTimeoutMs, addressOf }), tcp);
    const limits = { maxFrameLength, handshakeTimeoutMs, addressOf };
    const wsPort = ws === null ? null : await open(createWebSocketServer(accept, limits, tls), ws);
    const renewTls = (renewed: TlsOptions): void => {
      for (const server of servers) if (server instanceof TlsServer) server.setSecureContext(secureContext(renewed));
    };
    return { tcp: tcpPort, ws: wsPort, close, renewTls };
  } catch (error) {
    close();
    throw error;
  }
}

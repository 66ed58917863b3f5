import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import { LISTEN_BACKLOG } from "./gate/tcp.ts";

/** Starts listening; the port, or the system's error (`EADDRINUSE` …). */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen({ host, port, backlog: LISTEN_BACKLOG });
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Takes no more connections. Those that are open stay. */
export function stopListening(server: Server): void {
  if (server.listening) server.close();
}

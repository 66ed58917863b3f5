import { spawn } from "node:child_process";
import { once } from "node:events";
import { floodNames } from "../flood-kinds.ts";
import type { ServerProcess } from "../server-process.ts";
import type { BenchUser } from "../users.ts";

/** Clients that flood at the same time. */
const FLOODERS = 20;

/** Floods of each kind, over TCP and WebSocket, one after the other. */
export async function floodWithEach(
  server: ServerProcess,
  users: readonly BenchUser[],
  seconds: number,
): Promise<Record<string, number>> {
  const script = new URL("../flooding-clients.ts", import.meta.url).pathname;
  const before = await server.metric('cupping_packets_total{direction="in"}');
  let floods = 0;
  for (const flood of floodNames) {
    for (const transport of ["tcp", "ws"] as const) {
      const args = [script, flood, transport, String(server[transport]), String(users[0]?.user_id), String(FLOODERS)];
      const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
      const ended = once(child, "exit");
      await once(child.stdout, "data");
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      child.stdin.end();
      await ended;
      floods++;
    }
  }
  const inputs = (await server.metric('cupping_packets_total{direction="in"}')) - before;
  return { inputs, floods, "clients in each": FLOODERS };
}

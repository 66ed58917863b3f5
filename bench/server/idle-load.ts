import { connect, type Socket } from "node:net";
import { commands, encodeFrame, Framer } from "../../codegen/index.ts";
import type { BenchUser } from "./users.ts";

/** Logins that are on their way at a time. */
const CONCURRENCY = 64;

function open(port: number, host: string, user: BenchUser): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host, noDelay: true });
    const framer = new Framer();
    socket.once("error", reject);
    socket.once("data", (bytes) => {
      framer.push(bytes);
      const frame = framer.next();
      const answer = frame && commands.LOGIN_AUTH_TOKEN_RSP.body.decode(frame.body);
      if (answer?.result_code !== 200) reject(new Error(`login failed: ${answer?.result_code}`));
      socket.removeAllListeners("error").on("error", () => {});
      socket.resume();
      resolve(socket);
    });
    socket.write(encodeFrame(commands.LOGIN_AUTH_TOKEN_REQ, { user_id: user.user_id, user_token: user.token }, 1));
  });
}

/** Connections that stay silent after their login. */
export interface IdleConnections {
  loginsPerSecond: number;
  /** How many the server did not close in order; fulfilled once all are closed. */
  readonly cut: Promise<number>;
  close(): void;
}

/** 1 when the connection ends otherwise than by the server's orderly close, else 0. */
function cutOrNot(socket: Socket): Promise<number> {
  return new Promise((resolve) => {
    let ended = false;
    socket.on("end", () => {
      ended = true;
    });
    socket.on("close", (hadError) => resolve(ended && !hadError ? 0 : 1));
  });
}

/** Connects and logs in each user once; the connections, and how many came up per second. */
export async function openIdle(
  port: number,
  users: readonly BenchUser[],
  host = "127.0.0.1",
): Promise<IdleConnections> {
  const sockets: Socket[] = [];
  let next = 0;
  const begun = performance.now();
  const lane = async (): Promise<void> => {
    for (let user = users[next++]; user; user = users[next++]) sockets.push(await open(port, host, user));
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  const seconds = (performance.now() - begun) / 1000;
  const cuts = Promise.all(sockets.map(cutOrNot));
  return {
    cut: cuts.then((all) => all.reduce((sum, each) => sum + each, 0)),
    loginsPerSecond: Math.round(users.length / seconds),
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FIRST_USER, tokenOf } from "./frames.ts";

/** The server that all tools load, and what it says about the load. */
export interface BenchServer {
  tcp: number;
  ws: number;
  users: string;
  /** What it has seen so far, as it counts itself: so all tools are measured by the same rule. */
  counts(): Promise<{ connections: number; logins: number; messages: number }>;
  stop(): Promise<void>;
}

/** Starts the reference server in a process of its own. @param clients users that may log in */
export async function startServer(folder: string, clients: number): Promise<BenchServer> {
  const users = join(folder, "users.csv");
  const lines = Array.from({ length: clients }, (_, n) => {
    const user = FIRST_USER + n;
    return `${user},side${user},secret,${tokenOf(user)}`;
  });
  await writeFile(users, `user_id,user_name,password,token\n${lines.join("\n")}\n`);
  const words = ["bin/cupping.js", "serve", "--tcp", "0", "--ws", "0", "--http", "0"];
  words.push("--store", `sqlite:${join(folder, "server.db")}`, "--users-file", users, "--password-cost", "1");
  // The plain scripts send no heartbeats; their messages keep them alive.
  words.push("--heartbeat-timeout", "600s");
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const { tcp, ws, http } = await listening(child);
  return {
    tcp,
    ws,
    users,
    async counts() {
      const text = await (await fetch(`http://127.0.0.1:${http}/metrics`)).text();
      const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? 0);
      return {
        connections: value("cupping_connections_open"),
        logins: value('cupping_logins_total\\{result="success"\\}'),
        messages: value("cupping_acknowledgement_seconds_count"),
      };
    },
    stop: () =>
      new Promise((done) => {
        child.once("exit", () => done());
        child.kill("SIGTERM");
      }),
  };
}

function listening(child: ChildProcess): Promise<{ tcp: number; ws: number; http: number }> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the server ended with code ${code}`)));
    child.stdout?.once("data", (line: Buffer) =>
      resolve(JSON.parse(String(line)) as { tcp: number; ws: number; http: number }),
    );
  });
}

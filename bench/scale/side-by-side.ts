// Memory per client and processor time per 1,000 messages, side by side on one machine, against one server: log in over
// WebSocket, chat at a fixed rate, wait for the acknowledgement.
//
//   npx node bench/scale/side-by-side.ts [CLIENTS] [RATE] [SECONDS]
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { LoadResult } from "../../harness/result/index.ts";

const run = promisify(execFile);
const [clients = 2000, rate = 500, seconds = 15] = process.argv.slice(2).map(Number);
const firstId = 1001;
const folder = await mkdtemp(join(tmpdir(), "cupping-side-"));
const users = join(folder, "users.csv");
const lines = Array.from({ length: clients }, (_, n) => `${firstId + n},side${n + 1},secret,token-${n + 1}`);
await writeFile(users, `user_id,user_name,password,token\n${lines.join("\n")}\n`);

const server = spawn(
  process.execPath,
  ["bin/cupping.js", "serve", "--tcp=0", "--ws=0", "--http=0", `--store=sqlite:${join(folder, "s.db")}`].concat([
    `--users-file=${users}`,
    "--password-cost=1",
  ]),
  { stdio: ["ignore", "pipe", "inherit"] },
);
const ports = await new Promise<{ ws: number }>((resolve, reject) => {
  server.once("exit", () => reject(new Error("the server ended")));
  server.stdout.once("data", (line: Buffer) => resolve(JSON.parse(String(line)) as { ws: number }));
});

try {
  const plain = await run(process.execPath, [
    "bench/scale/plain-ws.ts",
    ...[ports.ws, clients, rate, seconds, firstId].map(String),
  ]);
  const { bytesPerClient, cpuMsPer1000Messages } = JSON.parse(plain.stdout) as Record<string, number>;
  const out = join(folder, "out");
  const words = `load chat --target ws://127.0.0.1:${ports.ws} --users file:${users} --clients ${clients} --rate ${rate}`;
  await run(process.execPath, [
    "bin/cupping.js",
    ...words.split(" "),
    `--duration=${seconds}s`,
    "--out",
    out,
    "--quiet",
  ]).catch(
    // A verdict other than pass is no obstacle: memory and processor time are measured all the same.
    () => undefined,
  );
  const result = JSON.parse(await readFile(join(out, "result.json"), "utf8")) as LoadResult;
  const messages = result.metrics["msg_ack"]?.rate ?? 0;
  process.stdout.write(
    [
      `${clients} clients over WebSocket, ${rate} messages a second, ${seconds} s`,
      "",
      "| tool | KB per client | CPU ms per 1,000 messages | checks every message |",
      "|---|---|---|---|",
      `| Cupping | ${kilobytes(result.harness.bytesPerClient ?? 0)} | ${Math.round((result.harness.cpu / messages) * 1e6)} | yes |`,
      `| plain \`ws\` script | ${kilobytes(bytesPerClient ?? 0)} | ${cpuMsPer1000Messages} | no |`,
      "",
    ].join("\n"),
  );
} finally {
  server.kill();
  await rm(folder, { recursive: true, force: true });
}

function kilobytes(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}

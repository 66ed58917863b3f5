/**
 * Measures how long others wait beside floods, against the same server without one: both in turn, in pairs.
 *
 * `node bench/server/floods.ts [--filter REGEX] [--rounds N] [--seconds N] [--json FILE]`
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { commands, encodeFrame } from "../../codegen/index.ts";
import { scriptOptions } from "../../test/scripts/options.ts";
import { type ChatFigures, chat } from "./chat-load.ts";
import { type FloodName, floodNames, HISTORY_OF } from "./flood-kinds.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { benchUsers, writeUsersFile } from "./users.ts";

const values = scriptOptions({
  filter: { type: "pattern" },
  rounds: { type: "count", default: 3 },
  seconds: { type: "time", default: 6 },
  json: { type: "text" },
});

type Waits = ChatFigures["acknowledgementMs"];

const CHATTERS = 100;
const RATE = 500;
const MOST_FLOODERS = 50;
/** Messages of 1 KiB in each flooder's conversation: a page holds them all. */
const MESSAGES = 100;

const users = benchUsers(CHATTERS + MOST_FLOODERS, "floods");
const firstFlooder = users[CHATTERS]?.user_id as bigint;
let runs = 0;

/** How long users who write to each other wait for acknowledgements, in milliseconds. */
async function waits(server: ServerProcess): Promise<Waits> {
  const run = `run-${++runs}`;
  const { acknowledgementMs } = await chat({
    port: server.tcp,
    users: users.slice(0, CHATTERS).map((user) => ({ ...user, run })),
    pace: { rate: RATE },
    durationMs: values.seconds * 1000,
    warmUpMs: 1000,
    payload: 100,
  });
  return acknowledgementMs;
}

/** Gives whoever floods a conversation to ask for. */
async function fillHistories(server: ServerProcess): Promise<void> {
  for (let index = 0; index < MOST_FLOODERS; index++) {
    const from_user_id = firstFlooder + BigInt(index);
    const socket = connect({ port: server.tcp, host: "127.0.0.1" });
    let bytes = 0;
    socket.on("data", (chunk) => {
      bytes += chunk.length;
    });
    const login = { user_id: from_user_id, user_token: `token-${from_user_id}` };
    socket.write(encodeFrame(commands.LOGIN_AUTH_TOKEN_REQ, login, 1));
    await once(socket, "data");
    const message = { msg_type: 1 as const, session_type: 1 as const, msg_data: new Uint8Array(1024).fill(97) };
    for (let number = 1; number <= MESSAGES; number++) {
      const fields = { ...message, from_user_id, to_session_id: HISTORY_OF, client_msg_id: `old-${number}` };
      socket.write(encodeFrame(commands.MSG_DATA, fields, 7));
    }
    // The close is answered behind everything that was sent.
    socket.end();
    await once(socket, "close");
    if (bytes < MESSAGES * 16) throw new Error("the histories could not be filled");
  }
}

async function beside(server: ServerProcess, flood: FloodName, transport: "tcp" | "ws", count: number): Promise<Waits> {
  const script = new URL("./flooding-clients.ts", import.meta.url).pathname;
  const args = [script, flood, transport, String(server[transport]), String(firstFlooder), String(count)];
  // What the flood costs its own clients is nobody else's waiting: they get what processors the others leave.
  const child = spawn("chrt", ["--idle", "0", process.execPath, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  try {
    return await waits(server);
  } finally {
    child.stdin.end();
    await ended;
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[numbers.length >> 1] as number;
}

/**
 * What is measured is the server, as if it and the flooding clients had machines of their own, and not how long one waits for
 * a processor that the other has: a kernel may let that last until its next tick, 4 ms at 250 Hz.
 */
async function goFirst(pids: readonly number[]): Promise<void> {
  try {
    for (const pid of pids) execFileSync("chrt", ["--fifo", "--pid", "1", String(pid)]);
  } catch {
    console.error(
      "server and measurement do not go before others (needs root and chrt): latencies hold waits for processors",
    );
    return;
  }
  const shareOfRealTime = await readFile("/proc/sys/kernel/sched_rt_runtime_us", "utf8").catch(() => "-1");
  if (shareOfRealTime.trim() !== "-1") {
    console.error(
      "a server that is never idle stands still for 50 ms a second: sysctl -w kernel.sched_rt_runtime_us=-1",
    );
  }
}

const folder = await mkdtemp(join(tmpdir(), "cupping-bench-"));
const results: object[] = [];
const file = join(folder, "users.csv");
await writeUsersFile(file, users);
const server = await startServerProcess(["--store", `sqlite:${join(folder, "bench.db")}`, "--users-file", file]);
await goFirst([server.pid, process.pid]);
try {
  await fillHistories(server);
  // Both sides have compiled what they run by now.
  await waits(server);
  const resident = await server.residentBytes();
  for (const flood of floodNames) {
    for (const transport of ["tcp", "ws"] as const) {
      for (const count of [1, MOST_FLOODERS]) {
        const name = `${flood}, ${count} over ${transport}`;
        if (!values.filter.test(name)) continue;
        const rounds: { quiet: Waits; flooded: Waits }[] = [];
        for (let round = 0; round < values.rounds; round++) {
          const quiet = await waits(server);
          rounds.push({ quiet, flooded: await beside(server, flood, transport, count) });
        }
        const of = (percentile: keyof Waits): string => {
          const [quiet, flooded] = [
            median(rounds.map((one) => one.quiet[percentile])),
            median(rounds.map((one) => one.flooded[percentile])),
          ];
          const ratio = median(rounds.map((one) => one.flooded[percentile] / one.quiet[percentile]));
          return `${percentile} ${quiet.toFixed(1)} -> ${flooded.toFixed(1)} ms, ratio ${ratio.toFixed(2)}`;
        };
        results.push({ name, rounds });
        console.log(`${name.padEnd(34)} ${of("p50")}; ${of("p99")}`);
      }
    }
  }
  const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
  console.log(`resident memory ${mebibytes(resident)} before, ${mebibytes(await server.residentBytes())} after`);
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
if (values.json !== undefined) {
  const environment = { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
  await writeFile(values.json, `${JSON.stringify({ environment, results }, null, 2)}\n`);
}

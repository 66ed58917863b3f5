/**
 * What the client costs: memory of an idle logged-in client, and messages per second of one process, against a
 * trivial relay in another process. Each figure comes from a fresh process; rounds are interleaved and medians taken.
 *
 * `node bench/client/run.ts [--clients N] [--seconds N] [--rounds N] [--filter REGEX] [--json FILE]`
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { scriptOptions } from "../../test/scripts/options.ts";
import { subjects } from "./subjects.ts";

const values = scriptOptions({
  clients: { type: "count", default: 4000 },
  seconds: { type: "time", default: 3 },
  rounds: { type: "count", default: 3 },
  filter: { type: "pattern" },
  json: { type: "text" },
});

interface Row {
  readonly name: string;
  readonly bytes: number[];
  readonly rates: number[];
}

const file = (name: string): string => join(import.meta.dirname, name);

async function startRelay(): Promise<{ addresses: string; stop(): void }> {
  const relay = spawn(process.execPath, [file("relay.ts")], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(relay.stdout, "data")) as [Buffer];
  const { tcp, ws } = JSON.parse(line.toString()) as { tcp: number; ws: number };
  const addresses = JSON.stringify({ tcp: `tcp://127.0.0.1:${tcp}`, ws: `ws://127.0.0.1:${ws}` });
  return { addresses, stop: () => relay.kill() };
}

async function figure(name: string, what: "idle" | "rate", amount: string): Promise<number> {
  const relay = await startRelay();
  const worker = ["--expose-gc", file("worker.ts"), name, relay.addresses, what, amount];
  try {
    return Number((await promisify(execFile)(process.execPath, worker)).stdout);
  } finally {
    relay.stop();
  }
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;
const spread = (numbers: readonly number[], digits: number): string =>
  `${Math.min(...numbers).toFixed(digits)} to ${Math.max(...numbers).toFixed(digits)}`;

const rows: Row[] = subjects
  .filter(({ name }) => values.filter.test(name))
  .map(({ name }) => ({ name, bytes: [], rates: [] }));
for (let round = 0; round < values.rounds; round++) {
  for (const row of rows) {
    row.bytes.push(await figure(row.name, "idle", String(values.clients)));
    row.rates.push(await figure(row.name, "rate", String(values.seconds)));
  }
}

const base = median(rows[0]?.rates ?? []);
console.log(`| subject | KB per idle client | messages/s | of the first |\n|---|---|---|---|`);
for (const { name, bytes, rates } of rows) {
  const kilobytes = bytes.map((count) => count / 1_000);
  const share = `${Math.round((100 * median(rates)) / base)}%`;
  const memory = `${median(kilobytes).toFixed(1)} (${spread(kilobytes, 1)})`;
  console.log(`| ${name} | ${memory} | ${Math.round(median(rates))} (${spread(rates, 0)}) | ${share} |`);
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);

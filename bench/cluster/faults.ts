/**
 * Breaks each part of a cluster of two servers on PostgreSQL and Redis while users on different servers write to each
 * other, and holds all guarantees of `cupping faults` to what is there afterwards.
 *
 * `node bench/cluster/faults.ts [--rounds N] [--seed N] [--filter REGEX] [--json FILE]`; exit code 1 when a guarantee was
 * broken. Needs PostgreSQL and redis-server. Rounds of all faults take turns, in an order and for times of the seed's.
 */
import { writeFile } from "node:fs/promises";
import { registeredAccounts } from "../../harness/accounts/index.ts";
import { type Fault, type FaultReport, guarantees, newRunTag, runFault } from "../../harness/faults/index.ts";
import { scriptOptions } from "../../test/scripts/options.ts";
import { seededRandom } from "../server/attack/seeded-random.ts";
import { type Cluster, startCluster } from "./cluster.ts";

const values = scriptOptions({
  rounds: { type: "count", default: 20 },
  seed: { type: "count", default: 1, min: 0 },
  filter: { type: "pattern" },
  json: { type: "text" },
});

/** Shortest and longest time for which something is broken, in milliseconds: clients and servers give it up within. */
const [SHORTEST_MS, LONGEST_MS] = [300, 2500];

/** What can happen to each part. */
function clusterFaults(cluster: Cluster, random: () => number): Fault[] {
  const broken = (): number => SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS);
  const faults: Fault[] = [];
  for (const [name, part] of Object.entries(cluster.parts)) {
    const add = (what: string, inflict: Fault["inflict"]): void => {
      faults.push({ name: `${name} ${what}`, title: `${name} is ${what}`, needs: "link", inflict });
    };
    add("killed", ({ traffic }) => part.kill(() => traffic(broken())));
    add("restarted", () => part.restart());
    add("paused", async ({ traffic }) => {
      await part.pause();
      await traffic(broken());
      await part.resume();
    });
    add("cut off", async ({ traffic }) => {
      part.link.accept(false);
      part.link.cut();
      await traffic(broken());
      part.link.accept(true);
    });
  }
  return faults.filter(({ name }) => values.filter.test(name));
}

interface Row {
  rounds: number;
  messages: number;
  violations: string[];
  /** Why a round could not be judged. */
  failures: string[];
}

function note(row: Row, { violations, course }: FaultReport): void {
  row.rounds++;
  row.messages += course.acknowledged;
  for (const [guarantee, sentences] of Object.entries(violations)) {
    for (const sentence of sentences) row.violations.push(`${guarantee}: ${sentence}`);
  }
}

/** Longest time until everybody is back and everything answered: a busy machine takes its time to start a server. */
const RECOVERY_MS = 60_000;

let isEnding = false;
// What has been tried so far is worth telling.
process.once("SIGINT", () => (isEnding = true));
process.once("SIGTERM", () => (isEnding = true));

const random = seededRandom(values.seed);
const cluster = await startCluster();
const rows: Record<string, Row> = {};
try {
  const faults = clusterFaults(cluster, random);
  for (let round = 0; round < values.rounds; round++) {
    const order = faults.map((fault) => ({ fault, at: random() })).toSorted((one, other) => one.at - other.at);
    for (const { fault } of order) {
      if (isEnding) break;
      rows[fault.name] ??= { rounds: 0, messages: 0, violations: [], failures: [] };
      const row = rows[fault.name] as Row;
      const before = row.violations.length + row.failures.length;
      const accounts = registeredAccounts(cluster.target.http as string, { seed: newRunTag() });
      try {
        note(row, await runFault(fault, cluster.target, accounts, { pairs: 2, recoveryMs: RECOVERY_MS }));
      } catch (error) {
        row.failures.push(error instanceof Error ? error.message : String(error));
      }
      console.log(`round ${round + 1}, ${fault.name}: ${row.violations.length + row.failures.length} found`);
      const found = [...row.violations, ...row.failures].slice(before);
      if (found.length > 0) console.error([...found, ...cluster.logTail()].join("\n"));
    }
  }
} finally {
  await cluster.stop();
}
console.log(`\n| what | rounds | messages acknowledged | guarantees broken |\n|---|---|---|---|`);
for (const [name, row] of Object.entries(rows).toSorted()) {
  console.log(`| ${name} | ${row.rounds} | ${row.messages} | ${row.violations.length} |`);
}
console.log(
  `\nheld: ${Object.values(guarantees)
    .map(({ title }) => title)
    .join("; ")}`,
);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ ...values, rows }, null, 2)}\n`);
const isBroken = Object.values(rows).some(({ violations, failures }) => violations.length + failures.length > 0);
process.exitCode = isBroken ? 1 : 0;

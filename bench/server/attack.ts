/**
 * Attacks a server of its own on the loopback, within bounds and by a seed, while two users chat beside it: packets that
 * are none, requests in other users' names, floods, and kill -9. Says what was tried, what was lost, and the memory.
 *
 * `node bench/server/attack.ts [--seed N] [--inputs N] [--kills N] [--flood-seconds N] [--json FILE]`; exit code 1 when a
 * message was lost, doubled or forged.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scriptOptions } from "../../test/scripts/options.ts";
import { sendBrokenPackets } from "./attack/broken-packets.ts";
import { floodWithEach } from "./attack/floods.ts";
import { forgeRequests } from "./attack/forged-requests.ts";
import { killAgainAndAgain } from "./attack/kills.ts";
import { seededRandom } from "./attack/seeded-random.ts";
import { Witness } from "./attack/witness.ts";
import { startServerProcess } from "./server-process.ts";
import { benchUsers, writeUsersFile } from "./users.ts";

const values = scriptOptions({
  seed: { type: "count", default: 1, min: 0 },
  inputs: { type: "count", default: 20_000 },
  kills: { type: "count", default: 36 },
  "flood-seconds": { type: "time", default: 2 },
  json: { type: "text" },
});

/** What each attack did, by name. */
const figures: Record<string, Record<string, number>> = {};
const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
const random = seededRandom(values.seed);
const folder = await mkdtemp(join(tmpdir(), "cupping-attack-"));
const store = ["--store", `sqlite:${join(folder, "attack.db")}`];
const users = benchUsers(60, "attack");
const file = join(folder, "users.csv");
await writeUsersFile(file, users);
const [writer, reader, victim, friend, impostor] = users as [(typeof users)[number], ...typeof users];
if (!reader || !victim || !friend || !impostor) throw new Error("there are too few users");

const server = await startServerProcess([...store, "--users-file", file]);
try {
  const attacks: Record<string, () => Promise<Record<string, number>>> = {
    "broken packets": () => sendBrokenPackets(server, impostor, random, values.inputs),
    "forged requests": () => forgeRequests(server, { victim, friend, impostor }, random, values.inputs / 4),
    floods: () => floodWithEach(server, users.slice(5), values["flood-seconds"]),
  };
  const witness = await Witness.open(server, writer, reader);
  for (const [name, attack] of Object.entries(attacks)) {
    const before = mebibytes(await server.residentBytes());
    witness.begin();
    const done = await attack();
    const seen = await witness.end();
    const after = mebibytes(await server.residentBytes());
    figures[name] = { ...done, ...seen, "resident MiB before": before, "resident MiB after": after };
    console.log(`${name}:`, figures[name]);
  }
  witness.close();
} finally {
  await server.stop();
}
figures["kill -9"] = await killAgainAndAgain(store, users.slice(0, 10), random, values.kills);
console.log("kill -9:", figures["kill -9"]);
await rm(folder, { recursive: true, force: true });
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ ...values, figures }, null, 2)}\n`);
const wrong = Object.values(figures).some((each) =>
  ["lost", "doubled", "forged"].some((name) => (each[name] ?? 0) > 0),
);
process.exitCode = wrong ? 1 : 0;

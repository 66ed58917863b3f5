/**
 * Compares the codec of this project with the other protobuf libraries of JavaScript, side by side in one process.
 *
 * `node bench/codec/run.ts [--filter REGEX] [--rounds N] [--turn MS] [--seed N] [--json FILE]`
 *
 * It exits with 1 when the bar is missed. To profile one case: `node --cpu-prof bench/codec/run.ts --filter 'encode chat'`.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { HEADER_LENGTH } from "../../codegen/index.ts";
import { scriptOptions } from "../../test/scripts/options.ts";
import { type Fixture, fixtures } from "./fixtures.ts";
import { measure, type Timing } from "./measure.ts";
import { loadPeers, type Peer } from "./peers/index.ts";
import { judge, type Row, table } from "./table.ts";

const values = scriptOptions({
  filter: { type: "pattern" },
  rounds: { type: "count", default: 31 },
  turn: { type: "time", default: 5 },
  seed: { type: "count", default: 1, min: 0 },
  json: { type: "text" },
});
const effort = { rounds: values.rounds, turnMs: values.turn };

/** Every library must make the same bytes, or the comparison compares different work. */
function checkBytes(peers: readonly Peer[], fixture: Fixture): Uint8Array {
  const [first, ...others] = peers.map((peer) => ({ peer, bytes: Buffer.from(peer.prepare(fixture).encode()) }));
  for (const { peer, bytes } of others) {
    if (first && !bytes.equals(first.bytes)) throw new Error(`${peer.name} encodes the ${fixture.name} differently`);
  }
  return (first as { bytes: Uint8Array }).bytes.subarray(HEADER_LENGTH);
}

const peers = await loadPeers();
const rows: Row[] = [];
for (const fixture of fixtures(values.seed)) {
  const body = Uint8Array.from(checkBytes(peers, fixture));
  for (const direction of ["encode", "decode"] as const) {
    if (!values.filter.test(`${direction} ${fixture.name}`)) continue;
    const subjects = peers.map((peer) => {
      const work = peer.prepare(fixture);
      return { peer: peer.name, run: direction === "encode" ? () => work.encode() : () => work.decode(body) };
    });
    const timings: Timing[] = measure(subjects, effort);
    rows.push({ direction, fixture: fixture.name, bodyBytes: body.length, timings });
  }
}

console.log(table(rows));
const verdict = judge(rows);
console.log(verdict.map(({ ok, sentence }) => `${ok ? "met  " : "MISSED"} ${sentence}`).join("\n"));
if (values.json !== undefined) {
  const environment = { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
  writeFileSync(values.json, `${JSON.stringify({ seed: values.seed, effort, environment, rows, verdict }, null, 2)}\n`);
}
if (verdict.some(({ ok }) => !ok)) process.exitCode = 1;

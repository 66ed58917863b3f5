/**
 * Measures the reference server from outside, in a process of its own, with the load on the same machine.
 *
 * `node bench/server/run.ts [--filter REGEX] [--rounds N] [--seconds N] [--json FILE]`
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { scriptOptions } from "../../test/scripts/options.ts";
import { type Figures, type Measurement, measurements } from "./measurements.ts";

const values = scriptOptions({
  filter: { type: "pattern" },
  rounds: { type: "count", default: 3 },
  seconds: { type: "time", default: 5 },
  json: { type: "text" },
});
const durationMs = values.seconds * 1000;

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1] as number;
}

async function inRounds({ run }: Measurement): Promise<Figures[]> {
  const rounds: Figures[] = [];
  for (let round = 0; round < values.rounds; round++) {
    const folder = await mkdtemp(join(tmpdir(), "cupping-bench-"));
    try {
      rounds.push(await run(folder));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return rounds;
}

function meets({ bars = [] }: Measurement, medians: Figures): boolean {
  return bars.every(({ figure, least = -Infinity, most = Infinity }) => {
    const value = medians[figure] as number;
    return value >= least && value <= most;
  });
}

function print(measurement: Measurement, rounds: readonly Figures[], medians: Figures): void {
  const verdict = meets(measurement, medians) ? " (bar met)" : " (BAR MISSED)";
  console.log(`${measurement.name}${(measurement.bars ?? []).length > 0 ? verdict : ""}`);
  for (const [figure, value] of Object.entries(medians)) {
    const all = rounds.map((round) => Number((round[figure] as number).toPrecision(4)));
    console.log(`  ${figure.padEnd(30)} ${Number(value.toPrecision(4))}  of ${all.join(", ")}`);
  }
}

if ((loadavg()[0] as number) > cpus().length / 2) {
  console.error(`the machine is busy already (load ${loadavg()[0]?.toFixed(1)}): the figures will be too low`);
}
const results: { name: string; rounds: Figures[]; medians: Figures; met: boolean }[] = [];
for (const measurement of measurements(durationMs)) {
  if (!values.filter.test(measurement.name)) continue;
  const rounds = await inRounds(measurement);
  const medians: Figures = {};
  for (const figure of Object.keys(rounds[0] ?? {})) {
    medians[figure] = median(rounds.map((round) => round[figure] as number));
  }
  results.push({ name: measurement.name, rounds, medians, met: meets(measurement, medians) });
  print(measurement, rounds, medians);
}
if (values.json !== undefined) {
  const environment = { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
  await writeFile(values.json, `${JSON.stringify({ environment, durationMs, results }, null, 2)}\n`);
}
if (results.some(({ met }) => !met)) process.exitCode = 1;

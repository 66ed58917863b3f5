// Runs the whole suite many times with different seeds, every second time with the machine under load, and writes
// docs/flakes.md. Usage: measure-flakes.ts [--runs 50] [--records FILE [--minutes N]]
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import type { CaseStatus, ConformanceResult } from "../../harness/result/index.ts";
import { scriptOptions } from "../scripts/options.ts";
import type { RunRecord } from "./flake-records.ts";
import { flakesPage } from "./flakes-page.ts";

const root = join(import.meta.dirname, "../..");
const TIMERS = "login=5s,heartbeat=8s,ack=3s,call=4s";
const BUSY_LOOP = "for (;;) Math.sqrt(Math.random());";

const values = scriptOptions({
  runs: { type: "count", default: 50 },
  // A file in which each run's record is kept as soon as it is there; a later call goes on from it.
  records: { type: "text" },
  // Begins no further run after so many minutes; the page is only written when none is left.
  minutes: { type: "time", default: Infinity },
});
const { runs } = values;
const folder = mkdtempSync(join(tmpdir(), "cupping-flakes-"));

/** One process per core that does nothing but compute. */
function burden(): ChildProcess[] {
  return Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ["-e", BUSY_LOOP]));
}

async function conformance(seed: number): Promise<ConformanceResult> {
  const words = ["conformance", "--json", "--quiet", "--seed", `${seed}`, "--timers", TIMERS, "--out", folder];
  const child = spawn(process.execPath, [join(root, "bin/cupping.js"), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as ConformanceResult;
}

async function runOnce(seed: number): Promise<RunRecord> {
  const loaded = seed % 2 === 0;
  const load = loaded ? burden() : [];
  try {
    const result = await conformance(seed);
    const cases: Record<string, CaseStatus> = {};
    const reasons: Record<string, string> = {};
    for (const { id, status, reason = "" } of result.cases) {
      cases[id] = status;
      if (status !== "passed") reasons[id] = reason;
    }
    const { verdict, summary } = result;
    process.stderr.write(
      `run ${seed} of ${runs}${loaded ? ", under load" : ""}: ${summary.passed} passed, ${verdict}\n`,
    );
    return { seed, loaded, seconds: result.run.durationMs / 1_000, cases, reasons };
  } finally {
    for (const one of load) one.kill("SIGKILL");
  }
}

const kept = values.records !== undefined && existsSync(values.records) ? readFileSync(values.records, "utf8") : "";
const records = kept.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as RunRecord]));
const end = performance.now() + values.minutes * 60_000;
while (records.length < runs && performance.now() < end) {
  const record = await runOnce(records.length + 1);
  records.push(record);
  if (values.records !== undefined) appendFileSync(values.records, `${JSON.stringify(record)}\n`);
}
if (records.length < runs) {
  process.stderr.write(`time is up: ${runs - records.length} of ${runs} runs left\n`);
  process.exit(3);
}
const processors = cpus();
const machine = `${processors.length} cores (${processors[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory, Node ${process.versions.node}`;
const command = `cupping conformance --seed N --timers ${TIMERS}`;
writeFileSync(join(root, "docs/flakes.md"), flakesPage(records, { machine, command }));

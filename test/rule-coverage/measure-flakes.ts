// Runs the whole suite many times with different seeds, half of them with the machine under load, and writes
// docs/flakes.md: how often each case did anything but pass. Usage: measure-flakes.ts [runs]
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { ConformanceResult } from "../../harness/result/index.ts";

const root = join(import.meta.dirname, "../..");
const SHORT_TIMERS = "login=3s,heartbeat=6s,ack=3s,call=4s";
const BUSY_LOOP = "for (;;) Math.sqrt(Math.random());";

/** One process per core that does nothing but compute. */
function burden(): ChildProcess[] {
  return Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ["-e", BUSY_LOOP]));
}

async function runOnce(seed: number, folder: string): Promise<ConformanceResult> {
  const words = ["conformance", "--json", "--quiet", "--seed", `${seed}`, "--timers", SHORT_TIMERS, "--out", folder];
  const child = spawn(process.execPath, [join(root, "bin/cupping.js"), ...words], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as ConformanceResult;
}

const runs = Number(process.argv[2] ?? 50);
const folder = mkdtempSync(join(tmpdir(), "cupping-flakes-"));
const notPassed = new Map<string, string[]>();
let cases = 0;
let seconds = 0;
for (let run = 0; run < runs; run++) {
  const loaded = run % 2 === 1;
  const load = loaded ? burden() : [];
  const result = await runOnce(run + 1, folder);
  for (const process of load) process.kill("SIGKILL");
  cases = result.summary.total - result.summary.notApplicable;
  seconds += result.run.durationMs / 1_000;
  for (const { id, status, reason = "" } of result.cases) {
    if (status === "passed" || status === "notApplicable") continue;
    const where = `seed ${run + 1}${loaded ? ", under load" : ""}: ${status} (${reason.slice(0, 160)})`;
    notPassed.set(id, [...(notPassed.get(id) ?? []), where]);
  }
  process.stderr.write(`run ${run + 1} of ${runs}: ${result.summary.passed} passed, ${result.verdict}\n`);
  writeFileSync(join(root, "docs/flakes.md"), page(run + 1));
}

/** The page for people, after so many runs. */
function page(done: number): string {
  const lines = [
    "# Flakes",
    "",
    `The whole suite against the unmutated reference server, ${done} times in a row with the seeds 1 to ${done}, every second`,
    "run with a busy process on each core: `npm run flakes`. Do not edit.",
    "",
    `${done} runs of ${cases} cases, ${Math.round(seconds / done)} s each on average. ` +
      `${notPassed.size === 0 ? "Every case passed in every run." : `${notPassed.size} cases did not always pass:`}`,
    "",
    ...[...notPassed].flatMap(([id, occasions]) => [
      `- ${id}: ${occasions.length} of ${done} runs`,
      ...occasions.map((occasion) => `  - ${occasion.replaceAll("\n", " ")}`),
    ]),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

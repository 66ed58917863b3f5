/**
 * Mutates the reference server by machine and lets the conformance suite judge each mutant over the wire.
 *
 * `npm run mutation -- [--sample N] [--file NAME] [--seed N] [--minutes N] [--workers N] [--survivors] [--case ID] [--write]`
 *
 * A run goes on from the records of the one before as long as the server's source is the same. `--survivors` goes on
 * from `docs/mutation.json` instead, which needs no records, and with `--case` runs nothing but what is named. `--write`
 * writes `docs/mutation.md` and `docs/mutation.json`.
 */
import { type ChildProcess, fork } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../../harness/runner/seeded-random.ts";
import { scriptOptions } from "../scripts/options.ts";
import { CaseChooser } from "./choose-cases.ts";
import { recordCoverage } from "./coverage.ts";
import { instrument, type MachineMutant, MUTATED_FOLDER } from "./instrument.ts";
import { type MutationRecord, type MutationSummary, mutationPage, sortAnew, summarize } from "./report.ts";
import { readSorted } from "./survivors.ts";
import type { MutantOrder, MutantOutcome } from "./worker.ts";

const values = scriptOptions({
  sample: { type: "count" },
  file: { type: "texts" },
  seed: { type: "count", default: 20_261_126, min: 0 },
  minutes: { type: "time", default: Infinity },
  workers: { type: "count", default: 2 },
  /** Meets those that survived and that a client could see again, after the suite has learnt something. */
  survivors: { type: "switch" },
  /** With these cases alone: what survives them is not recorded, as others may find it. */
  case: { type: "texts" },
  write: { type: "switch" },
});
const { seed } = values;
/** Longest life of one mutant, in milliseconds: far above a whole suite with short timers, on a busy machine too. */
const LONGEST_MS = 600_000;
const RECORDS = join(MUTATED_FOLDER, "..", "mutation-records.jsonl");
const DOCS = join(import.meta.dirname, "..", "..", "docs");

function readRecords(digest: string): Map<string, MutationRecord> {
  if (!existsSync(RECORDS)) return new Map();
  const lines = readFileSync(RECORDS, "utf8").split("\n").filter(Boolean);
  const records = lines.map((line) => JSON.parse(line) as MutationRecord & { digest: string });
  return new Map(records.filter((one) => one.digest === digest).map((one) => [one.key, one]));
}

/** A process that meets one mutant after the other; a mutant that breaks it gets it replaced. */
class Worker {
  #process: ChildProcess | undefined;

  async meet(order: MutantOrder, fresh: boolean): Promise<MutantOutcome> {
    if (fresh) this.end();
    this.#process ??= fork(join(import.meta.dirname, "worker.ts"), {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: { ...process.env, ...(fresh && { __STRYKER_ACTIVE_MUTANT__: order.id }) },
    });
    const child = this.#process;
    const outcome = await new Promise<MutantOutcome>((resolve) => {
      const timer = setTimeout(() => resolve({ outcome: "timeout", durationMs: LONGEST_MS }), LONGEST_MS);
      child.once("message", (message) => {
        clearTimeout(timer);
        resolve(message as MutantOutcome);
      });
      child.once("exit", () => {
        clearTimeout(timer);
        resolve({ outcome: "crashed", durationMs: 0 });
      });
      child.send(order);
    });
    child.removeAllListeners();
    if (fresh || outcome.outcome !== "killed") this.end();
    return outcome;
  }

  end(): void {
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }
}

const copy = await instrument();
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const coverage = await recordCoverage(copy.digest, seed, say, values.case);
const chooser = new CaseChooser(copy.mutants, coverage);
const records = readRecords(copy.digest);
const sorted = readSorted();
/** The run that `--survivors` goes on from. */
const earlier = values.survivors
  ? (JSON.parse(readFileSync(join(DOCS, "mutation.json"), "utf8")) as MutationSummary)
  : undefined;

function choose(): MachineMutant[] {
  const named = copy.mutants.filter(({ file }) => values.file?.some((name) => file.includes(name)) ?? true);
  if (earlier) {
    const holes = new Set(earlier.survivors.map(({ key }) => key).filter((key) => isHole(key)));
    return named.filter(({ key }) => holes.has(key));
  }
  if (values.sample === undefined) return named;
  // Each mutant draws by itself, so that the sample stays nearly the same when the source changes.
  const draw = new Map(named.map((one) => [one, seededRandom(seed, one.key).next()]));
  return named.toSorted((a, b) => (draw.get(a) ?? 0) - (draw.get(b) ?? 0)).slice(0, values.sample);
}

function isHole(key: string): boolean {
  return (sorted.get(key)?.as ?? "hole") === "hole";
}

const chosen = choose();
const until = performance.now() + values.minutes * 60_000;
const isLeft = ({ key }: MachineMutant): boolean =>
  !records.has(key) || (earlier !== undefined && records.get(key)?.outcome === "survived");
const left = chosen.filter(isLeft);
const total = left.length;
let met = 0;

async function work(): Promise<void> {
  const worker = new Worker();
  for (let mutant = left.shift(); mutant !== undefined && performance.now() < until; mutant = left.shift()) {
    const through = chooser.casesFor(mutant);
    const cases = through.filter((one) => values.case?.includes(one) ?? true);
    const outcome: MutantOutcome =
      cases.length === 0
        ? { outcome: "survived", durationMs: 0 }
        : await worker.meet({ id: mutant.id, cases, seed }, chooser.runsAtStart(mutant));
    const { id: _id, ...about } = mutant;
    const record: MutationRecord = { ...about, section: chooser.sectionFor(mutant), cases: through.length, ...outcome };
    if (values.case === undefined || outcome.outcome !== "survived") {
      records.set(mutant.key, record);
      appendFileSync(RECORDS, `${JSON.stringify({ ...record, digest: copy.digest })}\n`);
    }
    say(
      `[${++met}/${total}] ${mutant.file}:${mutant.line} ${mutant.operator}: ${outcome.outcome} ${outcome.killer?.case ?? ""}`,
    );
  }
  worker.end();
}

await Promise.all(Array.from({ length: values.workers }, work));
const looked = chosen.flatMap(({ key }) => records.get(key) ?? []);
const command = ["npm run mutation --", ...(values.sample ? [`--sample ${values.sample}`] : [])].join(" ");
const measured = `\`${command}\`, ${availableParallelism()} shared cores, Node ${process.version}`;
const about = { mutants: copy.mutants.length, seed, measured, leftOut: copy.leftOut };
const summary = earlier ? sortAnew(earlier, sorted, records) : summarize(looked, sorted, about);
process.stdout.write(`${mutationPage(summary)}\n`);
if (values.write) {
  writeFileSync(join(DOCS, "mutation.json"), `${JSON.stringify(summary, undefined, 2)}\n`);
  writeFileSync(join(DOCS, "mutation.md"), mutationPage(summary));
}

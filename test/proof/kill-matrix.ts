import { type ChildProcess, fork } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type ConformanceCase, matches } from "../../harness/runner/index.ts";
import { conformanceCases, everyVariant } from "../../scenarios/conformance/index.ts";
import { RULE_SET_VERSION, rules } from "../../scenarios/rules/index.ts";
import { type Mutant, mutantByName, mutants } from "../../server-ref/mutants/index.ts";
import { refuseCommandLine, scriptOptions } from "../scripts/options.ts";
import type { KillOrder } from "./kill-worker.ts";
import { amongCases, joinRecords, type KillRecord, sortAnew } from "./kills.ts";
import { type KillMatrix, matrixOf, matrixPage, pairsOf, recordsOf } from "./matrix-document.ts";

/** Worker processes per core: each runs one mutant at a time, and its cases mostly wait. */
const WORKERS_PER_CORE = 1.5;
const DEFAULT_SEED = 20_261_124;

/** A mutant, and the cases that it is to meet; undefined means all. */
type Task = Pick<KillOrder, "name" | "ids">;

/** Runs one mutant after the other in a process; a process that a mutant has broken is replaced. */
async function work(
  tasks: Task[],
  order: Omit<KillOrder, "name" | "ids">,
  done: (record: KillRecord) => void,
): Promise<void> {
  let worker: ChildProcess | undefined;
  for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
    worker ??= fork(join(import.meta.dirname, "kill-worker.ts"), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const current = worker;
    const record = await new Promise<KillRecord | undefined>((resolve) => {
      current.once("message", (message) => resolve(message as KillRecord));
      current.once("exit", () => resolve(undefined));
      current.send({ ...task, ...order } satisfies KillOrder);
    });
    current.removeAllListeners();
    if (record) done(record);
    else worker = undefined;
    if (!record) process.stderr.write(`${task.name}: the process of this mutant broke; it counts as a survivor\n`);
  }
  worker?.kill();
}

const values = scriptOptions({
  seed: { type: "count", default: DEFAULT_SEED, min: 0 },
  workers: { type: "count", default: Math.ceil(availableParallelism() * WORKERS_PER_CORE) },
  quick: { type: "switch" },
  // Only these; without --update nothing is written then.
  mutant: { type: "texts" },
  // Keeps what the published matrix says of the others.
  update: { type: "switch" },
  // Shows mutants the cases that they have not met, and adds what comes to the published matrix.
  unmet: { type: "switch" },
  // With --unmet: no case that restarts its target or measures its process, which takes seconds for each mutant.
  "no-restarts": { type: "switch" },
  // Only these cases, e.g. new ones, against every mutant: which of them fail for unrelated mutants? Writes nothing
  // without --unmet.
  case: { type: "texts" },
  // A file in which each mutant's record is kept as soon as it is there; a later run goes on from it.
  records: { type: "text" },
  // Begins no further mutant after so many minutes; the documents are only written when none is left.
  minutes: { type: "time", default: Infinity },
  out: { type: "text", default: "docs" },
});
const { seed, workers, quick, unmet, case: patterns } = values;
/** These cases alone are shown, and nothing is written. */
const only = unmet ? undefined : patterns;
if (only && (values.update || values.records !== undefined)) {
  refuseCommandLine("--case shows some cases only, which is nothing to publish: leave out --update and --records");
}
if (unmet && (values.update || values.records !== undefined || quick)) {
  refuseCommandLine("--unmet adds to the published matrix by itself: leave out --update, --records and --quick");
}
for (const pattern of patterns ?? []) {
  if (!everyVariant.some(({ id }) => matches(pattern, id))) refuseCommandLine(`--case: no case matches "${pattern}"`);
}
for (const name of values.mutant ?? []) {
  if (mutantByName(name) === undefined) refuseCommandLine(`--mutant: there is no mutant "${name}"`);
}
const isNamed = ({ name }: Mutant): boolean => values.mutant === undefined || values.mutant.includes(name);
const publishes = values.update || unmet;
const chosen = mutants.filter((mutant) => publishes || isNamed(mutant));
const begun = performance.now();
const isTimeUp = (): boolean => performance.now() - begun > values.minutes * 60_000;
const records = new Map<string, KillRecord>(readRecords().map((record) => [record.mutant, record]));

/** What earlier runs have kept, of the mutants that are still the same. */
function readRecords(): KillRecord[] {
  const ids = new Set(everyVariant.map(({ id }) => id));
  const kept = publishes ? readPublished() : readKept();
  return kept.flatMap((record) => {
    const mutant = mutantByName(record.mutant);
    const sorted = mutant && sortAnew(mutant, record);
    return sorted ? [amongCases(sorted, ids)] : [];
  });
}

function readPublished(): readonly KillRecord[] {
  const records = recordsOf(JSON.parse(readFileSync(join(values.out, "kill-matrix.json"), "utf8")) as KillMatrix);
  if (unmet) return records;
  return records.filter(({ mutant }) => values.mutant !== undefined && !values.mutant.includes(mutant));
}

function readKept(): KillRecord[] {
  if (values.records === undefined || !existsSync(values.records)) return [];
  const lines = readFileSync(values.records, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as KillRecord);
}

function keep(record: KillRecord): void {
  const earlier = unmet ? records.get(record.mutant) : undefined;
  records.set(record.mutant, earlier ? joinRecords(earlier, record) : record);
  if (values.records !== undefined) appendFileSync(values.records, `${JSON.stringify(record)}\n`);
}

/** What is left to be done: mutants without a record, or with --unmet the cases that they have not met. */
function tasksLeft(): Task[] {
  if (!unmet) return chosen.filter(({ name }) => !records.has(name)).map(({ name }) => ({ name }));
  return chosen.filter(isNamed).flatMap(({ name }) => {
    const met = new Set(records.get(name)?.met);
    const ids = conformanceCases.filter((one) => !met.has(one.id) && isAsked(one)).map(({ id }) => id);
    return ids.length > 0 ? [{ name, ids }] : [];
  });
}

function isAsked({ id, needs }: ConformanceCase): boolean {
  if (values["no-restarts"] && (needs.includes("restart") || needs.includes("process"))) return false;
  return patterns === undefined || patterns.some((pattern) => matches(pattern, id));
}

async function prove(tasks: Task[], atATime: number, isEnough: () => boolean): Promise<void> {
  const total = tasks.length;
  let proven = 0;
  const done = (record: KillRecord): void => {
    keep(record);
    const { mutant, breaks, survived, strays } = record;
    const wrong = [
      ...(only || unmet ? [] : survived).map((rule) => `survived ${rule}`),
      ...strays.map((kill) => `also failed ${kill.case}`),
    ];
    const good = (only || unmet) && record.kills.length === 0 ? "passed" : "killed";
    const verdict = wrong.length === 0 ? good : wrong.join(", ");
    process.stderr.write(`[${++proven}/${total}] ${mutant} (${breaks.join(", ")}): ${verdict}\n`);
    if (isEnough()) tasks.length = 0;
  };
  await Promise.all(Array.from({ length: atATime }, () => work(tasks, { seed, quick, only }, done)));
}

await prove(tasksLeft(), workers, isTimeUp);
if (isTimeUp() && !unmet) {
  const missing = chosen.filter(({ name }) => !records.has(name)).length;
  process.stdout.write(`time is up: ${missing} of ${chosen.length} mutants left\n`);
  process.exit(missing > 0 ? 3 : 0);
}
// What a busy machine may have blurred is looked at once more, one mutant at a time.
const doubtful = [...records.values()].filter(
  ({ survived, strays }) => (only || unmet ? 0 : survived.length) + strays.length > 0,
);
await prove(
  doubtful.map(({ mutant, strays }) => ({ name: mutant, ids: unmet ? strays.map((kill) => kill.case) : undefined })),
  1,
  () => !unmet && isTimeUp(),
);
if (only) {
  const failed = [...records.values()].filter(({ strays }) => strays.length > 0);
  for (const { mutant, strays } of failed)
    for (const { case: id, reason } of strays) process.stdout.write(`${mutant}: also failed ${id}: ${reason}\n`);
  const lost = chosen.filter(({ name }) => !records.has(name));
  process.stdout.write(`${failed.length} of ${chosen.length} mutants fail a case of an unrelated rule\n`);
  if (lost.length > 0) process.stdout.write(`no result of ${lost.map(({ name }) => name).join(", ")}\n`);
  process.exit(failed.length + lost.length > 0 ? 1 : 0);
}
const inOrder = chosen.map(
  ({ name, breaks }): KillRecord =>
    records.get(name) ?? {
      mutant: name,
      breaks,
      met: [],
      kills: [],
      survived: breaks,
      undecided: [],
      companions: [],
      strays: [],
    },
);
const matrix = matrixOf(inOrder, {
  ruleSet: RULE_SET_VERSION,
  seed,
  quick,
  cases: conformanceCases.map(({ id }) => id),
  rules,
});
if (values.mutant === undefined || publishes) {
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, "kill-matrix.json"), `${JSON.stringify(matrix, undefined, 2)}\n`);
  writeFileSync(join(values.out, "kill-matrix.md"), matrixPage(matrix, mutants));
}
process.stdout.write(
  `${matrix.killed} of ${matrix.mutants} mutants killed, ${matrix.clean} by their own rules alone\n`,
);
const { all, met } = pairsOf(matrix);
process.stdout.write(`${met} of ${all} pairs of a mutant and a case have met\n`);
if (matrix.clean < matrix.mutants) process.exitCode = 1;

import { type ChildProcess, fork } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { matches } from "../../harness/runner/index.ts";
import { conformanceCases, everyVariant } from "../../scenarios/conformance/index.ts";
import { RULE_SET_VERSION, rules } from "../../scenarios/rules/index.ts";
import { type Mutant, mutantByName, mutants } from "../../server-ref/mutants/index.ts";
import type { KillOrder } from "./kill-worker.ts";
import { type KillRecord, sortAnew } from "./kills.ts";
import { type KillMatrix, matrixOf, matrixPage } from "./matrix-document.ts";

/** Worker processes per core: each runs one mutant at a time, and its cases mostly wait. */
const WORKERS_PER_CORE = 1.5;
const DEFAULT_SEED = "20261124";

/** Runs one mutant after the other in a process; a process that a mutant has broken is replaced. */
async function work(
  names: string[],
  order: Omit<KillOrder, "name">,
  done: (record: KillRecord) => void,
): Promise<void> {
  let worker: ChildProcess | undefined;
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    worker ??= fork(join(import.meta.dirname, "kill-worker.ts"), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const current = worker;
    const record = await new Promise<KillRecord | undefined>((resolve) => {
      current.once("message", (message) => resolve(message as KillRecord));
      current.once("exit", () => resolve(undefined));
      current.send({ name, ...order } satisfies KillOrder);
    });
    current.removeAllListeners();
    if (record) done(record);
    else worker = undefined;
    if (!record) process.stderr.write(`${name}: the process of this mutant broke; it counts as a survivor\n`);
  }
  worker?.kill();
}

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: DEFAULT_SEED },
    workers: { type: "string" },
    quick: { type: "boolean", default: false },
    // Only these; without --update nothing is written then.
    mutant: { type: "string", multiple: true },
    // Keeps what the published matrix says of the others.
    update: { type: "boolean", default: false },
    // Only these cases, e.g. new ones, against every mutant: which of them fail for unrelated mutants? Writes nothing.
    case: { type: "string", multiple: true },
    // A file in which each mutant's record is kept as soon as it is there; a later run goes on from it.
    records: { type: "string" },
    // Begins no further mutant after so many minutes; the documents are only written when none is left.
    minutes: { type: "string", default: "Infinity" },
    out: { type: "string", default: "docs" },
  },
});
const seed = Number(values.seed);
const { quick, case: only } = values;
if (only && (values.update || values.records !== undefined)) {
  process.stderr.write("--case shows some cases only, which is nothing to publish: leave out --update and --records\n");
  process.exit(2);
}
for (const pattern of only ?? []) {
  if (everyVariant.some(({ id }) => matches(pattern, id))) continue;
  process.stderr.write(`--case: no case matches "${pattern}"\n`);
  process.exit(2);
}
const isNamed = ({ name }: Mutant): boolean => values.mutant === undefined || values.mutant.includes(name);
const chosen = mutants.filter((mutant) => values.update || isNamed(mutant));
const workers = Number(values.workers ?? Math.ceil(availableParallelism() * WORKERS_PER_CORE));
const begun = performance.now();
const isTimeUp = (): boolean => performance.now() - begun > Number(values.minutes) * 60_000;
const records = new Map<string, KillRecord>(readRecords().map((record) => [record.mutant, record]));

/** What earlier runs have kept, of the mutants that are still the same. */
function readRecords(): KillRecord[] {
  const kept = values.update ? readPublished() : readKept();
  return kept.flatMap((record) => {
    const mutant = mutantByName(record.mutant);
    return (mutant && sortAnew(mutant, record)) ?? [];
  });
}

function readPublished(): readonly KillRecord[] {
  const { records } = JSON.parse(readFileSync(join(values.out, "kill-matrix.json"), "utf8")) as KillMatrix;
  return records.filter(({ mutant }) => values.mutant !== undefined && !values.mutant.includes(mutant));
}

function readKept(): KillRecord[] {
  if (values.records === undefined || !existsSync(values.records)) return [];
  const lines = readFileSync(values.records, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as KillRecord);
}

function keep(record: KillRecord): void {
  records.set(record.mutant, record);
  if (values.records !== undefined) appendFileSync(values.records, `${JSON.stringify(record)}\n`);
}

async function prove(names: string[], atATime: number): Promise<void> {
  const total = names.length;
  let proven = 0;
  const done = (record: KillRecord): void => {
    keep(record);
    const { mutant, breaks, survived, strays } = record;
    const wrong = [
      ...(only ? [] : survived).map((rule) => `survived ${rule}`),
      ...strays.map((kill) => `also failed ${kill.case}`),
    ];
    const good = only && record.kills.length === 0 ? "passed" : "killed";
    const verdict = wrong.length === 0 ? good : wrong.join(", ");
    process.stderr.write(`[${++proven}/${total}] ${mutant} (${breaks.join(", ")}): ${verdict}\n`);
    if (isTimeUp()) names.length = 0;
  };
  await Promise.all(Array.from({ length: atATime }, () => work(names, { seed, quick, only }, done)));
}

await prove(
  chosen.map(({ name }) => name).filter((name) => !records.has(name)),
  workers,
);
if (isTimeUp()) {
  const missing = chosen.filter(({ name }) => !records.has(name)).length;
  process.stdout.write(`time is up: ${missing} of ${chosen.length} mutants left\n`);
  process.exit(missing > 0 ? 3 : 0);
}
// What a busy machine may have blurred is looked at once more, one mutant at a time.
const doubtful = [...records.values()].filter(
  ({ survived, strays }) => (only ? 0 : survived.length) + strays.length > 0,
);
await prove(
  doubtful.map(({ mutant }) => mutant),
  1,
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
      judged: 0,
      kills: [],
      survived: breaks,
      undecided: [],
      companions: [],
      strays: [],
    },
);
const matrix = matrixOf(inOrder, { ruleSet: RULE_SET_VERSION, seed, quick, cases: conformanceCases.length, rules });
if (values.mutant === undefined || values.update) {
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, "kill-matrix.json"), `${JSON.stringify(matrix, undefined, 2)}\n`);
  writeFileSync(join(values.out, "kill-matrix.md"), matrixPage(matrix, mutants));
}
process.stdout.write(
  `${matrix.killed} of ${matrix.mutants} mutants killed, ${matrix.clean} by their own rules alone\n`,
);
if (matrix.clean < matrix.mutants) process.exitCode = 1;

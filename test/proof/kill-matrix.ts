import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { RULE_SET_VERSION, rules } from "../../scenarios/rules/index.ts";
import { mutants } from "../../server-ref/mutants/index.ts";
import type { KillOrder } from "./kill-worker.ts";
import type { KillRecord } from "./kills.ts";
import { matrixOf, matrixPage } from "./matrix-document.ts";

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
    mutant: { type: "string", multiple: true },
    out: { type: "string", default: "docs" },
  },
});
const seed = Number(values.seed);
const { quick } = values;
const chosen = mutants.filter(({ name }) => values.mutant === undefined || values.mutant.includes(name));
const workers = Number(values.workers ?? Math.ceil(availableParallelism() * WORKERS_PER_CORE));
const records = new Map<string, KillRecord>();

async function prove(names: string[], atATime: number): Promise<void> {
  const total = names.length;
  let proven = 0;
  const done = (record: KillRecord): void => {
    records.set(record.mutant, record);
    const { mutant, breaks, survived, strays } = record;
    const wrong = [...survived.map((rule) => `survived ${rule}`), ...strays.map((kill) => `also failed ${kill.case}`)];
    const verdict = wrong.length === 0 ? "killed" : wrong.join(", ");
    process.stderr.write(`[${++proven}/${total}] ${mutant} (${breaks.join(", ")}): ${verdict}\n`);
  };
  await Promise.all(Array.from({ length: atATime }, () => work(names, { seed, quick }, done)));
}

await prove(
  chosen.map(({ name }) => name),
  workers,
);
// What a busy machine may have blurred is looked at once more, one mutant at a time.
const doubtful = [...records.values()].filter(({ survived, strays }) => survived.length + strays.length > 0);
await prove(
  doubtful.map(({ mutant }) => mutant),
  1,
);
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
if (values.mutant === undefined) {
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, "kill-matrix.json"), `${JSON.stringify(matrix, undefined, 2)}\n`);
  writeFileSync(join(values.out, "kill-matrix.md"), matrixPage(matrix, mutants));
}
process.stdout.write(
  `${matrix.killed} of ${matrix.mutants} mutants killed, ${matrix.clean} by their own rules alone\n`,
);
if (matrix.clean < matrix.mutants) process.exitCode = 1;

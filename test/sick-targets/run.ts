import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import type { CaseResult, ConformanceResult, Result } from "../../harness/result/index.ts";
import { CrowdWatch } from "../../harness/runner/crowd-watch.ts";
import { isOfThisMachine } from "../../harness/runner/run-case.ts";
import type { RunningSickTarget, SickTarget } from "./sick-target.ts";

/** What came of a command. */
export interface Outcome<R extends Result> {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Undefined when it left none. */
  readonly result: R | undefined;
  /** A file of its result folder. */
  read(name: string): string;
}

const launcher = join(import.meta.dirname, "../../bin/cupping.js");
const folder = mkdtempSync(join(tmpdir(), "cupping-sick-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
let runs = 0;

/** Runs a command of cupping against a sick target, from outside, as a process of its own. */
export async function runAgainst<R extends Result>(sick: SickTarget, ...words: string[]): Promise<Outcome<R>> {
  return await runFrom(await sick.start(), () => {}, ...words);
}

/** How often a case is asked that a busy machine has kept from telling anything. */
export const MOST_TRIES = 12;
/** For how long a test may go on that asks so often, in milliseconds; on a machine that is free it takes seconds. */
export const UNTIL_TOLD_MS: number = 900_000;
/** Longest wait for a machine on which less is going on, and between two looks at it, in milliseconds. */
const CALM_WITHIN_MS = 60_000;
const LOOK_MS = 2_000;

/** Runs the suite, and again when it could not tell of some case because this machine was too busy. */
export function runUntilTold(sick: SickTarget, ...words: string[]): Promise<Outcome<ConformanceResult>> {
  return untilTold(
    () => runAgainst<ConformanceResult>(sick, "conformance", ...words),
    ({ result }) => result?.cases.some(isUntold) === true,
  );
}

/**
 * What cases come to: those again that a busy machine has kept from telling, and no others, since each needs a calm moment
 * of its own and not all of them the same one.
 * @param only the cases, as `--only` takes them
 * @returns what they came to, and the exit code of the last run
 */
export async function tellCases(
  sick: SickTarget,
  only: string,
  ...words: string[]
): Promise<{ cases: readonly CaseResult[]; code: number | null }> {
  let cases: readonly CaseResult[] = [];
  let lastCode: number | null = null;
  let left = only;
  for (let attempt = 1; attempt <= MOST_TRIES && left !== ""; attempt++) {
    if (attempt > 1) await untilCalm();
    const { code, err, result } = await runAgainst<ConformanceResult>(sick, "conformance", "--only", left, ...words);
    lastCode = code;
    if (result === undefined) throw new Error(err);
    const told = new Map(result.cases.map((one) => [one.id, one]));
    cases = attempt === 1 ? result.cases : cases.map((one) => told.get(one.id) ?? one);
    left = cases
      .filter(isUntold)
      .map(({ id }) => id)
      .join(",");
  }
  return { cases, code: lastCode };
}

/** Runs anything, and again when this machine was too busy for it to tell. */
export async function untilTold<O>(run: () => Promise<O>, isUntoldIn: (outcome: O) => boolean): Promise<O> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await run();
    if (attempt === MOST_TRIES || !isUntoldIn(outcome)) return outcome;
    await untilCalm();
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One behind the other, in a file whose other tests wait meanwhile and use no processor. */
export function inTurn<R>(act: () => Promise<R>): Promise<R> {
  const acted = last.then(act);
  last = acted.catch(() => undefined);
  return acted;
}

/** Whether it came to nothing because of this machine, be it in the end or at first. */
export function isUntold({ status, reason }: CaseResult): boolean {
  return status === "couldNotRun" && isOfThisMachine({ reason: reason ?? "" });
}

/** Waits until so little goes on here that a suite can tell what its target was late with; or for the longest wait. */
export async function untilCalm(): Promise<void> {
  const crowd = new CrowdWatch();
  let since = performance.now();
  const look = (): void => {
    const seen = crowd.since(since);
    since = performance.now();
    if (seen !== undefined) throw new Error(seen);
  };
  try {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    await vi.waitFor(look, { timeout: CALM_WITHIN_MS, interval: LOOK_MS });
  } catch {
    // The machine stays as it is: whoever asked tries all the same.
  } finally {
    crowd.stop();
  }
}

/** The same, with the command held up once, as on a machine that is busy with something else. */
export async function runHeldUp<R extends Result>(
  sick: SickTarget,
  { afterConnections, forMs }: { afterConnections: number; forMs: number },
  ...words: string[]
): Promise<Outcome<R>> {
  const running = await sick.start();
  let timer: NodeJS.Timeout | undefined;
  const holdUp = (child: ChildProcess): void => {
    timer = setInterval(() => {
      if ((running.connections ?? 0) < afterConnections) return;
      clearInterval(timer);
      child.kill("SIGSTOP");
      setTimeout(() => child.kill("SIGCONT"), forMs);
    }, 20);
  };
  try {
    return await runFrom(running, holdUp, ...words);
  } finally {
    clearInterval(timer);
  }
}

/** The same, with Ctrl-C as soon as so many connections have been opened. */
export async function runInterrupted<R extends Result>(
  sick: SickTarget,
  afterConnections: number,
  ...words: string[]
): Promise<Outcome<R>> {
  const running = await sick.start();
  let timer: NodeJS.Timeout | undefined;
  const interrupt = (child: ChildProcess): void => {
    timer = setInterval(() => {
      if ((running.connections ?? 0) < afterConnections) return;
      clearInterval(timer);
      child.kill("SIGINT");
    }, 20);
  };
  try {
    return await runFrom(running, interrupt, ...words);
  } finally {
    clearInterval(timer);
  }
}

async function runFrom<R extends Result>(
  running: RunningSickTarget,
  onStart: (child: ChildProcess) => void,
  ...words: string[]
): Promise<Outcome<R>> {
  const out = join(folder, String(++runs));
  const http = running.http === undefined ? [] : ["--http", running.http];
  const webSocket = running.webSocket === undefined ? [] : ["--websocket", running.webSocket];
  try {
    // A replay leaves nothing.
    const outAt = words[0] === "replay" ? [] : ["--out", out];
    const all = [...words, "--target", running.target, ...http, ...webSocket, ...outAt];
    const child = spawn(process.execPath, [launcher, ...all], { stdio: ["ignore", "pipe", "pipe"], cwd: folder });
    onStart(child);
    const texts = { out: "", err: "" };
    child.stdout.on("data", (chunk) => (texts.out += String(chunk)));
    child.stderr.on("data", (chunk) => (texts.err += String(chunk)));
    const [code] = (await once(child, "close")) as [number | null];
    const path = join(out, "result.json");
    const result = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as R) : undefined;
    return { code, ...texts, result, read: (name) => readFileSync(join(out, name), "utf8") };
  } finally {
    await running.stop();
  }
}

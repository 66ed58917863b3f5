// Entry of a worker process.
import { CuppingError } from "../errors.ts";
import { collectGarbage, nowMicros } from "../measure/index.ts";
import { sendableError } from "../sent-error.ts";
import { loadScenario } from "./load-scenario.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { type LoadedScenario, uncaughtFailure } from "./scenario-failure.ts";
import { Worker } from "./worker.ts";

/** Before there are any users: what they cost is counted from here. */
const bareRssBytes: number = process.memoryUsage.rss();

let worker: Worker | undefined;
let scenario: LoadedScenario | undefined;
let runStartMicros = 0;

function say(message: FromWorker): void {
  process.send?.(message);
}

function present(): number {
  return Math.max(0, Math.floor((nowMicros() - runStartMicros) / 1_000_000));
}

/** Reports every full second of the run, so that the seconds of all workers are the same ones. */
function reportFrom(second: number): void {
  const endsAt = runStartMicros + (second + 1) * 1_000_000;
  setTimeout(
    () => {
      // Timers can come a little early; the report of a second must not come before its end.
      if (nowMicros() < endsAt) {
        reportFrom(second);
        return;
      }
      if (worker) say({ say: "second", report: worker.report(second) });
      reportFrom(second + 1);
    },
    Math.max(0, (endsAt - nowMicros()) / 1000),
  ).unref();
}

async function start(message: ToWorker & { do: "start" }): Promise<void> {
  const { plan, share } = message;
  runStartMicros = message.runStartMicros;
  const loaded = await loadScenario(plan.scenarioUrl);
  scenario = { name: loaded.name, url: plan.scenarioUrl };
  worker = new Worker(plan, share, loaded);
  reportFrom(present());
}

async function handle(message: ToWorker): Promise<void> {
  switch (message.do) {
    case "start":
      await start(message);
      say({ say: "ready", rssBytes: bareRssBytes });
      return;
    case "phase":
      if (!worker) throw new CuppingError("internal", "a phase began before the start");
      await worker.run(message.phase, message.at);
      // What a client costs is read from the report that ends the ramp; connecting leaves garbage behind.
      if (message.phase === "ramp") collectGarbage();
      say({ say: "phase-done", phase: message.phase, report: worker.report(present()) });
      if (message.phase === "close") process.disconnect();
      return;
    case "cut-short":
      worker?.cutShort();
  }
}

function fail(error: unknown): void {
  say({ say: "failed", error: sendableError(scenario ? uncaughtFailure(scenario, error) : error) });
}

process.on("message", (message: ToWorker) => {
  handle(message).catch(fail);
});
// The parent tells the user, and ends this process.
process.on("uncaughtException", fail);
// Ctrl-C, a terminal's end and a supervisor reach the whole process group; the parent decides what happens.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
// Without a parent nobody wants the result, and a load must not go on by itself.
process.on("disconnect", () => process.exit());

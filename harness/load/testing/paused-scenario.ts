import { spawn } from "node:child_process";
import { basename } from "node:path";
import { defineScenario, type Scenario } from "../index.ts";

/** Stops this process for some seconds, as a suspended machine does. */
function pauseSoon(after: unknown, seconds: unknown): void {
  const script = `sleep ${after}; kill -STOP ${process.pid}; sleep ${seconds}; kill -CONT ${process.pid}`;
  spawn("sh", ["-c", script], { stdio: "ignore" }).unref();
}

/** A generator that is stopped while its users come up or later, and whose users do nothing else. */
const paused: Scenario = defineScenario({
  name: "test-paused",
  title: "the generator's process is stopped for a while",
  options: {
    after: { type: "number", default: 1, describe: "how long after the worker is ready, seconds" },
    seconds: { type: "number", default: 2, describe: "for how long" },
  },
  // The one function that a worker calls before its users come up; the run's own process calls it, too.
  conversations({ after, seconds }) {
    if (basename(process.argv[1] ?? "").startsWith("worker-main") && seconds !== 0) pauseSoon(after, seconds);
    return [];
  },
  during: () => Promise.resolve(),
});

export default paused;

import { setImmediate as turn } from "node:timers/promises";
import type { CommandModule } from "yargs";
import { asCuppingError, describeError, exitCodeOfError } from "../harness/errors.ts";
import { visibleLines } from "../harness/result/index.ts";
import { sendableError } from "../harness/sent-error.ts";
import packageJson from "../package.json" with { type: "json" };
import { runCommandLine } from "./command-line.ts";
import { watchOutput } from "./run/lost-output.ts";

/** Each is loaded only when named, so that a worker or a server does not pay for what it never uses. */
const commandModules: Record<string, () => Promise<{ command: CommandModule }>> = {
  serve: () => import("./commands/serve.ts"),
  doctor: () => import("./commands/doctor.ts"),
  conformance: () => import("./commands/conformance.ts"),
  load: () => import("./commands/load.ts"),
  merge: () => import("./commands/merge.ts"),
  faults: () => import("./commands/faults.ts"),
  gate: () => import("./commands/gate.ts"),
  report: () => import("./commands/report.ts"),
  compare: () => import("./commands/compare.ts"),
  list: () => import("./commands/list.ts"),
  init: () => import("./commands/init.ts"),
  k6: () => import("./commands/k6.ts"),
  replay: () => import("./commands/replay.ts"),
  decode: () => import("./commands/decode.ts"),
};

/** Tells the user, in the form in which every error is told. @returns the exit code */
function tell(error: unknown): number {
  // Who started this process as a child says why it ended, and need not read what it wrote.
  process.send?.(sendableError(error));
  process.stderr.write(`cupping: ${visibleLines(describeError(error))}\n`);
  return exitCodeOfError[asCuppingError(error).code];
}

// Also what no promise waited for comes here: nothing may go on from a state that nobody knows.
process.on("uncaughtException", (error) => process.exit(tell(error)));

watchOutput();

const words = process.argv.slice(2);
const chosen = words[0] !== undefined && Object.hasOwn(commandModules, words[0]) ? commandModules[words[0]] : undefined;
try {
  const loaded = await Promise.all((chosen ? [chosen] : Object.values(commandModules)).map((load) => load()));
  // An interrupt that came while they were loaded is heard before anything begins.
  await turn();
  const commands = loaded.map((module) => module.command);
  await runCommandLine(words, commands, Object.keys(commandModules), packageJson.version);
} catch (error) {
  process.exitCode = tell(error);
}

import type { CommandModule } from "yargs";
import { HarnessError, TargetError, UsageError } from "../harness/errors.ts";
import packageJson from "../package.json" with { type: "json" };
import { runCommandLine } from "./command-line.ts";

/** Loaded only when named, so that a worker or a server does not pay for what it never uses. */
const commandModules: Record<string, () => Promise<{ command: CommandModule }>> = {};

// Scaffold: a command is registered once its module exists.
const { existsSync } = await import("node:fs");
for (const name of [
  "serve",
  "conformance",
  "load",
  "gate",
  "report",
  "compare",
  "list",
  "init",
  "k6",
  "replay",
  "faults",
  "decode",
]) {
  const url = new URL(`./commands/${name}.ts`, import.meta.url);
  if (existsSync(url)) commandModules[name] = () => import(url.href);
}

const exitCodes = new Map<unknown, number>([
  [UsageError, 2],
  [TargetError, 3],
  [HarnessError, 4],
]);

const words = process.argv.slice(2);
const chosen = words[0] !== undefined ? commandModules[words[0]] : undefined;
try {
  const loaded = await Promise.all((chosen ? [chosen] : Object.values(commandModules)).map((load) => load()));
  const commands = loaded.map((module) => module.command);
  await runCommandLine(words, commands, Object.keys(commandModules), packageJson.version);
} catch (error) {
  const code = error instanceof Error ? exitCodes.get(error.constructor) : undefined;
  const text = code === undefined ? (error instanceof Error ? error.stack : String(error)) : (error as Error).message;
  process.stderr.write(`cupping: ${text}\n`);
  process.exitCode = code ?? 4;
}

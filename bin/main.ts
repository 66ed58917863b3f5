import { existsSync } from "node:fs";
import { join } from "node:path";
import yargs, { type CommandModule } from "yargs";
import { HarnessError, TargetError, UsageError } from "../harness/errors.ts";

const exitCodes = new Map<unknown, number>([
  [UsageError, 2],
  [TargetError, 3],
  [HarnessError, 4],
]);

// Scaffold: a command is registered once its module exists.
const commands: CommandModule[] = [];
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
  "decode",
]) {
  for (const ending of ["ts", "js"]) {
    const file = join(import.meta.dirname, "commands", `${name}.${ending}`);
    if (existsSync(file)) commands.push(((await import(file)) as { command: CommandModule }).command);
  }
}

try {
  const parser = yargs(process.argv.slice(2))
    .scriptName("cupping")
    .strict()
    .recommendCommands()
    .demandCommand(1)
    .help();
  for (const command of commands) parser.command(command);
  await parser
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    })
    .parse();
} catch (error) {
  const known = error instanceof Error ? exitCodes.get(error.constructor) : undefined;
  process.stderr.write(
    known === undefined
      ? `${error instanceof Error ? error.stack : error}\n`
      : `cupping: ${(error as Error).message}\n`,
  );
  process.exitCode = known ?? 4;
}

import type { CommandModule } from "yargs";
import { sendableError } from "../../harness/sent-error.ts";
import type { RunningServer } from "../../server-ref/index.ts";
import { type ServeArguments, serveOptions } from "../serve/arguments.ts";

/** Fulfilled by the first SIGTERM or SIGINT; a second one ends the process at once. */
function terminationSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => {
        resolve();
        process.once(signal, () => process.exit(130));
      });
    }
  });
}

/** Imports what it needs when it runs, so that the help of all commands need not load a server. */
async function serve(args: ServeArguments): Promise<void> {
  const { readServerOptions } = await import("../serve/server-options.ts");
  const options = await readServerOptions(args);
  const { startServer } = await import("../../server-ref/index.ts");
  const { explainStartFailure } = await import("../serve/start-failure.ts");
  const terminated = terminationSignal();
  let server: RunningServer;
  try {
    server = await startServer(options);
  } catch (error) {
    const failure = explainStartFailure(error, args);
    // Who started this process as a child reads the code, not the sentence.
    process.send?.(sendableError(failure));
    throw failure;
  }
  const { tcp, ws, http } = server.ports;
  process.stdout.write(`${JSON.stringify({ event: "listening", tcp, ws, http, pid: process.pid })}\n`);
  await terminated;
  await server.stop(options.drainMs);
}

export const command: CommandModule = {
  command: "serve",
  describe: "runs the reference server",
  builder: (yargs) =>
    yargs
      .options(serveOptions)
      .epilog(
        "Prints one line of JSON with its ports once it listens. SIGTERM and SIGINT let it finish what it has received.",
      ),
  handler: (args) => serve(args as unknown as ServeArguments),
};

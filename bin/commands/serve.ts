import { once } from "node:events";
import type { CommandModule } from "yargs";
import type { RunningServer } from "../../server-ref/index.ts";
import { type ServeArguments, serveOptions } from "../options/serve.ts";
import { withOptions } from "../options/yargs-options.ts";
import { catchInterrupt } from "../run/interrupt.ts";

/** Imports what it needs when it runs, so that the help of all commands need not load a server. */
async function serve(args: ServeArguments): Promise<void> {
  const { readServerOptions, readTls } = await import("../serve/server-options.ts");
  const options = await readServerOptions(args);
  const { startServer } = await import("../../server-ref/index.ts");
  const { explainStartFailure } = await import("../serve/start-failure.ts");
  let server: RunningServer | undefined;
  /** Certificates expire sooner than servers end. */
  const renewTls = async (): Promise<void> => {
    try {
      const { tls } = await readTls(args);
      if (tls !== undefined) server?.renewTls(tls);
      process.stderr.write("cupping serve: took the certificate and its key anew\n");
    } catch (error) {
      process.stderr.write(`cupping serve: goes on with the old certificate: ${(error as Error).message}\n`);
    }
  };
  const { signal } = catchInterrupt({
    onFirst: () => undefined,
    graceMs: Number.POSITIVE_INFINITY,
    ...(options.tls !== undefined && { onHangup: () => void renewTls() }),
  });
  try {
    server = await startServer(options);
  } catch (error) {
    throw explainStartFailure(error, args);
  }
  const { tcp, ws, http } = server.ports;
  process.stdout.write(`${JSON.stringify({ event: "listening", tcp, ws, http, pid: process.pid })}\n`);
  if (!signal.aborted) await once(signal, "abort");
  await server.stop(options.drainMs);
}

export const command: CommandModule = {
  command: "serve",
  describe: "runs the reference server",
  builder: (yargs) =>
    withOptions(yargs, serveOptions.rows).epilog(
      "Prints one line of JSON with its ports once it listens. SIGTERM and SIGINT let it finish what it has received.",
    ),
  handler: (args) => serve(args as unknown as ServeArguments),
};

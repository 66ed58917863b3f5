import type { RunningServer, ServerOptions } from "./options.ts";

export type { Mutant } from "./mutants/mutant.ts";
export type { RunningServer, ServerOptions, ServerPorts } from "./options.ts";

/** Starts a reference server; fulfilled when it listens. */
export async function startServer(_options: ServerOptions = {}): Promise<RunningServer> {
  throw new Error("the reference server does not listen yet");
}

import type { CommandModule } from "yargs";
import { type ReplayArguments, replayOptions } from "../options/replay.ts";
import { withOptions } from "../options/yargs-options.ts";

export const command: CommandModule = {
  command: "replay <capsule>",
  describe: "replays a recorded failure against a target: its case with the same seed, or its exact frames",
  builder: (yargs) =>
    withOptions(yargs, replayOptions.rows).positional("capsule", {
      type: "string",
      demandOption: true,
      describe: "a capsule file written by a conformance run",
    }),
  handler: async (args) => {
    const { replay } = await import("../replay/replay.ts");
    process.exitCode = await replay(args as unknown as ReplayArguments);
  },
};

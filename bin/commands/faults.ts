import type { CommandModule } from "yargs";
import { type FaultArguments, faultOptions } from "../options/faults.ts";
import { withOptions } from "../options/yargs-options.ts";

export const command: CommandModule = {
  command: "faults",
  describe: "injects network and server faults under traffic and checks the server's guarantees",
  builder: (yargs) =>
    withOptions(yargs, faultOptions.rows)
      .example("$0 faults", "every fault, against the reference server")
      .example(
        "$0 faults --target tcp://127.0.0.1:8000 --http http://127.0.0.1:18080 --only 'partition,half-open-*'",
        "yours",
      ),
  handler: async (args) => {
    const { runFaults } = await import("../faults/run.ts");
    process.exitCode = await runFaults(args as unknown as FaultArguments);
  },
};

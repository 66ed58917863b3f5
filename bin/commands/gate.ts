import type { CommandModule } from "yargs";
import { type GateArguments, gateOptions } from "../options/gate.ts";
import { withOptions } from "../options/yargs-options.ts";

export const command: CommandModule = {
  command: "gate",
  describe: "runs everything in cupping.config.* and answers yes or no, for CI",
  builder: (yargs) =>
    withOptions(yargs, gateOptions.rows).epilog(
      "--target, --http, --label and --seed win over what the configuration says for each of its runs.\n" +
        "Exits 0 when all is well, 1 when a rule failed, a threshold was crossed or a figure became worse than the " +
        "baseline, 5 when the measurement is not valid and should be repeated.",
    ),
  handler: async (args) => {
    const { runGate } = await import("../release-gate/run-gate.ts");
    process.exitCode = await runGate(args as unknown as GateArguments);
  },
};

import { randomInt } from "node:crypto";
import { join } from "node:path";
import type { CommandModule } from "yargs";
import { loadOptions, scenarioOptions } from "../load/options.ts";
import { chooseScenario, scenarioIn } from "../load/scenario-choice.ts";

const DEFAULT_SCENARIO = "chat";

export const command: CommandModule = {
  command: "load [scenario]",
  describe: "runs a load scenario against a target",
  builder: async (yargs) => {
    const { scenario } = await chooseScenario(scenarioIn(process.argv.slice(2)) ?? DEFAULT_SCENARIO);
    return yargs
      .positional("scenario", {
        type: "string",
        default: DEFAULT_SCENARIO,
        describe: "its name, or a file of your own",
      })
      .options(loadOptions)
      .options(scenarioOptions(scenario))
      .epilog(`${scenario.name}: ${scenario.title}.\n${scenario.description ?? ""}`);
  },
  handler: async (args) => {
    // Loaded only now, so that the help of all commands is quick.
    const { loadOnce } = await import("../load/load-once.ts");
    const seed = (args["seed"] as number | undefined) ?? randomInt(1, 2 ** 31);
    const time = new Date().toISOString().replace(/[-:]/g, "").slice(0, 15);
    const name = String(args["scenario"])
      .replace(/^.*[\\/]/, "")
      .replace(/\.\w+$/, "");
    const out = (args["out"] as string | undefined) ?? join("reports", "out", `${time}-load-${name}`);
    process.exitCode = await loadOnce(args, { seed, out });
  },
};

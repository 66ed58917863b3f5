import { randomInt } from "node:crypto";
import { join } from "node:path";
import type { CommandModule } from "yargs";
import { loadOptions, scenarioOptions } from "../load/options.ts";
import { chooseScenario, scenarioIn } from "../load/scenario-choice.ts";

const DEFAULT_SCENARIO = "mixed";

/** The scenario that loads the HTTP API: other options and another engine than those that load the messenger. */
const HTTP_SCENARIO = "http";

/** Whether the words of a command line ask for it; its options are part of the grammar. */
function isHttp(words: readonly string[]): boolean {
  return words[0] === "load" && words[1] === HTTP_SCENARIO;
}

export const command: CommandModule = {
  command: "load [scenario]",
  describe: "runs a load scenario against a target",
  builder: async (yargs) => {
    if (isHttp(process.argv.slice(2))) {
      const { httpEpilog, httpOptions } = await import("../load/http.ts");
      return yargs.positional("scenario", { type: "string", describe: "http" }).options(httpOptions).epilog(httpEpilog);
    }
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
    const run = args["scenario"] === HTTP_SCENARIO ? (await import("../load/http.ts")).loadHttp : loadOnce;
    process.exitCode = await run(args, { seed, out });
  },
};

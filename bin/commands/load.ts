import type { CommandModule } from "yargs";
import { withHttpOptions, withLoadOptions } from "../load/options.ts";
import { chooseScenario, httpScenario, namedScenarios, scenarioIn } from "../load/scenario-choice.ts";
import type { HttpArguments } from "../options/http.ts";
import type { LoadArguments } from "../options/load.ts";

const DEFAULT_SCENARIO = "mixed";

/** Whether the words of a command line ask for it; its options are part of the grammar. */
function isHttp(words: readonly string[]): boolean {
  return words[0] === "load" && words[1] === httpScenario.name;
}

export const command: CommandModule = {
  command: "load [scenario]",
  describe: "runs a load scenario against a target",
  builder: async (yargs) => {
    if (isHttp(process.argv.slice(2))) {
      const { httpEpilog } = await import("../load/http.ts");
      return withHttpOptions(yargs).positional("scenario", { type: "string", describe: "http" }).epilog(httpEpilog);
    }
    const { scenario } = await chooseScenario(scenarioIn(process.argv.slice(2)) ?? DEFAULT_SCENARIO);
    return withLoadOptions(yargs, scenario)
      .positional("scenario", {
        type: "string",
        default: DEFAULT_SCENARIO,
        describe: `${namedScenarios.map(({ name }) => name).join(", ")}, or a file of your own; \`cupping list\` says what each is about`,
      })
      .epilog(`${scenario.name}: ${scenario.title}.\n${scenario.description ?? ""}`);
  },
  handler: async (args) => {
    // Loaded only now, so that the help of all commands is quick.
    if (args["scenario"] === httpScenario.name) {
      const { loadHttp } = await import("../load/http.ts");
      process.exitCode = await loadHttp(args as unknown as HttpArguments);
    } else {
      const { loadOnce } = await import("../load/load-once.ts");
      process.exitCode = await loadOnce(args as unknown as LoadArguments);
    }
  },
};

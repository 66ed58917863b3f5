import type { CommandModule } from "yargs";
import { k6Scenarios } from "../../scenarios/k6/index.ts";
import { type K6Arguments, k6Options } from "../options/k6.ts";
import { withOptions } from "../options/yargs-options.ts";

/** The scenarios, for the help. */
const scenarioList = k6Scenarios.map(({ name, title }) => `  ${name.padEnd(9)}${title}`).join("\n");

export const command: CommandModule = {
  command: "k6 [scenario]",
  describe: "runs a scenario under k6 and reads the result back",
  builder: (yargs) =>
    withOptions(yargs, k6Options.rows)
      .positional("scenario", {
        type: "string",
        default: "chat",
        describe: "name of a built-in scenario, or a k6 script of your own",
      })
      .example("$0 k6 chat --vus 50 --rate 100 --duration 1m", "100 pairs of users, against the reference server")
      .example("$0 k6 login --target ws://10.0.0.5:8001 --http http://10.0.0.5:18080", "yours")
      .epilog(
        `Scenarios:\n${scenarioList}\n\nk6 itself is not part of this tool: without it the command says how to get it.`,
      ),
  handler: async (args) => {
    const { runUnderK6 } = await import("../k6/run.ts");
    process.exitCode = await runUnderK6(args as unknown as K6Arguments);
  },
};

import type { CommandModule } from "yargs";
import type { GateArguments } from "../release-gate/run-gate.ts";

export const command: CommandModule = {
  command: "gate",
  describe: "runs what cupping.config.* names and says yes or no: for CI",
  builder: (yargs) =>
    yargs
      .options({
        config: { type: "string", describe: "configuration file (default: cupping.config.ts, .js or .json here)" },
        target: { type: "string", describe: "instead of the target in the configuration" },
        http: { type: "string", describe: "instead of the HTTP address in the configuration" },
        label: { type: "string", describe: "a name for the runs, such as the version of the server under test" },
        seed: { type: "number", describe: "makes users, payloads and schedule the same again" },
        only: { type: "string", describe: "what to run of the configuration, e.g. conformance,chat" },
        baseline: { type: "string", describe: "folder with the results that runs are compared with" },
        "update-baseline": {
          type: "boolean",
          default: false,
          describe: "stores these results as the baseline instead",
        },
        "repeat-invalid": {
          type: "number",
          default: 0,
          describe: "how often a run is repeated whose measurement is not valid",
        },
        allow: {
          type: "string",
          array: true,
          choices: ["machine", "options"],
          default: [],
          describe: "compares with the baseline although the machine or the options differ",
        },
        out: { type: "string", describe: "folder for the results (default reports/out/<time>-gate)" },
        report: { type: "string", describe: "html, junit, markdown, github, prometheus, csv; several with commas" },
        json: { type: "boolean", default: false, describe: "the answer on standard output, and nothing else there" },
        quiet: { type: "boolean", default: false, describe: "nothing but the exit code and the reports" },
      })
      .epilog(
        "Exits 0 when all is well, 1 when a rule failed, a threshold was crossed or a figure became worse than the " +
          "baseline, 5 when the measurement is not valid and should be repeated.",
      ),
  handler: async (args) => {
    const { runGate } = await import("../release-gate/run-gate.ts");
    process.exitCode = await runGate(args as unknown as GateArguments);
  },
};

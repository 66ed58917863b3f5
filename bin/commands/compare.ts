import type { CommandModule } from "yargs";
import type { CompareArguments } from "../report/compare-files.ts";

export const command: CommandModule = {
  command: "compare <base> <new..>",
  describe: "compares results and exits 1 on a regression",
  builder: (yargs) =>
    yargs
      .positional("base", {
        type: "string",
        demandOption: true,
        describe: "a result file, or a folder with the results of the same run repeated",
      })
      .positional("new", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "one or more of the same, each held against the base",
      })
      .options({
        tolerance: {
          type: "string",
          array: true,
          default: [],
          describe:
            "how much worse is tolerated: 10%, msg_e2e.p99=10% or msg_ack.p50=2ms (default 10%, 30% for single runs)",
        },
        allow: {
          type: "string",
          array: true,
          choices: ["machine", "options"],
          default: [],
          describe: "compares although the machine or the options differ",
        },
        report: { type: "string", default: "html", describe: "html, markdown, github; several with commas" },
        out: { type: "string", describe: "folder for the reports (default reports/out/<time>-compare)" },
        seed: { type: "number", default: 1, describe: "seed of the resampling" },
        json: { type: "boolean", default: false, describe: "the comparison on standard output" },
        quiet: { type: "boolean", default: false, describe: "nothing but the exit code" },
      })
      .example("$0 compare base.json new.json", "two runs")
      .example("$0 compare runs/main/ runs/branch/ --tolerance msg_e2e.p99=5%", "two sides of several runs each")
      .epilog("Exits 0 without a regression, 1 with one, 5 when the runs may not be compared."),
  handler: async (args) => {
    const { compareFiles } = await import("../report/compare-files.ts");
    await compareFiles(args as unknown as CompareArguments);
  },
};

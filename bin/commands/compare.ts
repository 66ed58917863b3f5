import type { CommandModule } from "yargs";
import { type CompareArguments, compareOptions } from "../options/compare.ts";
import { withOptions } from "../options/yargs-options.ts";

export const command: CommandModule = {
  command: "compare <base> <new..>",
  describe: "compares results and exits with 1 on a regression",
  builder: (yargs) =>
    withOptions(yargs, compareOptions.rows)
      .positional("base", {
        type: "string",
        demandOption: true,
        describe: "a result file, or a folder with repeated results of the same run",
      })
      .positional("new", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "one or more of the same, each compared with the base",
      })
      .example("$0 compare base.json new.json", "two runs")
      .example("$0 compare runs/main/ runs/branch/ --tolerance msg_e2e.p99=5%", "two sides of several runs each")
      .epilog("Exits 0 without a regression, 1 with one, 5 when the runs may not be compared."),
  handler: async (args) => {
    const { compareFiles } = await import("../compare/compare-files.ts");
    await compareFiles(args as unknown as CompareArguments);
  },
};

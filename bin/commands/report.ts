import type { CommandModule } from "yargs";
import { type ReportArguments, reportOptions } from "../options/report.ts";
import { withOptions } from "../options/yargs-options.ts";

export const command: CommandModule = {
  command: "report [results..]",
  describe: "makes reports from existing result files",
  builder: (yargs) =>
    withOptions(yargs, reportOptions.rows, { out: "beside the result" })
      .positional("results", {
        type: "string",
        array: true,
        default: [],
        describe: "result files, or folders with a result.json; several are combined into one report",
      })
      .example("$0 report reports/out/x/result.json --report html,junit", "an HTML page and JUnit XML")
      .example("$0 report ours.json theirs.json --matrix", "rules by implementations")
      .example("$0 report --history results/", "the trend over all runs in a folder")
      .epilog("Exits 0 when the reports were made, whatever their verdict."),
  handler: async (args) => {
    const { makeReports } = await import("../report/make-reports.ts");
    await makeReports(args as unknown as ReportArguments);
  },
};

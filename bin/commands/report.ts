import type { CommandModule } from "yargs";
import type { ReportArguments } from "../report/make-reports.ts";

export const command: CommandModule = {
  command: "report [results..]",
  describe: "makes reports again from result files",
  builder: (yargs) =>
    yargs
      .positional("results", {
        type: "string",
        array: true,
        default: [],
        describe: "result files, or folders with a result.json; several make one report together",
      })
      .options({
        report: {
          type: "string",
          default: "html",
          describe: "html, junit, markdown, github, prometheus, csv; several with commas",
        },
        out: { type: "string", describe: "folder for the reports (default: beside the result)" },
        matrix: {
          type: "boolean",
          default: false,
          describe: "conformance results as one page: rules by implementations",
        },
        merge: {
          type: "boolean",
          default: false,
          describe: "results of several k6 instances of one run (pods): one result of all, written to --out",
        },
        history: {
          type: "string",
          describe: "folder to search for results; makes a page with the trend of their figures",
        },
        figures: { type: "string", describe: "figures for --history, e.g. msg_e2e.p99,msg_e2e.rate,summary.failed" },
        "push-gateway": {
          type: "string",
          describe: "sends the figures to a Prometheus push gateway, e.g. http://host:9091",
        },
        job: { type: "string", default: "cupping", describe: "job name at the push gateway" },
        otlp: { type: "string", describe: "sends the figures to an OpenTelemetry collector, e.g. http://host:4318" },
        json: { type: "boolean", default: false, describe: "the results on standard output, in the newest format" },
        quiet: { type: "boolean", default: false, describe: "says nothing when all is well" },
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

import type { CommandModule } from "yargs";
import { type ConformanceArguments, conformanceOptions } from "../options/conformance.ts";
import { withOptions } from "../options/yargs-options.ts";

export const command: CommandModule = {
  command: "conformance",
  describe: "runs the conformance suite against a target",
  builder: (yargs) =>
    withOptions(yargs, conformanceOptions.rows)
      .example("$0 conformance", "everything, against the reference server")
      .example("$0 conformance --target tcp://127.0.0.1:8000 --http http://127.0.0.1:18080 --profile upstream", "yours")
      .example("$0 conformance --watch --target tcp://127.0.0.1:8000", "the quick subset, at each restart of yours")
      .example("$0 conformance --only 'MSG-07,PUSH-*' --verbose", "some rules, each case as it ends"),
  handler: async (args) => {
    const parsed = args as unknown as ConformanceArguments;
    if (parsed.watch) {
      const { watchConformance } = await import("../conformance/watch.ts");
      process.exitCode = await watchConformance(parsed);
    } else {
      const { runConformance } = await import("../conformance/run.ts");
      process.exitCode = await runConformance(parsed);
    }
  },
};

import type { CommandModule } from "yargs";
import { exitCodeOfError } from "../../harness/errors.ts";
import { type MergeArguments, mergeOptions } from "../options/merge.ts";
import { withOptions } from "../options/yargs-options.ts";

export const command: CommandModule = {
  command: "merge <slices..>",
  describe: "makes one result of the slices of a load",
  builder: (yargs) =>
    withOptions(yargs, mergeOptions.rows, { out: "reports/out/<time>-merge" })
      .positional("slices", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "result files of `cupping load --slice`, or the folders that hold them",
      })
      .example("$0 merge slice-*/ --out whole", "the whole of slice-1/, slice-2/ and so on")
      .epilog(
        "Exits as the load would have on one machine: 0 passed, 1 failed, 5 not valid, 130 when every slice was interrupted.",
      ),
  handler: async (args) => {
    const { mergeResults } = await import("../merge/merge-results.ts");
    // Until there is a verdict: a reader of the output who leaves before has not seen enough.
    process.exitCode = exitCodeOfError.harness;
    process.exitCode = await mergeResults(args as unknown as MergeArguments);
  },
};

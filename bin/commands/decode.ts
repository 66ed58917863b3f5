import type { CommandModule } from "yargs";
import { cimRegistry } from "../../codegen/index.ts";
import { visibleLines } from "../../harness/result/index.ts";
import { cutFrames } from "../decode/cut.ts";
import { readArgument, readStandardInput } from "../decode/read-input.ts";
import { frameText } from "../decode/text.ts";
import { jsonRows } from "../options/output.ts";
import { withOptions } from "../options/yargs-options.ts";

interface DecodeArguments {
  input?: string[];
  json: boolean;
}

export const command: CommandModule = {
  command: "decode [input..]",
  describe: "prints frames, from hex, a file or standard input, as readable text or JSON",
  builder: (yargs) =>
    withOptions(yargs, jsonRows)
      .positional("input", {
        type: "string",
        array: true,
        describe:
          "hexadecimal digits, or a file of them, of a dump (hexdump -C, xxd, tcpdump -x) or of raw bytes; standard input when there is none",
      })
      .example("$0 decode 00000010000100000000010500070000", "a heartbeat")
      .example("$0 decode --json < capture.bin", "every frame of a captured stream")
      .epilog("With --json it prints one object per line and frame.")
      // Digits are text, however much they look like a number.
      .parserConfiguration({ "parse-positional-numbers": false, "duplicate-arguments-array": true }),
  handler: async (values) => {
    const args = values as unknown as DecodeArguments;
    const inputs = args.input?.length
      ? args.input.map((item) => readArgument(String(item)))
      : [await readStandardInput()];
    for (const input of inputs) {
      for (const frame of cutFrames(input, cimRegistry)) {
        process.stdout.write(args.json ? `${JSON.stringify(frame)}\n` : visibleLines(frameText(frame)));
      }
    }
  },
};

import type { CommandModule } from "yargs";
import { conformanceOptions } from "../conformance/arguments.ts";
import type { ReplayArguments } from "../replay/replay.ts";

/** The options that say which target to play against: those of the suite. */
const TARGET_OPTIONS = [
  "target",
  "http",
  "websocket",
  "users",
  "user-template",
  "user-password",
  "token-users",
  "i-own-this-target",
  "mutant",
];

export const command: CommandModule = {
  command: "replay <capsule>",
  describe: "plays one recorded failure back against a target: its case with the same seed, or its very frames",
  builder: (yargs) =>
    yargs
      .positional("capsule", { type: "string", demandOption: true, describe: "a file that a conformance run left" })
      .options(Object.fromEntries(TARGET_OPTIONS.map((name) => [name, conformanceOptions[name] ?? {}])))
      .option("frames", {
        type: "boolean",
        default: false,
        describe: "sends the recorded frames again, byte for byte but for ids, and says what came in another way",
      })
      .option("times", { type: "number", default: 5, describe: "how often it is played, to tell a fault from a race" })
      .option("json", { type: "boolean", default: false, describe: "the results as JSON on standard output" }),
  handler: async (args) => {
    const { replay } = await import("../replay/replay.ts");
    process.exitCode = await replay(args as unknown as ReplayArguments);
  },
};

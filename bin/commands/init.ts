import type { CommandModule } from "yargs";
import { type InitArguments, initOptions } from "../options/init.ts";
import { withOptions } from "../options/yargs-options.ts";

export const command: CommandModule = {
  command: "init [dir]",
  describe: "writes a starter configuration and CI workflow for a server project",
  builder: (yargs) =>
    withOptions(yargs, initOptions.rows)
      .positional("dir", { type: "string", default: ".", describe: "folder of the project" })
      .example(
        "$0 init --http http://127.0.0.1:18080 --start 'docker compose up -d --wait'",
        "for a server in containers",
      ),
  handler: async (args) => {
    const { writeStarter } = await import("../init/write-starter.ts");
    await writeStarter(args as unknown as InitArguments);
  },
};

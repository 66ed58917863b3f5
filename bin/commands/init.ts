import type { CommandModule } from "yargs";
import type { InitArguments } from "../init/write-starter.ts";

export const command: CommandModule = {
  command: "init [dir]",
  describe: "writes a starter config and CI workflow for a server project",
  builder: (yargs) =>
    yargs
      .positional("dir", { type: "string", default: ".", describe: "folder of the project" })
      .options({
        ci: {
          choices: ["auto", "github", "gitlab", "both", "none"],
          default: "auto",
          describe: "which CI files to write; auto: GitLab where .gitlab-ci.yml is, else GitHub",
        },
        target: { type: "string", default: "tcp://127.0.0.1:8000", describe: "where your server listens" },
        http: { type: "string", describe: "its HTTP API (default http://127.0.0.1:18080)" },
        start: {
          type: "string",
          describe: "command that starts your server in CI, e.g. 'docker compose up -d --wait'",
        },
        force: { type: "boolean", default: false, describe: "overwrites files that exist" },
      })
      .example(
        "$0 init --http http://127.0.0.1:18080 --start 'docker compose up -d --wait'",
        "for a server in containers",
      ),
  handler: async (args) => {
    const { writeStarter } = await import("../init/write-starter.ts");
    await writeStarter(args as unknown as InitArguments);
  },
};

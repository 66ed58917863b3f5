import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";

const ownRows = {
  ci: {
    type: "choice",
    choices: ["auto", "github", "gitlab", "both", "none"],
    default: "auto",
    describe: "which CI files to write; auto: GitLab if there is a .gitlab-ci.yml, GitHub otherwise",
  },
  target: { type: "string", default: "tcp://127.0.0.1:8000", describe: "address your server listens on" },
  http: { type: "string", describe: "its HTTP API", otherwise: "http://127.0.0.1:18080" },
  start: {
    type: "string",
    describe: "command that starts your server in CI, e.g. 'docker compose up -d --wait'",
  },
  force: { type: "boolean", default: false, describe: "overwrite existing files" },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping init`. */
export const initOptions: CommandOptions<[OwnRows]> = together(ownRows);

/** What the parser makes of them. */
export type InitArguments = ArgumentsOf<typeof initOptions.rows> & { dir: string };

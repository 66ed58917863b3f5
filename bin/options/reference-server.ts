import type { Checked } from "./row.ts";

/** Deviations of the reference server. */
export const mutantRows = {
  mutant: {
    type: "list",
    default: [],
    describe: "break a rule in the reference server on purpose; repeatable",
  },
} as const;
export type MutantRows = Checked<typeof mutantRows>;

/** What else `--target ref` starts its server with. */
export const serverArgumentRows = {
  serveArg: {
    type: "list",
    nargs: 1,
    describe: "argument for the reference server, e.g. --serve-arg=--mutant=x; repeatable",
  },
} as const;
export type ServerArgumentRows = Checked<typeof serverArgumentRows>;

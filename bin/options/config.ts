import type { Checked } from "./row.ts";

/** The configuration file itself, for every command that reads one. */
export const configRows = {
  config: {
    type: "string",
    describe: "configuration file; --no-config reads none",
    otherwise: "cupping.config.ts, .mts, .js, .json … here",
    perCall: true,
  },
} as const;
export type ConfigRows = Checked<typeof configRows>;

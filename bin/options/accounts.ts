import type { Checked } from "./row.ts";

/** Where accounts come from. */
export const accountRows = {
  users: {
    type: "string",
    describe: "where accounts come from: register, template or file:users.csv",
    otherwise: "register, or template where --user-template is given",
    top: true,
  },
  userTemplate: {
    type: "string",
    describe:
      "names of existing accounts for --users template, e.g. 'load{n}'; the password comes from CUPPING_PASSWORD",
    top: true,
  },
  userPassword: {
    type: "string",
    describe: "@FILE that holds the password of the template accounts",
    limits: { pattern: "^@" },
    top: true,
  },
} as const;
export type AccountRows = Checked<typeof accountRows>;

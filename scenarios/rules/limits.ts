import type { RuleId } from "./table.ts";

/** A number that a target may keep low, when it says how low: `--capabilities '{"limits":{"sessions":50}}'`. */
export interface LimitInfo {
  /** The rule that says what lies beyond. */
  readonly rule: RuleId;
  readonly title: string;
  /** The lowest that a target may state: cases that are not about numbers need as many. */
  readonly least: number;
  /** The highest: beyond it the suite asks for no more, so that there is nothing to state. */
  readonly most: number;
}

const table = {
  devices: {
    rule: "LOGIN-12",
    least: 6,
    most: 200,
    title: "connections of one user that are logged in at the same time",
  },
  sessions: {
    rule: "SESS-01",
    least: 20,
    most: 2_000,
    title: "sessions in a user's list, those with robots among them",
  },
  groups: { rule: "GROUP-18", least: 20, most: 500, title: "groups that one user is a member of" },
  "group-members": { rule: "GROUP-09", least: 20, most: 2_000, title: "members of a group, its owner included" },
  "content-bytes": { rule: "MSG-16", least: 8_192, most: 1_048_576, title: "bytes of a message's content" },
} as const;

/** Name of one limit. */
export type LimitName = keyof typeof table;

/** Every limit that a target may state, with its rule. */
export const limits: Readonly<Record<LimitName, LimitInfo>> = table;

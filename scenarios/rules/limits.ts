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
  /** How near to the number the suite asks, where counting cannot be exact. Default: at the number itself, and at one more. */
  readonly within?: number;
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
  "incoming-bytes": {
    rule: "CONN-23",
    least: 1_048_576,
    most: 67_108_864,
    title: "bytes of packets that are not whole or not handled yet, of all connections together, to within 16 KiB",
    within: 16_384,
  },
  "content-bytes": { rule: "MSG-16", least: 8_192, most: 1_048_576, title: "bytes of a message's content" },
} as const;

/** Name of one limit. */
export type LimitName = keyof typeof table;

/** Every limit that a target may state, with its rule. */
export const limits: Readonly<Record<LimitName, LimitInfo>> = table;

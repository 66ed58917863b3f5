import type { CheckName } from "../check/violations.ts";

/** The checks that k6 scenarios make, under the names that the load engine uses. */
export const k6CheckNames: readonly K6CheckName[] = [
  "order",
  "loss",
  "duplicates",
  "acknowledgement",
  "content",
  "history",
  "unread",
];

/** Name of a check of a k6 scenario. */
export type K6CheckName = Extract<
  CheckName,
  "order" | "loss" | "duplicates" | "acknowledgement" | "content" | "history" | "unread"
>;

/** What stands in front of a violation in k6's console, where its words are: k6 carries no text to the summary. */
export const VIOLATION_PREFIX = "cupping violation";

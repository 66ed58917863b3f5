import { createHash } from "node:crypto";
import { type Rule, sentenceOf } from "../../scenarios/rules/index.ts";

/** What the rules of a version were: a digest of each, by id. */
export interface RuleRecord {
  readonly version: string;
  readonly rules: Readonly<Record<string, string>>;
}

/** The rules as they are now. Where a rule comes from, and what shows it, is no part of what it asks. */
export function recordOf(version: string, rules: readonly Rule[]): RuleRecord {
  return { version, rules: Object.fromEntries(rules.map((rule) => [rule.id, digestOf(rule)])) };
}

function digestOf(rule: Rule): string {
  const meaning = [rule.level, rule.capability ?? null, sentenceOf(rule)];
  return createHash("sha256").update(JSON.stringify(meaning)).digest("hex").slice(0, 12);
}

/** How the rules differ from those recorded, a few words for each that does: `MSG-22 is new`. */
export function changesSince(recorded: RuleRecord, now: RuleRecord): string[] {
  const ids = [...new Set([...Object.keys(recorded.rules), ...Object.keys(now.rules)])];
  return ids.flatMap((id) => {
    const [before, after] = [recorded.rules[id], now.rules[id]];
    if (before === after) return [];
    return [before === undefined ? `${id} is new` : after === undefined ? `${id} is gone` : `${id} has changed`];
  });
}

import { ackRules } from "./ack.ts";
import type { Capability } from "./capabilities.ts";
import { connRules } from "./conn.ts";
import { contentRules } from "./content.ts";
import { friendRules } from "./friend.ts";
import { groupRules } from "./group.ts";
import { heartbeatRules } from "./heartbeat.ts";
import { historyRules } from "./history.ts";
import { httpRules } from "./http.ts";
import { loginRules } from "./login.ts";
import { logoutRules } from "./logout.ts";
import { messageIdRules } from "./message-id.ts";
import { msgRules } from "./msg.ts";
import { pushRules } from "./push.ts";
import { readRules } from "./read.ts";
import { robotRules } from "./robot.ts";
import { type Rule, sectionOf } from "./rule.ts";
import { sessionRules } from "./session.ts";
import { sysRules } from "./sys.ts";
import { unreadRules } from "./unread.ts";
import { voipRules } from "./voip.ts";

/** Version of the rules as a whole; it changes whenever a rule is added, dropped or changes its meaning. */
export const RULE_SET_VERSION: string = "1.0.0";

/** Every rule of the contract, in the contract's order. */
export const rules: readonly Rule[] = [
  ...connRules,
  ...loginRules,
  ...heartbeatRules,
  ...logoutRules,
  ...msgRules,
  ...pushRules,
  ...ackRules,
  ...readRules,
  ...unreadRules,
  ...sessionRules,
  ...historyRules,
  ...messageIdRules,
  ...groupRules,
  ...friendRules,
  ...voipRules,
  ...robotRules,
  ...contentRules,
  ...httpRules,
  ...sysRules,
];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/**
 * The rule with this id.
 * @throws Error for an id that the contract does not have: a mistake in a case, not in the target
 */
export function ruleById(id: string): Rule {
  const rule = byId.get(id);
  if (!rule) throw new Error(`the contract has no rule ${id}`);
  return rule;
}

const sectionCapability: Readonly<Record<string, Capability>> = {
  MSGID: "message-lookup",
  GROUP: "groups",
  FRIEND: "user-list",
  VOIP: "calls",
  ROBOT: "robots",
  HTTP: "http-api",
};

/** What a target must claim before this rule is asked of it: its own group and that of its section. */
export function capabilitiesOf(rule: Rule): Capability[] {
  const needed = [sectionCapability[sectionOf(rule.id)], rule.capability];
  return [...new Set(needed.filter((name) => name !== undefined))];
}

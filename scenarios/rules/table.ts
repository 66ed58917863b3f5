import { CuppingError } from "../../harness/errors.ts";
import { ackSection } from "./ack.ts";
import type { Capability } from "./capabilities.ts";
import { connSection } from "./conn.ts";
import { contentSection } from "./content.ts";
import { friendSection } from "./friend.ts";
import { groupSection } from "./group.ts";
import { heartbeatSection } from "./heartbeat.ts";
import { historySection } from "./history.ts";
import { httpSection } from "./http.ts";
import { loginSection } from "./login.ts";
import { logoutSection } from "./logout.ts";
import { messageIdSection } from "./message-id.ts";
import { msgSection } from "./msg.ts";
import { pushSection } from "./push.ts";
import { readSection } from "./read.ts";
import { robotSection } from "./robot.ts";
import { type Rule, sectionOf } from "./rule.ts";
import type { Section } from "./section.ts";
import { sessionSection } from "./session.ts";
import { sysSection } from "./sys.ts";
import { unreadSection } from "./unread.ts";
import { voipSection } from "./voip.ts";

/** The sections of the contract, in its order. */
export const sections: readonly Section[] = [
  connSection,
  loginSection,
  heartbeatSection,
  logoutSection,
  msgSection,
  pushSection,
  ackSection,
  readSection,
  unreadSection,
  sessionSection,
  historySection,
  messageIdSection,
  groupSection,
  friendSection,
  voipSection,
  robotSection,
  contentSection,
  httpSection,
  sysSection,
];

/** The id of a rule of the contract: a case that names another does not compile. */
export type RuleId = (
  | typeof connSection
  | typeof loginSection
  | typeof heartbeatSection
  | typeof logoutSection
  | typeof msgSection
  | typeof pushSection
  | typeof ackSection
  | typeof readSection
  | typeof unreadSection
  | typeof sessionSection
  | typeof historySection
  | typeof messageIdSection
  | typeof groupSection
  | typeof friendSection
  | typeof voipSection
  | typeof robotSection
  | typeof contentSection
  | typeof httpSection
  | typeof sysSection
)["rules"][number]["id"];

/** Every rule of the contract, in the contract's order. */
export const rules: readonly Rule[] = sections.flatMap((section) => section.rules);

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/**
 * The rule with this id.
 * @throws Error for an id that the contract does not have: a mistake in a case, not in the target
 */
export function ruleById(id: string): Rule {
  const rule = byId.get(id);
  if (!rule) throw new CuppingError("internal", `the contract has no rule ${id}`);
  return rule;
}

const capabilityOfSection = new Map(sections.map(({ id, capability }) => [id, capability]));

/** What a target must claim before this rule is asked of it: its own group and that of its section. */
export function capabilitiesOf(rule: Rule): Capability[] {
  const needed = [capabilityOfSection.get(sectionOf(rule.id)), rule.capability];
  return [...new Set(needed.filter((name) => name !== undefined))];
}

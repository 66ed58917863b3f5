export { type AxisName, type AxisValue, axes } from "./axes.ts";
export { type Capability, type CapabilityInfo, capabilities } from "./capabilities.ts";
export { gaps, MOST_GAPS } from "./gaps.ts";
export { type RuleKind, ruleKinds } from "./kinds.ts";
export { type LimitInfo, type LimitName, limits } from "./limits.ts";
export { type Level, type NumberEnds, type Rule, type Status, sectionOf, sentenceOf } from "./rule.ts";
export type { Section } from "./section.ts";
export { capabilitiesOf, type RuleId, ruleById, rules, sections } from "./table.ts";
export { RULE_SET_VERSION } from "./version.ts";

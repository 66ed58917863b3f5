export { type Capability, type CapabilityInfo, capabilities } from "./capabilities.ts";
export { type Level, type Rule, type Status, sectionOf } from "./rule.ts";
export { capabilitiesOf, RULE_SET_VERSION, ruleById, rules } from "./table.ts";

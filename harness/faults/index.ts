export type { Fault, FaultScene } from "./fault.ts";
export { faultCases, unrunFaultCases } from "./fault-cases.ts";
export { recoveryText } from "./fault-course.ts";
export { faults } from "./faults.ts";
export { FaultyLink } from "./faulty-link.ts";
export { type BrokenGuarantees, type Guarantee, type GuaranteeName, guarantees } from "./guarantees.ts";
export type { LinkConditions } from "./link-direction.ts";
export { type FaultReport, type FaultRunOptions, newRunTag, runFault } from "./run-fault.ts";
export { serviceFaults } from "./service-faults.ts";

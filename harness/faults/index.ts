export type { Fault, FaultScene } from "./fault.ts";
export { faultCases, unrunFaultCases } from "./fault-cases.ts";
export { faults } from "./faults.ts";
export { FaultyLink } from "./faulty-link.ts";
export { type Promised, type PromiseName, promises, type Violations } from "./guarantees.ts";
export type { LinkConditions } from "./link-direction.ts";
export { type FaultReport, type FaultRunOptions, runFault } from "./run-fault.ts";
export { serviceFaults } from "./service-faults.ts";

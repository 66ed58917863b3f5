import type { CaseResult } from "../result/index.ts";
import type { Fault } from "./fault.ts";
import { recoveryText } from "./fault-course.ts";
import { type GuaranteeName, guarantees } from "./guarantees.ts";
import type { FaultReport } from "./run-fault.ts";

const kinds = Object.keys(guarantees) as GuaranteeName[];

function caseOf(fault: Fault, kind: GuaranteeName): Omit<CaseResult, "status" | "durationMs"> {
  const { name, rule, title } = guarantees[kind];
  const id = `${fault.name}/${name}`;
  return { id, rule, title: `${title} (${fault.name})`, level: "must", expected: title, trace: [] };
}

/**
 * A fault's report as cases of a result file: one for each guarantee. Where nobody could look afterwards, what is not
 * seen to be broken is not known to hold.
 */
export function faultCases(report: FaultReport, repeat: string): CaseResult[] {
  const { fault, course, violations, unseen } = report;
  const { sent, acknowledged, refused, breaks } = course;
  const story =
    `${fault.title}; ${sent} messages sent, ${acknowledged} acknowledged, ${refused} refused, ` +
    `${breaks} broken connections, ${recoveryText(course)}`;
  return kinds.map((kind) => {
    const broken = violations[kind];
    const one = { ...caseOf(fault, kind), durationMs: Math.round(report.durationMs) };
    if (broken.length > 0) return { ...one, status: "failed", reason: story, actual: broken.join("; "), repeat };
    if (unseen[0] !== undefined) return { ...one, status: "couldNotRun", reason: `nobody could look: ${unseen[0]}` };
    return { ...one, status: "passed" };
  });
}

/** The cases of a fault that was not run. */
export function unrunFaultCases(
  fault: Fault,
  status: "notApplicable" | "errored" | "couldNotRun" | "interrupted",
  reason: string,
): CaseResult[] {
  return kinds.map((kind) => ({ ...caseOf(fault, kind), durationMs: 0, status, reason }));
}

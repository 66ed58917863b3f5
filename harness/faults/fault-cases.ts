import type { CaseResult } from "../result/index.ts";
import type { Fault } from "./fault.ts";
import { type GuaranteeName, guarantees } from "./guarantees.ts";
import type { FaultReport } from "./run-fault.ts";

const kinds = Object.keys(guarantees) as GuaranteeName[];

function caseOf(fault: Fault, kind: GuaranteeName): Omit<CaseResult, "status" | "durationMs"> {
  const { name, rule, title } = guarantees[kind];
  const id = `${fault.name}/${name}`;
  return { id, rule, title: `${title} (${fault.name})`, level: "must", expected: title, trace: [] };
}

/** A fault's report as cases of a result file: one for each guarantee. */
export function faultCases(report: FaultReport, repeat: string): CaseResult[] {
  const { fault, sent, acknowledged, refused, breaks, recoveryMs, violations } = report;
  const story =
    `${fault.title}; ${sent} messages sent, ${acknowledged} acknowledged, ${refused} refused, ` +
    `${breaks} broken connections, all well ${(recoveryMs / 1_000).toFixed(1)} s after the fault`;
  return kinds.map((kind) => {
    const broken = violations[kind];
    return {
      ...caseOf(fault, kind),
      durationMs: Math.round(report.durationMs),
      status: broken.length === 0 ? "passed" : "failed",
      ...(broken.length > 0 && { reason: story, actual: broken.join("; "), repeat }),
    };
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

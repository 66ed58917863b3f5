import type { CaseResult, ConformanceResult, FaultCourse, FaultRecord } from "../../harness/result/index.ts";
import { exampleConformance } from "./conformance.ts";

const guarantees = [
  ["all-acknowledged", "HB-05", "clients come back, and every message is acknowledged in the end"],
  ["none-lost", "MSG-03", "every acknowledged message is in history under its id"],
  ["order-kept", "MSG-05", "each sender's messages stand in the order of sending"],
] as const;

/** A fault that is over after three seconds; without `wellAfterMs` nobody gets well. */
function course(wellAfterMs?: number): FaultCourse {
  const [brokenAtMs, healedAtMs] = [500, 3500];
  const endedAtMs = healedAtMs + (wellAfterMs ?? 8000) + 300;
  const answers = Array.from({ length: Math.ceil(endedAtMs / 100) }, (_, index): number => {
    if (index * 100 < brokenAtMs) return 40;
    const isBurst = wellAfterMs !== undefined && index * 100 >= healedAtMs + wellAfterMs - 200;
    return isBurst ? 300 : 0;
  });
  const answered = answers.reduce((sum, count) => sum + count, 0);
  const times = { brokenAtMs, healedAtMs, endedAtMs };
  return {
    ...times,
    ...(wellAfterMs === undefined ? {} : { recoveredAtMs: healedAtMs + wellAfterMs }),
    sent: wellAfterMs === undefined ? answered + 90 : answered,
    acknowledged: answered,
    refused: 0,
    breaks: 8,
    intervalMs: 100,
    answers,
  };
}

const faults: FaultRecord[] = [
  {
    name: "server-killed",
    title: "the server is killed (SIGKILL) in the middle of traffic and started again",
    course: course(900),
  },
  {
    name: "partition",
    title: "nothing passes for longer than clients wait; what was sent meanwhile arrives afterwards",
    course: course(),
  },
  { name: "disk-full", title: "not a byte is left on the server's disk for a while" },
  { name: "latency", title: "each way takes 100 to 250 ms" },
];

/** The result of a run of faults with everything that can become of one. */
export function exampleFaults(): ConformanceResult {
  const cases = faults.flatMap(({ name }) => guarantees.map((guarantee) => caseOf(name, guarantee)));
  const none = exampleConformance({ statuses: {} });
  const count = (status: CaseResult["status"]): number => cases.filter((entry) => entry.status === status).length;
  return {
    ...none,
    cases,
    faults,
    summary: {
      ...none.summary,
      total: cases.length,
      passed: count("passed"),
      failed: count("failed"),
      errored: count("errored"),
      notApplicable: count("notApplicable"),
    },
    verdict: "fail",
    reasons: ["1 of 12 guarantees were broken"],
  };
}

function caseOf(fault: string, [name, rule, title]: readonly [string, string, string]): CaseResult {
  const one = { id: `${fault}/${name}`, rule, title: `${title} (${fault})`, expected: title };
  const base = { ...one, level: "must" as const, durationMs: 4100, trace: [] };
  if (fault === "disk-full") return { ...base, status: "notApplicable", reason: "it needs a disk of its own" };
  if (fault === "latency") return { ...base, status: "errored", reason: "this process stood still for 6.0 s" };
  if (fault === "partition" && name === "none-lost")
    return { ...base, status: "failed", reason: "8 broken connections", actual: "message 4 of pair 1 a is nowhere" };
  return { ...base, status: "passed" };
}

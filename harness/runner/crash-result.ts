import { describeClose } from "../client/index.ts";
import type { CaseResult } from "../result/index.ts";
import type { ConformanceCase } from "./case.ts";
import { RuleFailure } from "./failure.ts";
import { ruleOfCrash, type SuiteGuard } from "./guard.ts";

/** Frames marked in the trace: those that were sent last before connections ended. */
const MARKED = 3;
/** Connections that end within this time were ended by one thing, in milliseconds. */
const AT_ONCE_MS = 1_000;

/**
 * What a case came to of which the target has crashed: a failure of the rule about that and of no other, with the last
 * frames marked.
 * @param result of the case, with its trace
 * @param seen what shows the crash, in words
 */
export function crashResult(one: ConformanceCase, result: CaseResult, guard: SuiteGuard, seen: string): CaseResult {
  const rule = ruleOfCrash(one, guard);
  const before = result.reason === undefined ? "" : ` (${result.reason})`;
  const { message, actual } = new RuleFailure("the target keeps serving everybody, whatever clients send", seen);
  const { legalOutcomes: _, ...rest } = result;
  return {
    ...rest,
    rule: rule.id,
    ruleText: rule.text,
    level: rule.level,
    status: "failed",
    reason: `${rule.id}: ${message}${before}`,
    expected: "the target keeps serving everybody, whatever clients send",
    actual,
    trace: markLastSent(result.trace),
  };
}

/** Marks the frames that were sent last before the target ended several connections within a second. */
function markLastSent(trace: CaseResult["trace"]): CaseResult["trace"] {
  const endings = trace.flatMap((one, index) => (isEndByTarget(one) ? [{ index, at: one.at }] : []));
  const together = endings.find(
    ({ at }, place) => (endings[place + 1]?.at ?? Number.POSITIVE_INFINITY) - at <= AT_ONCE_MS,
  );
  const end = together?.index ?? endings[0]?.index ?? trace.length;
  const sent = trace.flatMap((one, index) => (one.direction === "sent" && index < end ? [index] : []));
  const marked = new Set(sent.slice(-MARKED));
  return trace.map((one, index) => {
    const { highlight: _, ...plain } = one;
    return marked.has(index) ? { ...plain, highlight: true } : (plain as typeof one);
  });
}

function isEndByTarget(one: CaseResult["trace"][number]): boolean {
  if (one.direction !== "event" || (one.event !== "closed" && one.event !== "reset")) return false;
  return one.text !== describeClose({ how: "local" });
}

import { commands } from "../../codegen/index.ts";
import type { CaseResult } from "../result/index.ts";
import type { ConformanceCase } from "./case.ts";
import type { ConnectionCensus } from "./census.ts";
import type { SuiteGuard } from "./guard.ts";
import { isBadEnd, madeVoid } from "./sickness-watch.ts";

const LIST = commands.LIST_RECENT_CONTACT_SESSION_REQ.name;

/**
 * What a case came to, where session lists come later than cases wait for and it waited for one in vain: unless it is about
 * lists, it says nothing.
 */
export function excusedByLateLists(
  one: ConformanceCase,
  result: CaseResult,
  { guard, census }: { guard: SuiteGuard; census: ConnectionCensus },
): CaseResult | undefined {
  const isAboutLists = sectionOf(one.rule.id) === sectionOf(guard.answers[LIST]?.id ?? "");
  if (!census.listsAreLate || isAboutLists || !isBadEnd(result)) return undefined;
  if (!census.unansweredOf(one.id).some(({ command }) => command === LIST)) return undefined;
  const lack = `${LIST} is unanswered`;
  return { ...madeVoid(result, `${lack} for so long as cases wait, from the first on`), lack };
}

function sectionOf(ruleId: string): string {
  return ruleId.slice(0, ruleId.lastIndexOf("-"));
}

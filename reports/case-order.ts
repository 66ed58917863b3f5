import type { CaseResult, CaseStatus, ConformanceResult } from "../harness/result/index.ts";
import type { Phrase } from "./words/phrase.ts";
import { statusWords } from "./words/verdicts.ts";

/** Every status, the worst first. */
export const caseStatuses: readonly CaseStatus[] = Object.keys(statusWords) as CaseStatus[];

const levels = ["must", "should", "may"];

/** What needs no look at a single case: it is green, left out, or has not come to anything yet. */
const unremarkable: readonly CaseStatus[] = ["passed", "notApplicable", "interrupted"];

/** The cases that are not simply green or left out, the worst first; within a status by level, then as they ran. */
export function casesToLookAt(cases: readonly CaseResult[]): CaseResult[] {
  return cases
    .filter(({ status }) => !unremarkable.includes(status))
    .sort(
      (a, b) =>
        caseStatuses.indexOf(a.status) - caseStatuses.indexOf(b.status) ||
        levels.indexOf(a.level) - levels.indexOf(b.level),
    );
}

/** The section of a case, e.g. `MSG`. */
export function sectionOfCase({ section, rule }: CaseResult): string {
  return section ?? rule.replace(/-\d+$/, "");
}

/** Cases by section, in the order in which the sections first appear. */
export function bySection(cases: readonly CaseResult[]): Map<string, CaseResult[]> {
  return Map.groupBy(cases, sectionOfCase);
}

/** What each section is about, as the results say it; one whose results do not say it is not in the map. */
export function sectionTitles(results: readonly ConformanceResult[]): Map<string, Phrase> {
  const sections = results.flatMap((result) => result.sections ?? []);
  return new Map(sections.map(({ id, title, chineseTitle }) => [id, { en: title, zh: chineseTitle ?? title }]));
}

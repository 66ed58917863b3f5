import { byCause, type CaseResult, type CaseStatus, type ConformanceResult } from "../../harness/result/index.ts";
import { bySection, caseStatuses, casesToLookAt, sectionTitles } from "../case-order.ts";
import { formatCount } from "../numbers.ts";
import { suiteWords } from "../words/pages.ts";
import { asIs, type Phrase } from "../words/phrase.ts";
import { statusWords } from "../words/verdicts.ts";
import { caseDetails, caseSummary, causeDetails } from "./case-details.ts";
import { html, inLanguage, type Markup, spoken } from "./markup.ts";
import { sectionName } from "./section-name.ts";

/** Failures above the sections; the rest of them is below, and in the list of all cases. */
const FAILURES_ABOVE = 20;
const FAILURES: readonly CaseStatus[] = ["failed", "errored"];

/** What a conformance run found: failures first, then the sections at a glance, then every case with its proof. */
export function conformancePart(
  result: ConformanceResult,
  idPrefix: string,
): { body: Markup; bodies: Record<string, string> } {
  const sections = bySection(result.cases);
  const titles = sectionTitles([result]);
  const toLookAt = casesToLookAt(result.cases).filter(({ status }) => status !== "couldNotRun");
  const failures = toLookAt.filter(({ status }) => FAILURES.includes(status)).slice(0, FAILURES_ABOVE);
  const others = toLookAt.filter((entry) => !failures.includes(entry));
  const hindered = result.cases.filter(({ status }) => status === "couldNotRun");
  const above = new Set(toLookAt);
  const bodies: Record<string, string> = {};
  const body = html`
${failures.length > 0 && html`<h2>${suiteWords.failures}</h2>${failures.map((entry) => caseDetails(entry, idPrefix))}`}
${hindered.length > 0 && html`<h2>${suiteWords.couldNotRun}</h2>${byCause(hindered).map(([, cases]) => causeDetails(cases, idPrefix))}`}
<h2>${suiteWords.sections}</h2>
<ul class="sections">${[...sections].map(([section, cases]) => sectionLine(section, titles.get(section), cases, idPrefix))}</ul>
${others.length > 0 && html`<h2>${suiteWords.lookAtThese}</h2>${others.map((entry) => caseDetails(entry, idPrefix))}`}
<h2>${suiteWords.allCases}</h2>
<div data-cases>
${filterBar(result)}
${[...sections].map(
  ([
    section,
    cases,
  ]) => html`<section class="case-section" data-section id="${idPrefix}${section}"><h3>${sectionName(section, titles.get(section))}</h3>
${cases.map((entry) => (above.has(entry) ? caseReference(entry, idPrefix) : caseDetails(entry, idPrefix, bodies)))}</section>`,
)}
<p class="soft" data-nothing hidden>${suiteWords.nothingMatches}</p>
</div>`;
  return { body, bodies };
}

function sectionLine(
  section: string,
  title: Phrase | undefined,
  cases: readonly CaseResult[],
  idPrefix: string,
): Markup {
  const passed = cases.filter(({ status }) => status === "passed").length;
  const applying = cases.filter(({ status }) => status !== "notApplicable").length;
  const score = applying === 0 ? statusWords.notApplicable : `${formatCount(passed)}/${formatCount(applying)}`;
  return html`<li><a href="#${idPrefix}${section}"><span class="line"><span class="name">${sectionName(section, title)}</span><span>${score}</span></span>${statusBar(cases)}</a></li>`;
}

/** Cases as one bar, the good ones first. */
function statusBar(cases: readonly CaseResult[]): Markup {
  const counts = caseStatuses
    .toReversed()
    .map((status) => [status, cases.filter((entry) => entry.status === status).length] as const)
    .filter(([, count]) => count > 0);
  return html`<span class="bar" aria-hidden="true">${counts.map(([status, count]) => html`<i class="${status}" style="flex:${count}"></i>`)}</span>`;
}

function filterBar({ summary }: ConformanceResult): Markup {
  const present = caseStatuses.filter((status: CaseStatus) => summary[status] > 0);
  return html`<div class="filter scripted">${present.map(
    (status) =>
      html`<button type="button" aria-pressed="false" data-status="${status}">${statusWords[status]} ${formatCount(summary[status])}</button>`,
  )}<input type="search"${spoken("placeholder", suiteWords.search)}${spoken("aria-label", suiteWords.searchLabel)}><output class="soft" aria-live="polite"></output></div>`;
}

/** A case that stands open above; here it keeps its place in the list. */
function caseReference(entry: CaseResult, idPrefix: string): Markup {
  return html`<div data-case="${entry.status}"><details class="case"><summary>${caseSummary(entry)}</summary>
<div class="body"><a href="#${idPrefix}${entry.id}">${entry.reason === undefined ? suiteWords.seeAbove : inLanguage(asIs(entry.reason))}</a></div></details></div>`;
}

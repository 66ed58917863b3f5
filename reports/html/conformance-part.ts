import { byCause, type CaseResult, type CaseStatus, type ConformanceResult } from "../../harness/result/index.ts";
import { bySection, caseStatuses, casesToLookAt, sectionTitles, statusWords } from "../case-order.ts";
import { formatCount, formatDuration } from "../numbers.ts";
import { html, inlineCode, type Markup } from "./markup.ts";
import { sectionName } from "./section-name.ts";
import { sequenceDiagram } from "./sequence-diagram.ts";

/** Failures above the sections; the rest of them is below, and in the list of all cases. */
const FAILURES_ABOVE = 20;
const FAILURES: readonly CaseStatus[] = ["failed", "errored"];

/** What a conformance run found: failures first, then the sections at a glance, then every case with its proof. */
export function conformancePart(result: ConformanceResult, idPrefix: string): Markup {
  const sections = bySection(result.cases);
  const titles = sectionTitles([result]);
  const toLookAt = casesToLookAt(result.cases).filter(({ status }) => status !== "couldNotRun");
  const failures = toLookAt.filter(({ status }) => FAILURES.includes(status)).slice(0, FAILURES_ABOVE);
  const others = toLookAt.filter((entry) => !failures.includes(entry));
  const hindered = result.cases.filter(({ status }) => status === "couldNotRun");
  return html`
${failures.length > 0 && html`<h2>Failures</h2>${failures.map((entry) => caseDetails(entry, idPrefix))}`}
${hindered.length > 0 && html`<h2>Could not run</h2>${byCause(hindered).map(([, cases]) => causeDetails(cases, idPrefix))}`}
<h2>Sections</h2>
<ul class="sections">${[...sections].map(([section, cases]) => sectionLine(section, titles.get(section), cases, idPrefix))}</ul>
${others.length > 0 && html`<h2>Look at these, too</h2>${others.map((entry) => caseDetails(entry, idPrefix))}`}
<h2>All cases</h2>
<div data-cases>
${filterBar(result)}
${[...sections].map(
  ([
    section,
    cases,
  ]) => html`<section class="case-section" data-section id="${idPrefix}${section}"><h3>${sectionName(section, titles.get(section))}</h3>
${cases.map((entry) => (toLookAt.includes(entry) ? caseReference(entry, idPrefix) : caseDetails(entry, idPrefix)))}</section>`,
)}
<p class="soft" data-nothing hidden>Nothing matches.</p>
</div>`;
}

/** Cases that one thing hindered, folded into a line. */
function causeDetails(cases: readonly CaseResult[], idPrefix: string): Markup {
  const [first] = cases;
  return html`<details class="case"><summary><span class="rule">${formatCount(cases.length)} ${cases.length === 1 ? "case" : "cases"}</span><span class="title">${inlineCode(first?.lack ?? first?.reason ?? "")}</span><span class="status couldNotRun">${statusWords.couldNotRun}</span></summary>
<div class="body"><ul class="remarks">${cases.map(({ id, title }) => html`<li><a href="#${idPrefix}${id}">${id}</a> <span class="soft">${inlineCode(title)}</span></li>`)}</ul></div></details>`;
}

function sectionLine(
  section: string,
  title: string | undefined,
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
  )}<input type="search" placeholder="Rule, title or text ( / )" aria-label="Show only cases with this text"><output class="soft" aria-live="polite"></output></div>`;
}

function caseDetails(entry: CaseResult, idPrefix: string): Markup {
  const serious = entry.status === "failed" || entry.status === "errored";
  return html`<details class="case" data-case="${entry.status}" id="${idPrefix}${entry.id}"${serious && html` data-print`}>
<summary>${summaryCells(entry)}</summary>
<div class="body">${caseBody(entry, idPrefix)}</div></details>`;
}

/** A case that stands open above; here it keeps its place in the list. */
function caseReference(entry: CaseResult, idPrefix: string): Markup {
  return html`<div data-case="${entry.status}"><details class="case"><summary>${summaryCells(entry)}</summary>
<div class="body"><a href="#${idPrefix}${entry.id}">${entry.reason ?? "See above."}</a></div></details></div>`;
}

function summaryCells(entry: CaseResult): Markup {
  return html`<span class="rule">${entry.rule}</span><span class="title">${inlineCode(entry.title)}</span><span class="status ${entry.status}">${statusWords[entry.status]}</span>`;
}

function caseBody(entry: CaseResult, idPrefix: string): Markup {
  const facts = [
    entry.level.toUpperCase(),
    entry.durationMs > 0 ? formatDuration(entry.durationMs) : undefined,
    entry.capability === undefined ? undefined : `capability ${entry.capability}`,
    entry.attempts === undefined ? undefined : `fails ${entry.attempts.failures} of ${entry.attempts.runs} times`,
  ].filter((fact) => fact !== undefined);
  return html`
${entry.ruleText !== undefined && html`<blockquote>${inlineCode(entry.ruleText)}</blockquote>`}
${entry.reason !== undefined && html`<p class="reason">${inlineCode(entry.reason)}</p>`}
${(entry.expected !== undefined || entry.actual !== undefined) && contrast(entry)}
<p class="soft">${facts.join(" · ")} · <a href="#${idPrefix}${entry.id}">Link to this case</a></p>
${entry.steps !== undefined && html`<h4>What was done</h4><ol class="steps">${entry.steps.map((step) => html`<li>${inlineCode(step)}</li>`)}</ol>`}
${entry.remarks !== undefined && html`<h4>Remarks</h4><ul class="remarks">${entry.remarks.map((remark) => html`<li>${inlineCode(remark)}</li>`)}</ul>`}
${entry.connections !== undefined && connections(entry.connections)}
${entry.trace.length > 0 && html`<h4>Frames</h4>${sequenceDiagram(entry)}`}
${entry.repeat !== undefined && html`<h4>Repeat it</h4><code class="command">${entry.repeat}</code>`}
${entry.capsule !== undefined && html`<h4>Replay it, in the folder of this page</h4><code class="command">npx cupping replay ${entry.capsule}</code>`}`;
}

function contrast({ expected, actual, legalOutcomes }: CaseResult): Markup {
  return html`<dl class="contrast">${
    expected !== undefined &&
    html`<div><dt>Expected</dt><dd>${inlineCode(expected)}${
      legalOutcomes !== undefined &&
      html`<ul>${legalOutcomes.map((outcome) => html`<li>${inlineCode(outcome)}</li>`)}</ul>`
    }</dd></div>`
  }
${actual !== undefined && html`<div class="came"><dt>Came</dt><dd>${inlineCode(actual)}</dd></div>`}</dl>`;
}

/** What finds each connection in the target's own log: local port, time and user. */
function connections(list: NonNullable<CaseResult["connections"]>): Markup {
  return html`<h4>Connections</h4><ul class="remarks">${list.map(
    ({ name, localPort, openedAt, userId, userName, end }) => {
      const facts = [
        localPort === undefined ? undefined : `local port ${localPort}`,
        openedAt === undefined ? undefined : `opened ${openedAt}`,
        userId === undefined ? undefined : `user ${userId}${userName === undefined ? "" : ` (${userName})`}`,
        end,
      ].filter((fact) => fact !== undefined);
      return html`<li><strong>${name}</strong> <span class="soft">${facts.join(", ")}</span></li>`;
    },
  )}</ul>`;
}

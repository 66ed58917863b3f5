import type { CaseResult } from "../../harness/result/index.ts";
import { formatDuration } from "../numbers.ts";
import { caseWords, suiteWords } from "../words/pages.ts";
import { asIs, listed } from "../words/phrase.ts";
import { statusWords } from "../words/verdicts.ts";
import { type Content, html, inlineCode, type Markup } from "./markup.ts";
import { sequenceDiagram } from "./sequence-diagram.ts";

/**
 * A case that opens to everything that the result says of it.
 * @param bodies takes what it opens to; without it, that stands in the page at once
 */
export function caseDetails(entry: CaseResult, idPrefix: string, bodies?: Record<string, string>): Markup {
  const id = idPrefix + entry.id;
  if (bodies !== undefined) bodies[id] = caseBody(entry, idPrefix).text.trim();
  const serious = entry.status === "failed" || entry.status === "errored";
  return html`<details class="case" data-case="${entry.status}" id="${id}"${serious && html` data-print`}>
<summary>${caseSummary(entry)}</summary>
<div class="body">${bodies === undefined && caseBody(entry, idPrefix)}</div></details>`;
}

/** Cases that one thing hindered, folded into a line. */
export function causeDetails(cases: readonly CaseResult[], idPrefix: string): Markup {
  const [first] = cases;
  return html`<details class="case"><summary><span class="rule">${suiteWords.cases(cases.length)}</span><span class="title" lang="en">${inlineCode(first?.lack ?? first?.reason ?? "")}</span><span class="status couldNotRun">${statusWords.couldNotRun}</span></summary>
<div class="body"><ul class="remarks">${cases.map(({ id, title }) => html`<li><a href="#${idPrefix}${id}">${id}</a> <span class="soft" lang="en">${inlineCode(title)}</span></li>`)}</ul></div></details>`;
}

/** A case in one line: rule, title, status. */
export function caseSummary(entry: CaseResult): Markup {
  return html`<span class="rule">${entry.rule}</span><span class="title" lang="en">${inlineCode(entry.title)}</span><span class="status ${entry.status}">${statusWords[entry.status]}</span>`;
}

function caseBody(entry: CaseResult, idPrefix: string): Markup {
  const facts: Content[] = [
    entry.level.toUpperCase(),
    ...(entry.durationMs > 0 ? [formatDuration(entry.durationMs)] : []),
    ...(entry.capability === undefined ? [] : [caseWords.capability(entry.capability)]),
    ...(entry.attempts === undefined ? [] : [caseWords.fails(entry.attempts.failures, entry.attempts.runs)]),
  ];
  return html`
${entry.ruleText !== undefined && html`<blockquote lang="en">${inlineCode(entry.ruleText)}</blockquote>`}
${entry.reason !== undefined && html`<p class="reason" lang="en">${inlineCode(entry.reason)}</p>`}
${(entry.expected !== undefined || entry.actual !== undefined) && contrast(entry)}
<p class="soft">${facts.map((fact) => html`${fact} · `)}<a href="#${idPrefix}${entry.id}">${caseWords.link}</a></p>
${entry.steps !== undefined && html`<h3>${caseWords.whatWasDone}</h3><ol class="steps" lang="en">${entry.steps.map((step) => html`<li>${inlineCode(step)}</li>`)}</ol>`}
${entry.remarks !== undefined && html`<h3>${caseWords.remarks}</h3><ul class="remarks" lang="en">${entry.remarks.map((remark) => html`<li>${inlineCode(remark)}</li>`)}</ul>`}
${entry.connections !== undefined && connections(entry.connections)}
${entry.trace.length > 0 && html`<h3>${caseWords.frames}</h3>${sequenceDiagram(entry)}`}
${entry.repeat !== undefined && html`<h3>${caseWords.repeat}</h3><code class="command">${entry.repeat}</code>`}
${entry.capsule !== undefined && html`<h3>${caseWords.replay}</h3><code class="command">npx cupping replay ${entry.capsule}</code>`}`;
}

function contrast({ expected, actual, legalOutcomes }: CaseResult): Markup {
  return html`<dl class="contrast">${
    expected !== undefined &&
    html`<div><dt>${caseWords.expected}</dt><dd lang="en">${inlineCode(expected)}${
      legalOutcomes !== undefined &&
      html`<ul>${legalOutcomes.map((outcome) => html`<li>${inlineCode(outcome)}</li>`)}</ul>`
    }</dd></div>`
  }
${actual !== undefined && html`<div class="came"><dt>${caseWords.came}</dt><dd lang="en">${inlineCode(actual)}</dd></div>`}</dl>`;
}

/** What finds each connection in the target's own log: local port, time and user. */
function connections(list: NonNullable<CaseResult["connections"]>): Markup {
  return html`<h3>${caseWords.connections}</h3><ul class="remarks">${list.map(
    ({ name, localPort, openedAt, userId, userName, end }) => {
      const facts = [
        ...(localPort === undefined ? [] : [caseWords.localPort(localPort)]),
        ...(openedAt === undefined ? [] : [caseWords.opened(openedAt)]),
        ...(userId === undefined ? [] : [caseWords.user(`${userId}${userName === undefined ? "" : ` (${userName})`}`)]),
        ...(end === undefined ? [] : [asIs(end)]),
      ];
      return html`<li><strong>${name}</strong> <span class="soft">${listed(facts)}</span></li>`;
    },
  )}</ul>`;
}

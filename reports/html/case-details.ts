import type { CaseResult } from "../../harness/result/index.ts";
import { formatCount, formatDuration } from "../numbers.ts";
import { statusWords } from "../words/verdicts.ts";
import { html, inlineCode, type Markup } from "./markup.ts";
import { sequenceDiagram } from "./sequence-diagram.ts";

/** A case that opens to everything that the result says of it. */
export function caseDetails(entry: CaseResult, idPrefix: string): Markup {
  const serious = entry.status === "failed" || entry.status === "errored";
  return html`<details class="case" data-case="${entry.status}" id="${idPrefix}${entry.id}"${serious && html` data-print`}>
<summary>${caseSummary(entry)}</summary>
<div class="body">${caseBody(entry, idPrefix)}</div></details>`;
}

/** Cases that one thing hindered, folded into a line. */
export function causeDetails(cases: readonly CaseResult[], idPrefix: string): Markup {
  const [first] = cases;
  return html`<details class="case"><summary><span class="rule">${formatCount(cases.length)} ${cases.length === 1 ? "case" : "cases"}</span><span class="title">${inlineCode(first?.lack ?? first?.reason ?? "")}</span><span class="status couldNotRun">${statusWords.couldNotRun}</span></summary>
<div class="body"><ul class="remarks">${cases.map(({ id, title }) => html`<li><a href="#${idPrefix}${id}">${id}</a> <span class="soft">${inlineCode(title)}</span></li>`)}</ul></div></details>`;
}

/** A case in one line: rule, title, status. */
export function caseSummary(entry: CaseResult): Markup {
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

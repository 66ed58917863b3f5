import type { Result } from "../../harness/result/index.ts";
import { headlineOf } from "../headline.ts";
import { formatBytes, formatDuration, formatMoment } from "../numbers.ts";
import { shadeOf } from "../run-outcome.ts";
import type { Whole, WholePart } from "../whole.ts";
import { lowerCase } from "../words/phrase.ts";
import { reasonPhrase } from "../words/reasons.ts";
import { outcomeWords } from "../words/verdicts.ts";
import { html, type Markup } from "./markup.ts";

/** The first screen: verdict, the sentence that explains it, three figures, and what was run where. */
export function verdictPart(result: Result): Markup {
  const headline = headlineOf(result);
  return html`<section class="verdict is-${shadeOf(headline.outcome)}">
<h1>${headline.subject}</h1>
<p class="word">${outcomeWords[headline.outcome]}</p>
<p class="sentence">${headline.sentence}</p>
${result.reasons.length > 1 && html`<ul class="reasons">${result.reasons.slice(1).map((reason) => html`<li>${reasonPhrase(reason)}</li>`)}</ul>`}
<dl class="figures">${headline.figures.map(
    ({ label, value, note, bad }) =>
      html`<div${bad === true && html` class="bad"`}><dt>${label}</dt><dd><div class="value">${value}</div><div class="note">${note}</div></dd></div>`,
  )}</dl>
</section>`;
}

/** In front of several results: what they come to together. */
export function wholePart({ subject, outcome, sentence, parts }: Whole): Markup {
  return html`<section class="verdict is-${shadeOf(outcome)}">
<h1>${subject}</h1>
<p class="word">${outcomeWords[outcome]}</p>
<p class="sentence">${sentence}</p>
<table class="data whole"><thead><tr><th scope="col">Part</th><th scope="col" class="text">Answer</th><th scope="col" class="text">Why</th></tr></thead>
<tbody>${parts.map(wholeRow)}</tbody></table>
</section>`;
}

function wholeRow({ name, outcome: answer, detail, reasons, href }: WholePart): Markup {
  const status =
    answer === undefined
      ? "notApplicable"
      : { pass: "passed", fail: "failed", invalid: "couldNotRun", interrupted: "interrupted" }[answer];
  const word = answer === undefined ? "not run" : lowerCase(outcomeWords[answer]);
  return html`<tr><th scope="row">${href === undefined ? name : html`<a href="${href}">${name}</a>`}</th>
<td class="text"><span class="status ${status}">${word}</span></td>
<td class="text">${detail}${reasons.length > 0 && html`<ul class="reasons">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}</td></tr>`;
}

/** What was run, against what, on which machine, and how to run it again. */
export function runPart({ run, target, environment, tool }: Result): Markup {
  const facts: [string, string][] = [
    ["Target", `${target.url}${target.startedBy === "external" ? "" : " (started for the run)"}`],
    ["Implementation", [target.name, target.version].filter(Boolean).join(" ") || "not named"],
    ["Started", formatMoment(run.startedAt)],
    ["Took", formatDuration(run.durationMs)],
    ["Run and seed", `${run.id}, ${run.seed}`],
    ["Machine", `${environment.cpus} × ${environment.cpuModel ?? "CPU"}, ${formatBytes(environment.memoryBytes)}`],
    ["System", `${environment.os}, Node ${environment.node.replace(/^v/, "")}`],
    ["Tool", `${tool.name} ${tool.version}`],
    ...Object.entries(target.settings ?? {}).map(([name, value]): [string, string] => [
      `Target’s ${name}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  ];
  return html`<h2>The run</h2>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<code class="command">${run.command}</code>
${
  target.logTail !== undefined &&
  target.logTail.length > 0 &&
  html`<h2>What the target logged last</h2><pre class="log" tabindex="0">${target.logTail.join("\n")}</pre>`
}`;
}

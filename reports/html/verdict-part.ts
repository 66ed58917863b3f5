import type { Result } from "../../harness/result/index.ts";
import { headlineOf } from "../headline.ts";
import { machineText } from "../machine-text.ts";
import { formatDuration, formatMoment } from "../numbers.ts";
import { shadeOf } from "../run-outcome.ts";
import type { Whole, WholePart } from "../whole.ts";
import { runWords, wholeWords } from "../words/pages.ts";
import { asIs, lowerCase, type Phrase } from "../words/phrase.ts";
import { reasonPhrase } from "../words/reasons.ts";
import { outcomeWords } from "../words/verdicts.ts";
import { html, inLanguage, type Markup } from "./markup.ts";

/** The first screen: verdict, the sentence that explains it, three figures, and what was run where. */
export function verdictPart(result: Result): Markup {
  const headline = headlineOf(result);
  return html`<section class="verdict is-${shadeOf(headline.outcome)}">
<h1>${headline.subject}</h1>
<p class="word">${outcomeWords[headline.outcome]}</p>
<p class="sentence">${headline.sentence}</p>
${result.reasons.length > 1 && html`<ul class="reasons">${result.reasons.slice(1).map((reason) => html`<li>${inLanguage(reasonPhrase(reason))}</li>`)}</ul>`}
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
<table class="data whole"><thead><tr><th scope="col">${wholeWords.part}</th><th scope="col" class="text">${wholeWords.answer}</th><th scope="col" class="text">${wholeWords.why}</th></tr></thead>
<tbody>${parts.map(wholeRow)}</tbody></table>
</section>`;
}

function wholeRow({ name, outcome: answer, detail, reasons, href }: WholePart): Markup {
  const status =
    answer === undefined
      ? "notApplicable"
      : { pass: "passed", fail: "failed", invalid: "couldNotRun", interrupted: "interrupted" }[answer];
  const word = answer === undefined ? wholeWords.notRun : lowerCase(outcomeWords[answer]);
  return html`<tr><th scope="row">${href === undefined ? name : html`<a href="${href}">${name}</a>`}</th>
<td class="text"><span class="status ${status}">${word}</span></td>
<td class="text">${detail}${reasons.length > 0 && html`<ul class="reasons">${reasons.map((reason) => html`<li>${inLanguage(reasonPhrase(reason))}</li>`)}</ul>`}</td></tr>`;
}

/** What was run, against what, on which machine, and how to run it again. */
export function runPart({ run, target, environment, tool }: Result): Markup {
  const facts: [Phrase, Phrase][] = [
    [runWords.target, target.startedBy === "external" ? asIs(target.url) : runWords.startedForIt(target.url)],
    [
      runWords.implementation,
      target.name === undefined
        ? runWords.notNamed
        : asIs([target.name, target.version].filter((part) => part !== undefined).join(" ")),
    ],
    [runWords.started, asIs(formatMoment(run.startedAt))],
    [runWords.took, asIs(formatDuration(run.durationMs))],
    [runWords.runAndSeed, asIs(`${run.id}, ${run.seed}`)],
    [runWords.machine, asIs(machineText(environment))],
    [runWords.system, asIs(`${environment.os}, Node ${environment.node.replace(/^v/, "")}`)],
    [runWords.tool, asIs(`${tool.name} ${tool.version}`)],
    ...Object.entries(target.settings ?? {}).map(([name, value]): [Phrase, Phrase] => [
      runWords.setting(name),
      asIs(typeof value === "string" ? value : JSON.stringify(value)),
    ]),
  ];
  return html`<h2>${runWords.heading}</h2>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<code class="command">${run.command}</code>
${
  target.logTail !== undefined &&
  target.logTail.length > 0 &&
  html`<h2>${runWords.lastLogged}</h2><pre class="log" tabindex="0">${target.logTail.join("\n")}</pre>`
}`;
}

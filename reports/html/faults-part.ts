import type { CaseResult, ConformanceResult } from "../../harness/result/index.ts";
import type { FaultRow, FaultTable } from "../fault-rows.ts";
import {
  courseWords,
  faultSentence,
  guaranteeName,
  guaranteeOutcomes,
  unrunFaultWords,
  faultPageWords as words,
} from "../words/faults.ts";
import { reasonPhrase } from "../words/reasons.ts";
import { statusWords } from "../words/verdicts.ts";
import { caseDetails } from "./case-details.ts";
import { courseDrawing, courseFigures, courseLegend, courseText } from "./fault-course.ts";
import { html, inLanguage, type Markup, spoken } from "./markup.ts";

/** What faults did: broken guarantees first, then faults by guarantees, then each fault over time. */
export function faultsPart(result: ConformanceResult, table: FaultTable, idPrefix: string): Markup {
  const broken = result.cases.filter(({ status }) => status === "failed");
  const courses = table.rows.flatMap(({ fault }) => fault.course ?? []);
  const lengthMs = Math.max(...courses.map(({ endedAtMs }) => endedAtMs));
  return html`
${broken.length > 0 && html`<h2>${words.broken}</h2>${broken.map((entry) => caseDetails(entry, idPrefix))}`}
<h2>${words.faultsByGuarantees}</h2>
${guaranteeTable(table, idPrefix)}
<dl class="facts">${table.guarantees.map(({ name, title }) => html`<div><dt>${guaranteeName(name)}</dt><dd>${inLanguage(faultSentence(title))}</dd></div>`)}</dl>
${courses.length > 0 && html`<h2>${words.overTime}</h2>${courseLegend(courses)}<ol class="courses">${table.rows.map((row) => courseItem(row, lengthMs, idPrefix))}</ol>`}`;
}

function guaranteeTable({ guarantees, rows }: FaultTable, idPrefix: string): Markup {
  return html`<div class="scroll" tabindex="0" role="region"${spoken("aria-label", words.faultsByGuarantees)}><table class="data guarantees">
<thead><tr><th scope="col">${words.fault}</th>${guarantees.map(({ name, title }) => html`<th scope="col"${spoken("title", faultSentence(title))}>${guaranteeName(name)}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ fault, cases }) =>
      html`<tr><th scope="row">${
        fault.course === undefined ? fault.name : html`<a href="#${idPrefix}fault-${fault.name}">${fault.name}</a>`
      }</th>${cells(cases, idPrefix)}</tr>`,
  )}</tbody></table></div>`;
}

/** One cell for each guarantee, or one for all when the fault says nothing about any. */
function cells(cases: readonly CaseResult[], idPrefix: string): Markup {
  const [first] = cases;
  const word = first && unrunFaultWords[first.status];
  if (word !== undefined && cases.every(({ status, reason }) => status === first?.status && reason === first.reason)) {
    return html`<td class="text" colspan="${cases.length}"><span class="status ${first?.status ?? ""}">${word}</span> <span class="soft">${first?.reason !== undefined && inLanguage(reasonPhrase(first.reason))}</span></td>`;
  }
  return html`${cases.map(({ status, id }) => {
    const mark = html`<span class="status ${status}">${guaranteeOutcomes[status] ?? statusWords[status]}</span>`;
    return html`<td>${status === "failed" ? html`<a href="#${idPrefix}${id}">${mark}</a>` : mark}</td>`;
  })}`;
}

function courseItem({ fault: { name, title, course }, cases }: FaultRow, lengthMs: number, idPrefix: string): Markup {
  if (course === undefined) return html``;
  const broken = cases.filter(({ status }) => status === "failed").length;
  const mark = broken > 0 && html` <span class="status failed">${words.brokenBy(broken)}</span>`;
  return html`<li id="${idPrefix}fault-${name}"><h3>${name}${mark}</h3><p class="soft">${inLanguage(faultSentence(title))}</p>
${courseDrawing(course, lengthMs)}
<p>${courseWords.withFigures(courseText(course), courseFigures(course))}</p></li>`;
}

import type { CaseResult, CaseStatus, ConformanceResult } from "../../harness/result/index.ts";
import type { FaultRow, FaultTable } from "../fault-rows.ts";
import { counted } from "../numbers.ts";
import { unrunFaultWords } from "../words/faults.ts";
import { caseDetails } from "./case-details.ts";
import { courseDrawing, courseFigures, courseLegend, courseText } from "./fault-course.ts";
import { html, type Markup } from "./markup.ts";

/** What became of one guarantee after one fault. */
const cellWords: Partial<Record<CaseStatus, string>> = {
  passed: "kept",
  failed: "broken",
  couldNotRun: "not known",
};

/** What faults did: broken guarantees first, then faults by guarantees, then each fault over time. */
export function faultsPart(result: ConformanceResult, table: FaultTable, idPrefix: string): Markup {
  const broken = result.cases.filter(({ status }) => status === "failed");
  const courses = table.rows.flatMap(({ fault }) => fault.course ?? []);
  const lengthMs = Math.max(...courses.map(({ endedAtMs }) => endedAtMs));
  return html`
${broken.length > 0 && html`<h2>Broken guarantees</h2>${broken.map((entry) => caseDetails(entry, idPrefix))}`}
<h2>Faults by guarantees</h2>
${guaranteeTable(table, idPrefix)}
<dl class="facts">${table.guarantees.map(({ name, title }) => html`<div><dt>${words(name)}</dt><dd>${title}</dd></div>`)}</dl>
${courses.length > 0 && html`<h2>Over time</h2>${courseLegend(courses)}<ol class="courses">${table.rows.map((row) => courseItem(row, lengthMs, idPrefix))}</ol>`}`;
}

const words = (name: string): string => name.replaceAll("-", " ");

function guaranteeTable({ guarantees, rows }: FaultTable, idPrefix: string): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Faults by guarantees"><table class="data guarantees">
<thead><tr><th scope="col">Fault</th>${guarantees.map(({ name, title }) => html`<th scope="col" title="${title}">${words(name)}</th>`)}</tr></thead>
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
    return html`<td class="text" colspan="${cases.length}"><span class="status ${first?.status ?? ""}">${word}</span> <span class="soft">${first?.reason}</span></td>`;
  }
  return html`${cases.map(({ status, id }) => {
    const mark = html`<span class="status ${status}">${cellWords[status] ?? status}</span>`;
    return html`<td>${status === "failed" ? html`<a href="#${idPrefix}${id}">${mark}</a>` : mark}</td>`;
  })}`;
}

function courseItem({ fault: { name, title, course }, cases }: FaultRow, lengthMs: number, idPrefix: string): Markup {
  if (course === undefined) return html``;
  const broken = cases.filter(({ status }) => status === "failed").length;
  const mark = broken > 0 && html` <span class="status failed">${counted(broken, "guarantee")} broken</span>`;
  return html`<li id="${idPrefix}fault-${name}"><h3>${name}${mark}</h3><p class="soft">${title}</p>
${courseDrawing(course, lengthMs)}
<p>${courseText(course)}; ${courseFigures(course)}</p></li>`;
}

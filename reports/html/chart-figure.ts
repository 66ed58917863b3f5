import { chartWords } from "../words/charts.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { chartPlace, chartValue } from "./chart-text.ts";
import { html, type Markup, otherwise, spoken } from "./markup.ts";

/** Rows of the table under a chart; a long series is thinned out evenly. */
const TABLE_ROWS = 30;

/** How a chart stands in the page. */
interface FigureOptions {
  /** Over the whole width. */
  readonly wide?: boolean;
  /** It grows while it is looked at; a table would fall behind. */
  readonly live?: boolean;
}

/** The place of a chart in the page, with its controls, and its values as a table for those who do not see it. */
export function chartFigure(spec: ChartSpec, { wide = false, live = false }: FigureOptions = {}): Markup {
  return html`<figure data-chart="${spec.id}" ${wide && html`class="wide"`} aria-labelledby="title-${spec.id}">
<figcaption><h3 id="title-${spec.id}">${spec.title}</h3><span class="controls scripted">
${spec.views.length > 1 && html`<select${spoken("aria-label", chartWords.whatItShows(spec.title))}>${spec.views.map(({ label }) => html`<option${otherwise(label)}>${label.en}</option>`)}</select>`}
${spec.logarithmic !== undefined && html`<button type="button" class="scale" aria-pressed="${String(spec.logarithmic)}">${chartWords.logScale}</button>`}
</span></figcaption>
<div class="canvas scripted" role="img"${spoken("aria-label", spec.summary)}></div>
${!live && html`<details class="values"><summary>${chartWords.values(spec.title)}</summary>${valueTable(spec)}</details>`}
</figure>`;
}

function valueTable(spec: ChartSpec): Markup {
  const step = Math.max(1, Math.ceil(spec.x.length / TABLE_ROWS));
  const rows = spec.x.map((place, index) => ({ place, index })).filter(({ index }) => index % step === 0);
  return html`${spec.views.map(
    (
      view,
    ) => html`<div class="scroll" tabindex="0" role="region"${spoken("aria-label", view.label)}><table class="data">
<caption>${step > 1 ? chartWords.everyPoint(view.label, ordinal(step), step) : view.label}</caption>
<thead><tr><td></td>${view.series.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${rows.map(
      ({ place, index }) =>
        html`<tr><th scope="row">${chartPlace(place, spec)}</th>${view.series.map(
          ({ values }) => html`<td>${chartValue(values[index], spec.unit)}</td>`,
        )}</tr>`,
    )}</tbody></table></div>`,
  )}`;
}

function ordinal(value: number): string {
  const ending = new Map([
    ["one", "st"],
    ["two", "nd"],
    ["few", "rd"],
  ]).get(new Intl.PluralRules("en", { type: "ordinal" }).select(value));
  return `${value}${ending ?? "th"}`;
}

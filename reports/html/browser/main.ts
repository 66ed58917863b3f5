import type { ChartSpec } from "../chart-spec.ts";
import { setUpCaseBodies } from "./case-bodies.ts";
import { setUpCaseFilter } from "./case-filter.ts";
import { type Chart, createChart } from "./chart.ts";
import { setUpCopying } from "./copy.ts";
import { setUpLanguage } from "./language.ts";
import { setUpLive } from "./live.ts";
import { setUpTheme } from "./theme.ts";

const data = document.querySelector("#charts")?.textContent;
const specs = data ? (JSON.parse(data) as ChartSpec[]) : [];
const charts = new Map<string, Chart>();
for (const spec of specs) {
  const figure = document.querySelector<HTMLElement>(`figure[data-chart="${spec.id}"]`);
  if (figure !== null) charts.set(spec.id, createChart(figure, spec));
}
const redraw = (): void => {
  for (const chart of charts.values()) chart.draw();
};
// What needs the script is shown from here on: before, a chart would have no width to be drawn in.
document.documentElement.classList.add("ready");
redraw();
setUpTheme(redraw);
setUpLanguage(redraw);
// Before copying, which looks for the commands of what was opened.
setUpCaseBodies();
setUpCaseFilter();
setUpCopying();
setUpLive(charts);

// On paper the page is light and everything that failed is open.
const opened: HTMLDetailsElement[] = [];
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details[data-print]:not([open])")) {
    details.open = true;
    opened.push(details);
  }
  redraw();
});
addEventListener("afterprint", () => {
  for (const details of opened.splice(0)) details.open = false;
  redraw();
});

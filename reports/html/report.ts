import { type Result, worstVerdict } from "../../harness/result/index.ts";
import { faultTable } from "../fault-rows.ts";
import { headlineOf } from "../headline.ts";
import { shadeOf } from "../run-outcome.ts";
import type { Whole } from "../whole.ts";
import { frameWords, titleOf } from "../words/pages.ts";
import { lowerCase } from "../words/phrase.ts";
import { outcomeWords } from "../words/verdicts.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { conformancePart } from "./conformance-part.ts";
import { htmlDocument } from "./document.ts";
import { faultsPart } from "./faults-part.ts";
import { loadPart } from "./load-part.ts";
import { html, type Markup, spoken } from "./markup.ts";
import { runPart, verdictPart, wholePart } from "./verdict-part.ts";

/** One self-contained page about one result, or about several that belong together. */
export function htmlReport(results: readonly Result[], whole?: Whole): string {
  const charts: ChartSpec[] = [];
  const caseBodies: Record<string, string> = {};
  const parts = results.map((result, index): Markup => {
    const idPrefix = results.length === 1 ? "" : `r${index + 1}-`;
    let body: Markup;
    if (result.kind === "conformance") {
      const faults = faultTable(result);
      if (faults !== undefined) body = faultsPart(result, faults, idPrefix);
      else {
        const conformance = conformancePart(result, idPrefix);
        Object.assign(caseBodies, conformance.bodies);
        body = conformance.body;
      }
    } else {
      const load = loadPart(result, idPrefix);
      charts.push(...load.charts);
      body = load.body;
    }
    return html`<article id="result-${index + 1}">${verdictPart(result)}${body}${runPart(result)}</article>`;
  });
  const outcome = whole?.outcome ?? worstVerdict(results.map((result) => result.verdict));
  const [first] = results;
  return htmlDocument({
    title: titleOf(
      outcomeWords[outcome],
      results.map((result) => headlineOf(result).subject),
    ),
    tool: first === undefined ? "cupping" : `${first.tool.name} ${first.tool.version}`,
    body: html`${whole ? wholePart(whole) : results.length > 1 && contents(results)}${parts}`,
    charts,
    caseBodies,
  });
}

function contents(results: readonly Result[]): Markup {
  return html`<nav class="parts"${spoken("aria-label", frameWords.results)}>${results.map((result, index) => {
    const { subject, outcome } = headlineOf(result);
    const status = { pass: "passed", fail: "failed", invalid: "couldNotRun" }[shadeOf(outcome)];
    return html`<span><a href="#result-${index + 1}">${subject}</a> <span class="status ${status}">${lowerCase(outcomeWords[outcome])}</span></span>`;
  })}</nav>`;
}

import type { LoadResult } from "../../harness/result/index.ts";
import { leadingMetric, metricPhrase } from "../headline.ts";
import { formatBytes, formatCount, formatDuration } from "../numbers.ts";
import { stagesText } from "../stages.ts";
import { askedWords } from "../words/pages.ts";
import { asIs, type Phrase } from "../words/phrase.ts";
import { html, type Markup, spoken } from "./markup.ts";

/** What a load was asked to do, beside what came of it: a figure stands on its own only with both. */
export function askedPart(result: LoadResult): Markup {
  const rows = rowsOf(result).filter(([, asked]) => asked !== undefined);
  return html`<h2>${askedWords.heading}</h2>
<div class="scroll" tabindex="0" role="region"${spoken("aria-label", askedWords.heading)}><table class="data"><thead><tr><td></td><th scope="col" class="text">${askedWords.asked}</th><th scope="col" class="text">${askedWords.done}</th></tr></thead>
<tbody>${rows.map(
    ([name, asked, done]) =>
      html`<tr><th scope="row">${name}</th><td class="text">${asked}</td><td class="text">${done ?? ""}</td></tr>`,
  )}</tbody></table></div>`;
}

function rowsOf(result: LoadResult): [name: Phrase, asked: Phrase | undefined, done?: Phrase | undefined][] {
  const { clients, options = {}, model } = result;
  const leading = leadingMetric(result);
  const number = (name: string): number | undefined => {
    const value = options[name];
    return typeof value === "number" ? value : undefined;
  };
  const time = (name: string): Phrase | undefined => {
    const ms = number(name);
    return ms === undefined ? undefined : asIs(formatDuration(ms));
  };
  const bytes = number("payloadBytes");
  const rates = stagesText(options);
  const spacing = options["arrivals"];
  const arrivals = rates && typeof spacing === "string" ? `${rates}, ${spacing}` : rates;
  return [
    [askedWords.clients, asIs(formatCount(clients.requested)), askedWords.atOneTime(clients.peak, clients.failed)],
    [
      model === "open" ? askedWords.arrivals : askedWords.pace,
      model === "open"
        ? arrivals === undefined
          ? undefined
          : asIs(arrivals)
        : askedWords.againAfter(time("thinkMs")?.en),
      leading === undefined ? undefined : askedWords.rateOf(result.metrics[leading]?.rate ?? 0, metricPhrase(leading)),
    ],
    [askedWords.ramp, time("rampMs"), took(result, "ramp")],
    [askedWords.warmUp, time("warmupMs"), took(result, "warm-up")],
    [askedWords.measured, time("durationMs"), took(result, "steady")],
    [askedWords.payload, bytes === undefined ? undefined : asIs(formatBytes(bytes))],
  ];
}

function took({ phases }: LoadResult, name: string): Phrase | undefined {
  const phase = phases?.find((one) => one.name === name);
  return phase && asIs(formatDuration(phase.durationMs));
}

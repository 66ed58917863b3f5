import type { LoadResult, MachineUsage } from "../../harness/result/index.ts";
import { leadingMetric, metricPhrase } from "../headline.ts";
import { machineText } from "../machine-text.ts";
import { formatBytes, formatCount, formatDuration, formatShare } from "../numbers.ts";
import { stagesText } from "../stages.ts";
import { referenceServer } from "../words/headlines.ts";
import { askedWords, runWords } from "../words/pages.ts";
import { asIs, listed, type Phrase } from "../words/phrase.ts";
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
  const unnamed = result.target.startedBy === "ref" ? referenceServer : runWords.notNamed;
  const version = [result.target.name, result.target.version].filter((part) => part !== undefined).join(" ");
  return [
    [askedWords.target, asIs(result.target.url), version === "" ? unnamed : asIs(version)],
    [askedWords.model, askedWords.models[model]],
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
    [
      askedWords.machine,
      asIs(machineText(result.environment)),
      result.harness.machine && machineLoad(result.harness.machine),
    ],
  ];
}

/** How busy the machine was beside what it is: the reader has to see whether the figures could be trusted. */
function machineLoad({ runnable, cpus, pressure, steal }: MachineUsage): Phrase {
  return listed([
    askedWords.runnable(runnable, cpus),
    ...(pressure === undefined ? [] : [askedWords.pressure(formatShare(pressure))]),
    ...(steal > 0 ? [askedWords.steal(formatShare(steal))] : []),
  ]);
}

function took({ phases }: LoadResult, name: string): Phrase | undefined {
  const phase = phases?.find((one) => one.name === name);
  return phase && asIs(formatDuration(phase.durationMs));
}

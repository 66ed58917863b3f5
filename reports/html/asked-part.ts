import type { LoadResult } from "../../harness/result/index.ts";
import { leadingMetric, metricTitle } from "../headline.ts";
import { formatBytes, formatCount, formatDuration, formatNumber } from "../numbers.ts";
import { stagesText } from "../stages.ts";
import { html, type Markup } from "./markup.ts";

/** What a load was asked to do, beside what came of it: a figure stands on its own only with both. */
export function askedPart(result: LoadResult): Markup {
  const rows = rowsOf(result).filter(([, asked]) => asked !== undefined);
  return html`<h2>Asked and done</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Asked and done"><table class="data"><thead><tr><th scope="col"></th><th scope="col" class="text">Asked</th><th scope="col" class="text">Done</th></tr></thead>
<tbody>${rows.map(
    ([name, asked, done]) =>
      html`<tr><th scope="row">${name}</th><td class="text">${asked}</td><td class="text">${done ?? ""}</td></tr>`,
  )}</tbody></table></div>`;
}

function rowsOf(result: LoadResult): [name: string, asked: string | undefined, done?: string | undefined][] {
  const { clients, options = {}, model } = result;
  const leading = leadingMetric(result);
  const number = (name: string): number | undefined => {
    const value = options[name];
    return typeof value === "number" ? value : undefined;
  };
  const time = (name: string): string | undefined => {
    const ms = number(name);
    return ms === undefined ? undefined : formatDuration(ms);
  };
  const bytes = number("payloadBytes");
  const rates = stagesText(options);
  const spacing = options["arrivals"];
  const arrivals = rates && typeof spacing === "string" ? `${rates}, ${spacing}` : rates;
  const failed = clients.failed > 0 ? `, ${formatCount(clients.failed)} failed` : "";
  return [
    ["Clients", formatCount(clients.requested), `${formatCount(clients.peak)} at one time${failed}`],
    [
      model === "open" ? "Arrivals" : "Pace",
      model === "open" ? arrivals : `each client again ${time("thinkMs") ?? "at once"} after its answer`,
      leading === undefined
        ? undefined
        : `${formatNumber(result.metrics[leading]?.rate ?? 0)}/s (${metricTitle(leading)})`,
    ],
    ["Ramp", time("rampMs"), took(result, "ramp")],
    ["Warm-up", time("warmupMs"), took(result, "warm-up")],
    ["Measured", time("durationMs"), took(result, "steady")],
    ["Payload", bytes === undefined ? undefined : formatBytes(bytes)],
  ];
}

function took({ phases }: LoadResult, name: string): string | undefined {
  const phase = phases?.find((one) => one.name === name);
  return phase && formatDuration(phase.durationMs);
}

import type { Result } from "../harness/result/index.ts";
import { type Sample, samplesOf } from "./samples.ts";

/** Results in the Prometheus text format 0.0.4: for a file collector, or for the push gateway. */
export function prometheus(results: readonly Result[]): string {
  return samplesOf(results)
    .map(
      ({ name, help, samples }) =>
        `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${typeOf(samples)}\n${samples.map((sample) => line(name, sample)).join("")}`,
    )
    .join("");
}

/** Quantiles belong to a summary; everything else of a run is one value. */
function typeOf(samples: readonly Sample[]): "summary" | "gauge" {
  return samples.some(({ labels }) => labels["quantile"] !== undefined) ? "summary" : "gauge";
}

function line(name: string, { labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}{${pairs.join(",")}} ${value}\n`;
}

function escapeLabel(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

import { CuppingError } from "../harness/errors.ts";
import type { Result } from "../harness/result/index.ts";
import { parseHttpUrl, post } from "./push-gateway.ts";
import { type Sample, type SampleFamily, samplesOf } from "./samples.ts";

const NANOSECONDS_PER_MS = 1_000_000n;

/** Prometheus writes the unit into the name, OpenTelemetry beside it (UCUM). */
const units: [suffix: string, unit: string][] = [
  ["_per_second", "1/s"],
  ["_seconds", "s"],
  ["_bytes", "By"],
];

/** Results as an OTLP metrics request in its JSON form: one gauge per figure, at the time at which the run ended. */
export function openTelemetryMetrics(results: readonly Result[]): Record<string, unknown> {
  return {
    resourceMetrics: results.map((result) => ({
      resource: {
        attributes: attributes({ "service.name": result.tool.name, "service.version": result.tool.version }),
      },
      scopeMetrics: [
        {
          scope: { name: result.tool.name, version: result.tool.version },
          metrics: samplesOf([result]).map((family) => metric(family, endOf(result))),
        },
      ],
    })),
  };
}

/**
 * Sends results to an OpenTelemetry collector (OTLP over HTTP, JSON).
 *
 * @param endpoint base address of the collector, e.g. `http://collector:4318`
 * @param env OTEL_EXPORTER_OTLP_HEADERS adds headers (`name=value,name=value`), for example with a token
 */
export async function sendOpenTelemetry(
  endpoint: string,
  results: readonly Result[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const url = parseHttpUrl(endpoint, "--otlp");
  url.pathname = `${url.pathname.replace(/\/$/, "")}/v1/metrics`;
  await post(url, {
    method: "POST",
    headers: { ...headersFrom(env["OTEL_EXPORTER_OTLP_HEADERS"]), "content-type": "application/json" },
    body: JSON.stringify(openTelemetryMetrics(results)),
  });
}

function headersFrom(text: string | undefined): Record<string, string> {
  const pairs = (text ?? "").split(",").filter((pair) => pair.trim() !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      // The value may be a secret, so the message must not show it.
      if (at < 1)
        throw new CuppingError("usage", "OTEL_EXPORTER_OTLP_HEADERS must be a list such as name=value,name=value");
      return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())];
    }),
  );
}

function metric({ name, help, samples }: SampleFamily, timeUnixNano: string): Record<string, unknown> {
  const [suffix, unit] = units.find(([ending]) => name.endsWith(ending)) ?? ["", "1"];
  return {
    name: name.slice(0, name.length - suffix.length).replace("_", "."),
    description: help,
    unit,
    gauge: { dataPoints: samples.map((sample) => dataPoint(sample, timeUnixNano)) },
  };
}

function dataPoint({ labels, value }: Sample, timeUnixNano: string): Record<string, unknown> {
  return { attributes: attributes(labels), timeUnixNano, asDouble: value };
}

function attributes(labels: Record<string, string>): { key: string; value: { stringValue: string } }[] {
  return Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

/** Nanoseconds do not fit a double, so the format has them as text. */
function endOf({ run }: Result): string {
  return (BigInt(Math.round(Date.parse(run.startedAt) + run.durationMs)) * NANOSECONDS_PER_MS).toString();
}

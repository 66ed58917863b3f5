import { CuppingError } from "../harness/errors.ts";
import type { Result } from "../harness/result/index.ts";
import { prometheus } from "./prometheus.ts";
import { labelsOf } from "./samples.ts";

const PUSH_TIMEOUT_MS = 10_000;

/**
 * Sends results to a Prometheus push gateway. Each result is a group of its own (job, kind, target, scenario), so a
 * new run replaces the last one of its kind and no other.
 *
 * @param gateway address of the gateway, e.g. `http://pushgateway:9091`
 */
export async function pushToGateway(gateway: string, results: readonly Result[], job = "cupping"): Promise<void> {
  for (const result of results) {
    const url = groupUrl(gateway, job, result);
    await post(url, {
      method: "PUT",
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
      body: prometheus([result]),
    });
  }
}

function groupUrl(gateway: string, job: string, result: Result): URL {
  const base = parseHttpUrl(gateway, "--push-gateway");
  const path = Object.entries({ job, ...labelsOf(result) }).map(([label, value]) => groupLabel(label, value));
  base.pathname = `${base.pathname.replace(/\/$/, "")}/metrics/${path.join("/")}`;
  return base;
}

/** A slash or a blank cannot stand in the path; the gateway takes such values in base64. */
function groupLabel(label: string, value: string): string {
  if (/^[\w.-]+$/.test(value)) return `${label}/${value}`;
  // An empty value would end the path early: the gateway reads a lone padding sign as empty.
  return `${label}@base64/${value === "" ? "=" : Buffer.from(value).toString("base64url")}`;
}

/** @throws CuppingError `usage` when the text is no http address */
export function parseHttpUrl(text: string, option: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CuppingError("usage", `${option} takes an address such as http://host:port, but got "${text}"`);
  }
  return url;
}

/** Sends something that a monitoring system must accept. @throws CuppingError `harness` when it does not */
export async function post(url: URL, request: RequestInit): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, { ...request, signal: AbortSignal.timeout(PUSH_TIMEOUT_MS) });
  } catch (error) {
    const cause = (error as Error).cause;
    const why = cause instanceof Error ? cause.message : (error as Error).message;
    throw new CuppingError("harness", `could not send the figures to ${url.origin}: ${why}`, { cause: error });
  }
  const answer = (await response.text()).trim().slice(0, 200);
  if (!response.ok)
    throw new CuppingError("harness", `${url.origin} refused the figures with ${response.status}: ${answer}`);
}

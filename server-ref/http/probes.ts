import { JSON_TYPE } from "./handler.ts";
import type { HttpResponse, Route } from "./listener.ts";

/** What the probes look at. */
export interface Probes {
  /** Undefined while the server takes clients and its store answers, else why not. */
  unreadyReason(): Promise<string | undefined>;
  /** The metrics in Prometheus' text format. */
  metrics(): Promise<{ contentType: string; text: string }>;
}

function json(status: number, body: { status: string; reason?: string }): HttpResponse {
  return { status, contentType: JSON_TYPE, text: JSON.stringify(body) };
}

/** Load balancers often ask by HEAD. */
function probe(respond: () => Promise<HttpResponse>): Route {
  return {
    methods: ["GET", "HEAD"],
    respond,
    refuseBody: () => json(413, { status: "failed", reason: "a probe needs no body" }),
    failed: (error) => json(500, { status: "failed", reason: error instanceof Error ? error.message : String(error) }),
  };
}

/**
 * `/healthz`: the process is alive. `/readyz`: it takes clients (503 while it drains or its store fails).
 * `/metrics`: for Prometheus.
 */
export function probeRoutes(probes: Probes): Map<string, Route> {
  return new Map([
    ["/healthz", probe(async () => json(200, { status: "ok" }))],
    [
      "/readyz",
      probe(async () => {
        const reason = await probes.unreadyReason();
        return reason === undefined ? json(200, { status: "ready" }) : json(503, { status: "unready", reason });
      }),
    ],
    ["/metrics", probe(async () => ({ status: 200, ...(await probes.metrics()) }))],
  ]);
}

import type { FastifyInstance } from "fastify";

/** What the probes look at. */
export interface Probes {
  /** Undefined while the server takes clients and its store answers, else why not. */
  unreadyReason(): Promise<string | undefined>;
  /** The metrics in Prometheus' text format. */
  metrics(): Promise<{ contentType: string; text: string }>;
}

/** Load balancers often ask by HEAD. */
const ALSO_HEAD = { exposeHeadRoute: true };

/**
 * `/healthz`: the process is alive. `/readyz`: it takes clients (503 while it drains or its store fails).
 * `/metrics`: for Prometheus.
 */
export function registerProbes(app: FastifyInstance, probes: Probes): void {
  app.get("/healthz", ALSO_HEAD, async () => ({ status: "ok" }));
  app.get("/readyz", ALSO_HEAD, async (_request, reply) => {
    const reason = await probes.unreadyReason();
    return reason === undefined ? { status: "ready" } : reply.code(503).send({ status: "unready", reason });
  });
  app.get("/metrics", ALSO_HEAD, async (_request, reply) => {
    const { contentType, text } = await probes.metrics();
    return reply.header("content-type", contentType).send(text);
  });
}

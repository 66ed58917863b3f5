import { Counter, Trend } from "k6/metrics";
import { latencyMetrics } from "../measure/metrics.ts";

/** Latencies in milliseconds, under the names that the load engine of this project uses too. */
export const latencies: Readonly<Record<string, Trend>> = Object.fromEntries(
  Object.keys(latencyMetrics).map((name) => [name, new Trend(name, true)]),
);

/** Names of what is counted. */
export type K6CounterName =
  | "sent"
  | "acknowledged"
  | "delivered"
  | "logins"
  | "clients_failed"
  | "iterations_failed"
  | "violations";

/** What is counted. */
export const counters: Readonly<Record<K6CounterName, Counter>> = {
  sent: new Counter("sent"),
  acknowledged: new Counter("acknowledged"),
  delivered: new Counter("delivered"),
  logins: new Counter("logins"),
  clients_failed: new Counter("clients_failed"),
  iterations_failed: new Counter("iterations_failed"),
  violations: new Counter("violations"),
};

/** How long after its intended time a message left: k6's own doing, which is part of every latency. */
export const lateness: Trend = new Trend("send_lateness", true);

/** Records a latency. @param millis how long it took */
export function record(metric: string, millis: number): void {
  latencies[metric]?.add(millis);
}

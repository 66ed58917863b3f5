import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Meter } from "../meter.ts";
import type { Probes } from "./probes.ts";

/** Upper bounds of the latency buckets, in seconds. */
const LATENCY_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const BATCH_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** How long queues are that the meter does not know. */
export interface QueueDepths {
  /** Passwords that wait to be hashed. */
  passwords(): number;
}

/** A counter whose values stand in the meter; `read` yields them by label, or one without. */
function counter(
  register: Registry,
  name: string,
  help: string,
  label: string,
  read: () => Record<string, number>,
): void {
  new Counter({
    name: `cupping_${name}_total`,
    help,
    labelNames: [label],
    registers: [register],
    collect() {
      this.reset();
      for (const [value, count] of Object.entries(read())) this.inc({ [label]: value }, count);
    },
  });
}

function gauge(register: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name: `cupping_${name}`,
    help,
    registers: [register],
    collect() {
      this.set(read());
    },
  });
}

function histogram(register: Registry, name: string, help: string, buckets: number[]): Histogram {
  return new Histogram({ name: `cupping_${name}`, help, buckets, registers: [register] });
}

/**
 * The metrics of one server in Prometheus' format, read from its meter when they are asked for. Takes over the meter's
 * two functions, so that durations become histograms.
 */
export function createMetrics(meter: Meter, queues: QueueDepths): Probes["metrics"] {
  const register = new Registry();
  collectDefaultMetrics({ register });

  gauge(register, "connections_open", "Connections that are open now", () => meter.connectionsOpen);
  gauge(
    register,
    "incoming_bytes",
    "Bytes that came and are not handled yet, most of them of packets that are not whole",
    () => meter.incomingBytes,
  );
  gauge(register, "requests_in_flight", "Requests that are being handled now", () => meter.requestsInFlight);
  gauge(register, "password_queue_depth", "Passwords that wait to be hashed", queues.passwords);
  counter(register, "connections", "Connections by what became of them", "result", () => ({
    accepted: meter.connectionsAccepted,
    refused: meter.connectionsRefused,
  }));
  counter(register, "logins", "Login attempts by result", "result", () => ({
    success: meter.loginsSucceeded,
    failure: meter.loginsFailed,
  }));
  counter(register, "packets", "Packets received from and sent to clients", "direction", () => ({
    in: meter.packetsIn,
    out: meter.packetsOut,
  }));
  counter(register, "connections_dropped", "Connections that the server closed, by reason", "reason", () => ({
    slow_reader: meter.slowReadersDropped,
    incoming: meter.incomingDropped,
    login_timeout: meter.loginTimeouts,
    heartbeat_timeout: meter.heartbeatTimeouts,
  }));
  counter(register, "pushes", "Pushed messages by what became of them", "result", () => ({
    unconfirmed: meter.pushesUnconfirmed,
  }));
  counter(register, "failures", "What ended with an internal failure", "where", () => ({
    request: meter.requestsFailed,
  }));

  const acknowledgement = histogram(
    register,
    "acknowledgement_seconds",
    "From a message's packet to its acknowledgement",
    LATENCY_BUCKETS,
  );
  const commit = histogram(register, "store_commit_seconds", "Duration of a store transaction", LATENCY_BUCKETS);
  const batch = histogram(register, "store_commit_operations", "Operations per store transaction", BATCH_BUCKETS);
  meter.acknowledged = (durationMs) => acknowledgement.observe(durationMs / 1000);
  meter.committed = (durationMs, operations) => {
    commit.observe(durationMs / 1000);
    batch.observe(operations);
  };
  return async () => ({ contentType: register.contentType, text: await register.metrics() });
}

import { collectDefaultMetrics, Registry } from "prom-client";
import { expect, it } from "vitest";
import { readProcessMetrics } from "./metrics-text.ts";

it("reads what a Node server with prom-client says", async () => {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const metrics = readProcessMetrics(await register.metrics());
  expect(metrics.cpuSeconds).toBeGreaterThan(0);
  expect(metrics.rssBytes).toBeGreaterThan(1_000_000);
  expect(Math.abs((metrics.startedAt ?? 0) * 1000 - (Date.now() - process.uptime() * 1000))).toBeLessThan(2000);
  expect(metrics).toHaveProperty("eventLoopP99");
});

it("reads what a Go server says, which has no event loop", () => {
  const text = [
    "# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.",
    "# TYPE process_cpu_seconds_total counter",
    "process_cpu_seconds_total 12.34",
    "process_cpu_seconds_total_of_another_kind 99",
    "process_resident_memory_bytes 2.7058176e+07",
    "process_start_time_seconds 1.79e+09 1790000000000",
    "go_goroutines 7",
  ].join("\n");
  expect(readProcessMetrics(text)).toEqual({ cpuSeconds: 12.34, rssBytes: 27058176, startedAt: 1.79e9 });
});

it("puts several processes and states together", () => {
  const text = [
    'process_cpu_time_seconds_total{state="user",odd="a } b"} 2',
    'process_cpu_time_seconds_total{state="system"} 1.5',
    'nodejs_eventloop_lag_p99_seconds{worker="1"} 0.011',
    'nodejs_eventloop_lag_p99_seconds{worker="2"} 0.2',
    'nodejs_eventloop_lag_min_seconds{worker="1"} 0.009',
    'nodejs_eventloop_lag_min_seconds{worker="2"} NaN',
  ].join("\n");
  expect(readProcessMetrics(text)).toEqual({ cpuSeconds: 3.5, eventLoopP99: 0.2, eventLoopMin: 0.009 });
});

it("finds nothing where there is nothing", () => {
  expect(readProcessMetrics("")).toEqual({});
  expect(readProcessMetrics("<html>process_cpu_seconds_total 1</html>")).toEqual({});
});

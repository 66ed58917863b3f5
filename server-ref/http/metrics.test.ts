import { expect, test } from "vitest";
import { createMeter } from "../meter.ts";
import { createMetrics } from "./metrics.ts";

test("reports what the meter counts, each time anew", async () => {
  const meter = createMeter();
  const scrape = createMetrics(meter, { passwords: () => 4 });
  Object.assign(meter, { connectionsOpen: 3, loginsSucceeded: 5, loginsFailed: 2, packetsIn: 7, packetsOut: 9 });
  Object.assign(meter, { slowReadersDropped: 1, incomingDropped: 8, incomingBytes: 10, requestsInFlight: 6 });
  await scrape();
  const { contentType, text } = await scrape();
  expect(contentType).toMatch(/^text\/plain/);
  for (const line of [
    "cupping_connections_open 3",
    "cupping_requests_in_flight 6",
    "cupping_password_queue_depth 4",
    'cupping_logins_total{result="success"} 5',
    'cupping_logins_total{result="failure"} 2',
    'cupping_packets_total{direction="in"} 7',
    'cupping_packets_total{direction="out"} 9',
    'cupping_connections_dropped_total{reason="slow_reader"} 1',
    'cupping_connections_dropped_total{reason="incoming"} 8',
    "cupping_incoming_bytes 10",
  ]) {
    expect(text.split("\n")).toContain(line);
  }
});

test("keeps durations as histograms in seconds", async () => {
  const meter = createMeter();
  const scrape = createMetrics(meter, { passwords: () => 0 });
  meter.acknowledged(2);
  meter.acknowledged(200);
  meter.committed(0.4, 17);
  const { text } = await scrape();
  const lines = text.split("\n");
  expect(lines).toContain('cupping_acknowledgement_seconds_bucket{le="0.0025"} 1');
  expect(lines).toContain("cupping_acknowledgement_seconds_count 2");
  expect(lines).toContain('cupping_store_commit_seconds_bucket{le="0.0005"} 1');
  expect(lines).toContain("cupping_store_commit_operations_sum 17");
});

test("two servers in one process keep their metrics apart", async () => {
  const [first, second] = [createMeter(), createMeter()];
  first.connectionsOpen = 1;
  const scrapes = [createMetrics(first, { passwords: () => 0 }), createMetrics(second, { passwords: () => 0 })];
  const texts = await Promise.all(scrapes.map(async (scrape) => (await scrape()).text));
  expect(texts[0]).toContain("cupping_connections_open 1\n");
  expect(texts[1]).toContain("cupping_connections_open 0\n");
});

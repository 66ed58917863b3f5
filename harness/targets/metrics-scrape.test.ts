import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MetricsScraper } from "./metrics-scrape.ts";

let server: Server;
let url: string;
let status: number;
let body: string;
let hold: Promise<void> | undefined;
let asked: number;

beforeEach(async () => {
  [status, body, hold, asked] = [200, "process_cpu_seconds_total 1\n", undefined, 0];
  server = createServer(async (_, response) => {
    asked += 1;
    await hold;
    response.statusCode = status;
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

it("reads the metrics at each call, and through failures in between", async () => {
  const scraper = new MetricsScraper(url);
  expect(await scraper.scrape()).toEqual({ cpuSeconds: 1 });
  status = 500;
  for (let n = 0; n < 7; n++) expect(await scraper.scrape()).toBeUndefined();
  [status, body] = [200, "process_cpu_seconds_total 2\n"];
  expect(await scraper.scrape()).toEqual({ cpuSeconds: 2 });
  expect(scraper.missing).toBeUndefined();
});

it("does not ask again a server that has no metrics, and says so", async () => {
  status = 404;
  const scraper = new MetricsScraper(url);
  for (let n = 0; n < 3; n++) expect(await scraper.scrape()).toBeUndefined();
  expect(asked).toBe(1);
  expect(scraper.missing).toBe(`${url} answered 404`);
});

it("does not ask again where something else stands", async () => {
  body = "<html>hello</html>";
  const scraper = new MetricsScraper(url);
  for (let n = 0; n < 3; n++) expect(await scraper.scrape()).toBeUndefined();
  expect(asked).toBe(1);
  expect(scraper.missing).toMatch(/has no process_cpu_seconds_total/);
});

it("gives up on an address where nobody listens", async () => {
  const scraper = new MetricsScraper("http://127.0.0.1:1/metrics");
  for (let n = 0; n < 8; n++) expect(await scraper.scrape()).toBeUndefined();
  expect(scraper.missing).toMatch(/^http:\/\/127\.0\.0\.1:1\/metrics did not answer: .+/);
});

it("waits for a slow answer without asking twice, and no longer than a second", async () => {
  hold = new Promise(() => undefined);
  const scraper = new MetricsScraper(url);
  const first = scraper.scrape();
  expect(await scraper.scrape()).toBeUndefined();
  expect(await first).toBeUndefined();
  expect(asked).toBe(1);
  expect(scraper.missing).toBe(`${url} did not answer: nothing within 900 ms`);
});

it("reads no endless answer", async () => {
  body = "# x\n".repeat(1_500_000);
  const scraper = new MetricsScraper(url);
  expect(await scraper.scrape()).toBeUndefined();
  expect(scraper.missing).toBe(`${url} is longer than 4194304 bytes`);
});

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prometheus, pushToGateway, sendOpenTelemetry } from "./index.ts";
import { exampleConformance } from "./testing/conformance.ts";
import { exampleLoad } from "./testing/load.ts";

// A monitoring system of the tests: keeps what it is sent, and answers with the status it is told to.

interface Received {
  method: string;
  path: string;
  headers: Record<string, unknown>;
  body: string;
}

let server: Server;
let received: Received[];
let status: number;
let address: string;

beforeEach(async () => {
  received = [];
  status = 200;
  server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    received.push({
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    });
    response.statusCode = status;
    response.end(status === 200 ? "" : "text format parsing error in line 3");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

describe("push gateway", () => {
  it("gets each result as a group of its own", async () => {
    const results = [exampleConformance({ name: "a/b c" }), exampleLoad({ seconds: 5, label: "v1" })];
    await pushToGateway(address, results, "nightly");
    const target = Buffer.from("a/b c 0.9.1").toString("base64url");
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `PUT /metrics/job/nightly/kind/conformance/target@base64/${target}/rule_set/1`,
      "PUT /metrics/job/nightly/kind/load/target/v1/scenario/chat",
    ]);
    expect(received[1]?.body).toBe(prometheus(results.slice(1)));
    expect(received[1]?.headers["content-type"]).toContain("version=0.0.4");
  });

  it("refuses with its own words", async () => {
    status = 400;
    const pushing = pushToGateway(address, [exampleLoad({ seconds: 5 })]);
    await expect(pushing).rejects.toThrow(expect.objectContaining({ code: "harness" }));
    await expect(pushing).rejects.toThrow("refused the figures with 400: text format parsing error in line 3");
  });

  it("is missed when it is not there", async () => {
    const pushing = pushToGateway("http://127.0.0.1:1", [exampleLoad({ seconds: 5 })]);
    await expect(pushing).rejects.toThrow(/could not send the figures to http:\/\/127.0.0.1:1: .+/);
  });

  it("needs an address", async () => {
    await expect(pushToGateway("gateway:9091", [exampleLoad({ seconds: 5 })])).rejects.toThrow(
      expect.objectContaining({ code: "usage" }),
    );
  });
});

describe("Prometheus text", () => {
  it("has one value per set of labels, even for two runs of one kind", () => {
    const text = prometheus([exampleLoad({ seconds: 5, seed: 1 }), exampleLoad({ seconds: 5, seed: 2 })]);
    const names = text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.slice(0, line.lastIndexOf(" ")));
    expect(new Set(names).size).toBe(names.length);
  });

  it("is what the format allows, whatever a target is called", () => {
    const text = prometheus([exampleConformance({ name: 'a"b\\c\nd' })]);
    const line =
      /^(?:# (?:HELP|TYPE) [a-z_]+ [^\n]+|[a-z_]+\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*\} -?[\d.e+-]+)$/;
    for (const row of text.trimEnd().split("\n")) expect(row).toMatch(line);
  });
});

describe("OpenTelemetry collector", () => {
  interface Request {
    resourceMetrics: {
      scopeMetrics: {
        metrics: {
          name: string;
          unit: string;
          gauge: {
            dataPoints: {
              attributes: { key: string; value: { stringValue: string } }[];
              timeUnixNano: string;
              asDouble: number;
            }[];
          };
        }[];
      }[];
    }[];
  }

  it("gets gauges with units, attributes and the time at which the run ended", async () => {
    const load = exampleLoad({ seconds: 5 });
    await sendOpenTelemetry(`${address}/otel/`, [load], {
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20x, a=b",
    });
    expect(received[0]).toMatchObject({ method: "POST", path: "/otel/v1/metrics" });
    expect(received[0]?.headers).toMatchObject({
      authorization: "Bearer x",
      a: "b",
      "content-type": "application/json",
    });
    const request = JSON.parse(received[0]?.body ?? "") as Request;
    const metrics = request.resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? [];
    const latency = metrics.find(({ name }) => name === "cupping.latency");
    expect(latency?.unit).toBe("s");
    const p99 = latency?.gauge.dataPoints.find(({ attributes }) => {
      const values = Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
      return values["metric"] === "msg_e2e" && values["quantile"] === "0.99";
    });
    expect(p99?.asDouble).toBeCloseTo((load.metrics["msg_e2e"]?.p99 ?? 0) / 1000, 9);
    expect(p99?.timeUnixNano).toBe(`${Date.parse(load.run.startedAt) + load.run.durationMs}000000`);
    expect(metrics.map(({ name }) => name)).toContain("cupping.samples");
  });

  it("refuses with its own words", async () => {
    status = 503;
    await expect(sendOpenTelemetry(address, [exampleLoad({ seconds: 5 })], {})).rejects.toThrow(
      /refused the figures with 503/,
    );
  });

  it("needs headers that can be read, and never shows them", async () => {
    const sending = sendOpenTelemetry(address, [], { OTEL_EXPORTER_OTLP_HEADERS: "secret" });
    await expect(sending).rejects.toThrow("OTEL_EXPORTER_OTLP_HEADERS must be a list such as name=value,name=value");
  });
});

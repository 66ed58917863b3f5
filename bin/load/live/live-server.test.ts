import { createServer, get } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import type { Progress } from "../../../harness/load/index.ts";
import { asIs, type ChartsMessage, type StateMessage, type TailMessage } from "../../../reports/index.ts";
import { LiveServer, livePort } from "./live-server.ts";

const open: LiveServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(onStop: () => void = () => {}, port = 0): Promise<LiveServer> {
  const server = await LiveServer.open({
    port,
    subject: asIs("Load chat on a <server>"),
    tool: "cupping test",
    onStop,
  });
  open.push(server);
  return server;
}

/** The progress of a second of traffic. */
function second(at: number, metrics: readonly string[] = ["msg_ack"]): Progress {
  const latency = { count: 10, p50: at, p99: 2 * at, max: 3 * at };
  return {
    phase: at < 2 ? "ramp" : "traffic",
    elapsedMs: (at + 1) * 1000,
    leftMs: at < 2 ? undefined : 5000,
    clients: 50,
    point: {
      at: at * 1000,
      clients: 50,
      rates: { sent: 100 },
      metrics: Object.fromEntries(metrics.map((name) => [name, latency])),
    },
    violations: at === 4 ? 1 : 0,
    errors: 0,
  };
}

type Event = readonly [name: string, message: unknown];

/** Reads the events of a running load. */
function listen(server: LiveServer): Promise<{ events: Event[]; ended: Promise<void> }> {
  const events: Event[] = [];
  return new Promise((resolve) => {
    get(new URL("/events", server.url), (response) => {
      const pending: string[] = [];
      response.setEncoding("utf8").on("data", (chunk: string) => {
        pending.push(chunk);
        if (!chunk.endsWith("\n\n")) return;
        for (const part of pending.splice(0).join("").split("\n\n")) {
          const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
          if (name !== undefined && data !== undefined) events.push([name, JSON.parse(data)]);
        }
      });
      resolve({ events, ended: new Promise((end) => response.once("close", () => end())) });
    });
  });
}

const namesOf = (events: readonly Event[]): string[] => events.map(([name]) => name);
const last = <Message>(events: readonly Event[], wanted: string): Message =>
  events.findLast(([name]) => name === wanted)?.[1] as Message;

it("serves a page that escapes what it names and asks nobody but its own server", async () => {
  const server = await start();
  const page = await fetch(server.url);
  const text = await page.text();
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(text).toContain("Load chat on a &lt;server&gt;");
  expect(text).toContain("connect-src &#39;self&#39;");
});

it("tells whoever has just come all charts, then the newest points, and all again when a curve begins", async () => {
  const server = await start();
  server.show(second(0));
  const { events } = await listen(server);
  await vi.waitFor(() => expect(namesOf(events)).toEqual(["state", "charts"]));
  expect(last<ChartsMessage>(events, "charts").specs.map(({ id }) => id)).toEqual(["latency", "throughput", "clients"]);
  server.show(second(1));
  await vi.waitFor(() => expect(namesOf(events).slice(2)).toEqual(["state", "tail"]));
  const tail = last<TailMessage>(events, "tail");
  expect(tail).toMatchObject({ keep: 2, x: [0, 1] });
  expect(tail.values["latency"]?.[0]?.[0]).toEqual([0, 1]);
  server.show(second(2, ["msg_ack", "history"]));
  await vi.waitFor(() => expect(namesOf(events).slice(4)).toEqual(["state", "charts"]));
  expect(last<ChartsMessage>(events, "charts").specs[0]?.views).toHaveLength(2);
});

it("tells a page that comes late what an earlier one has, and each of them the rest", async () => {
  const server = await start();
  const early = await listen(server);
  server.show(second(0));
  const late = await listen(server);
  server.show(second(1));
  for (const { events } of [early, late]) {
    await vi.waitFor(() => expect(namesOf(events).at(-1)).toBe("tail"));
    expect(last<ChartsMessage>(events, "charts").specs[0]?.x).toEqual([0]);
  }
});

it("tells the present second: phase, time left, latency, violations", async () => {
  const server = await start();
  const { events } = await listen(server);
  server.show(second(4));
  await vi.waitFor(() => expect(namesOf(events)).toHaveLength(4));
  const { title, state } = last<StateMessage>(events, "state");
  expect(title).toEqual({ en: "traffic: Load chat on a <server>", zh: "测量：Load chat on a <server>" });
  expect(state).toContain("5s since it began, 5s of traffic left.");
  expect(state).toContain("8.0 ms");
  expect(state).toMatch(/class="bad"><dt><span data-zh="违规">Violations<\/span><\/dt><dd><div class="value">1</);
});

it("begins anew with the next run of a search", async () => {
  const server = await start();
  const { events } = await listen(server);
  for (const at of [0, 1, 2]) server.show(second(at));
  server.show(second(0));
  await vi.waitFor(() => expect(last<TailMessage>(events, "tail")?.keep).toBe(1));
});

it("hands over the report at the end, and says so where there is none", async () => {
  const [reported, broken] = [await start(), await start()];
  const { url } = reported;
  const [first, second] = [await listen(reported), await listen(broken)];
  await reported.end("<!doctype html><p>report");
  await broken.close();
  await Promise.all([first.ended, second.ended]);
  expect(first.events.at(-1)).toEqual(["report", { document: "<!doctype html><p>report" }]);
  expect(second.events.at(-1)).toEqual([
    "gone",
    {
      sentence: {
        en: "The run has ended without a report. The terminal says why.",
        zh: "运行已结束，但没有报告。原因见终端输出。",
      },
    },
  ]);
  await expect(fetch(url)).rejects.toThrow();
});

it("ends in time although a page does not read", async () => {
  const server = await start();
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.on("error", () => {});
  socket.write(`GET /events HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\n\r\n`);
  socket.pause();
  const { events } = await listen(server);
  await server.end("x".repeat(20_000_000));
  await vi.waitFor(() => expect(namesOf(events)).toContain("report"));
  socket.destroy();
});

it("lets nobody stop the run but its own page, and nobody read it under another name", async () => {
  const stop = vi.fn();
  const server = await start(stop);
  const url = new URL("/stop", server.url);
  expect((await fetch(url, { method: "POST" })).status).toBe(403);
  expect((await fetch(url)).status).toBe(404);
  const foreign = await new Promise<number | undefined>((resolve) => {
    get(server.url, { headers: { host: "evil.example" } }, ({ statusCode }) => resolve(statusCode));
  });
  expect(foreign).toBe(403);
  expect(stop).not.toHaveBeenCalled();
  const key = /data-live="([^"]+)"/.exec(await (await fetch(server.url)).text())?.[1] ?? "";
  expect((await fetch(url, { method: "POST", headers: { "x-cupping-key": key } })).status).toBe(202);
  expect(stop).toHaveBeenCalledOnce();
});

it("refuses a port that is taken, or none", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as AddressInfo;
  await expect(start(() => {}, port)).rejects.toThrow(`--live: port ${port} on 127.0.0.1 is taken`);
  taken.close();
  expect(livePort("")).toBe(0);
  expect(livePort("8080")).toBe(8080);
  for (const text of ["chat", "65536", "-1", "1.5"]) expect(() => livePort(text)).toThrow(/^--live: expected a port/);
});

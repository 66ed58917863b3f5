import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { createListener, type HttpListener, type HttpResponse } from "./listener.ts";

const HOST = "127.0.0.1";
const answer: HttpResponse = { status: 200, contentType: "text/plain", text: "here" };
const routes = new Map([["/", { respond: async () => answer, refuseBody: () => answer, failed: () => answer }]]);

const listeners: HttpListener[] = [];
afterEach(() => Promise.all(listeners.splice(0).map((listener) => listener.close())));

function listener(requestTimeoutMs = 10_000): HttpListener {
  const made = createListener(routes, () => ({ ...answer, status: 404 }), { requestTimeoutMs });
  listeners.push(made);
  return made;
}

test.each([
  ["headers", "POST / HTTP/1.1\r\nhost: x\r\n"],
  ["body", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf"],
])("a client that never sends the rest of its %s is told so and cut", async (_part, beginning) => {
  const socket = connect(await listener(200).listen({ host: HOST, port: 0 }), HOST);
  socket.write(beginning);
  expect(await text(socket)).toContain("408 Request Timeout");
});

test("headers that are too large are refused", async () => {
  const socket = connect(await listener().listen({ host: HOST, port: 0 }), HOST);
  socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx: ${"x".repeat(20_000)}\r\n`);
  expect(await text(socket)).toContain("431 Request Header Fields Too Large");
});

test("a port that is taken rejects with the system's error, and a listener that never listened closes", async () => {
  const port = await listener().listen({ host: HOST, port: 0 });
  await expect(listener().listen({ host: HOST, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startReferenceServer, type Target } from "../../harness/targets/index.ts";
import { folder, run } from "../endings/command.ts";
import { startWebSocketGateway, type WebSocketGateway } from "../peers/websocket-gateway.ts";

const ORIGIN = "https://chat.example.org";
const PROTOCOL = "cim.v1";

let server: Target;
let gateway: WebSocketGateway;

beforeAll(async () => {
  server = await startReferenceServer({ serveArguments: ["--password-cost", "1"] });
  const asked = { headers: { "X-Api-Key": "k1: k2", "X-Room": "tea" }, origin: ORIGIN, subprotocol: PROTOCOL };
  gateway = await startWebSocketGateway({ behind: server.addresses.tcp?.port as number, ...asked });
}, 60_000);

afterAll(async () => {
  gateway.stop();
  await server.stop();
});

const short = ["--clients", "4", "--duration", "2s", "--rate", "5/s"];
const commands = [
  ["conformance", ["conformance", "--only", "MSG-01/*"]],
  ["load", ["load", "chat", ...short]],
  ["faults", ["faults", "--only", "latency"]],
] as const;

const against = (words: readonly string[], ...more: readonly string[]): ReturnType<typeof run> =>
  run([...words, "--target", `ws://localhost:${gateway.port}`, "--http", server.http as string, ...more]);

describe.each(commands)("%s", (_name, words) => {
  test("says in every handshake what it was told, and whom it wants as the target was named", async () => {
    const path = join(folder, "headers.txt");
    writeFileSync(path, "X-Api-Key: k1: k2\n\nX-Room:tea\n");
    gateway.takeHandshakes();
    const { code, said, result } = await against(
      words,
      ...["--header", `@${path}`, "--origin", ORIGIN, "--subprotocol", "other", "--subprotocol", PROTOCOL],
    );
    // A busy machine may make a load invalid; what failed is the target's.
    expect([0, 5], said).toContain(code);
    expect(result?.verdict, said).not.toBe("fail");
    const handshakes = gateway.takeHandshakes();
    expect(handshakes.length).toBeGreaterThan(1);
    const hosts = new Set(handshakes.map(({ headers }) => headers.host));
    expect([...hosts]).toEqual([`localhost:${gateway.port}`]);
  }, 60_000);

  test("tells what a gateway answers that lets nobody in", async () => {
    const { code, said } = await against(words, "--header", "X-Api-Key: wrong", "--subprotocol", PROTOCOL);
    expect({ code, said }).toEqual({ code: 3, said: expect.stringContaining("HTTP/1.1 403 Forbidden") });
    expect(said).not.toMatch(/at .*:\d+:\d+/);
  }, 60_000);
});

test("a target that chooses no subprotocol is told to", async () => {
  const { code, said } = await against(
    ["load", "chat", ...short],
    ...["--header", "X-Api-Key: k1: k2", "--header", "X-Room: tea", "--origin", ORIGIN, "--subprotocol", "other"],
  );
  expect({ code, said }).toEqual({ code: 3, said: expect.stringContaining("chose none of the subprotocols other") });
}, 60_000);

test.each([
  [["--header", "no colon"], "--header is no header field; expected NAME: VALUE"],
  [["--header", "na me: x"], "--header is no header field; expected NAME: VALUE"],
  [["--header", "X: a\r\nY: b"], "--header is no header field; expected NAME: VALUE"],
  [["--header", "@/nowhere/headers.txt"], "--header @/nowhere/headers.txt cannot be read"],
  [["--header", "Sec-WebSocket-Key: x"], "Sec-WebSocket-Key is set by the handshake of WebSocket itself"],
  [["--origin", "chat.example.org"], "no origin; expected a scheme and a host"],
  [["--origin", "https://chat.example.org/path"], "no origin; expected a scheme and a host"],
  [["--subprotocol", "a b"], '--subprotocol "a b" is no name of a subprotocol'],
  [["--subprotocol", "a", "--subprotocol", "a"], "--subprotocol names one twice: a, a"],
])(
  "%j is refused in one sentence",
  async (words, sentence) => {
    const { code, said } = await against(["load", "chat"], ...words);
    expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining(sentence) });
    expect(said.trim().split("\n")).toHaveLength(1);
  },
  30_000,
);

test.each([
  ["tcp://127.0.0.1:1", "tcp:// has none; give ws:// or wss://"],
  ["ref", "--target ref is started without anything that asks for it"],
])(
  "--origin says nothing to %s",
  async (target, sentence) => {
    const { code, said } = await run(["conformance", "--target", target, "--origin", ORIGIN]);
    expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining(sentence) });
  },
  30_000,
);

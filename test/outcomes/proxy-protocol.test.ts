import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSocket } from "../../harness/client/index.ts";
import { LocalServer } from "../../server-ref/testing/local-server.ts";
import { folder, run } from "../endings/command.ts";
import { makeCertificates } from "../peers/tls-front.ts";

/** Servers that take no connection without such a header, as behind a balancer. */
let plain: LocalServer;
let secure: LocalServer;
let authority: string;

beforeAll(async () => {
  const { ca, server } = makeCertificates(folder);
  authority = ca;
  plain = await LocalServer.start({ proxyProtocol: "clients" });
  const tls = { cert: readFileSync(server.cert, "utf8"), key: readFileSync(server.key, "utf8") };
  secure = await LocalServer.start({ proxyProtocol: "clients", tls });
}, 60_000);

afterAll(async () => {
  await Promise.all([plain.stop(), secure.stop()]);
});

const commands = [
  ["conformance", ["conformance", "--only", "MSG-01/*"]],
  ["load", ["load", "chat", "--clients", "4", "--duration", "2s", "--rate", "5/s"]],
  ["faults", ["faults", "--only", "latency"]],
] as const;

describe.each([
  ["tcp", "v1"],
  ["ws", "v2"],
  ["tls", "v2"],
  ["wss", "v1"],
] as const)("over %s, version %s", (scheme, version) => {
  test.each(commands)(
    "%s gets in behind a balancer",
    async (_name, words) => {
      const isSecure = scheme === "tls" || scheme === "wss";
      const { tcp, ws, http } = (isSecure ? secure : plain).ports;
      const port = scheme === "tcp" || scheme === "tls" ? tcp : ws;
      const trust = isSecure ? ["--ca", authority, "--server-name", "chat.example.org"] : [];
      const { code, said, result } = await run([
        ...words,
        ...["--target", `${scheme}://127.0.0.1:${port}`, "--http", `http://127.0.0.1:${http}`],
        ...["--proxy-protocol", version, ...trust],
      ]);
      // A busy machine may make a load invalid; what failed is the target's.
      expect([0, 5], said).toContain(code);
      expect(result?.verdict, said).not.toBe("fail");
    },
    60_000,
  );
});

test.each([
  ["v1", "127.0.0.1", /^PROXY TCP4 127\.0\.0\.1 127\.0\.0\.1 (\d+) (\d+)\r\n$/],
  ["v1", "::1", /^PROXY TCP6 ::1 ::1 (\d+) (\d+)\r\n$/],
] as const)("version %s names both ends of a connection to %s", async (version, host, expected) => {
  const seen = await firstBytes(host, version);
  if (seen === undefined) return;
  const [, from, to] = expected.exec(seen.bytes.toString("latin1")) ?? [];
  expect([Number(from), Number(to)], seen.bytes.toString("latin1")).toEqual([seen.from, seen.to]);
});

test.each([
  ["127.0.0.1", "0d0a0d0a000d0a515549540a2111000c7f0000017f000001"],
  ["::1", `0d0a0d0a000d0a515549540a21210024${"00".repeat(15)}01${"00".repeat(15)}01`],
])("version v2 names both ends of a connection to %s", async (host, expected) => {
  const seen = await firstBytes(host, "v2");
  if (seen === undefined) return;
  const ports = Buffer.alloc(4);
  ports.writeUInt16BE(seen.from, 0);
  ports.writeUInt16BE(seen.to, 2);
  expect(seen.bytes.toString("hex")).toBe(expected + ports.toString("hex"));
});

/** What comes first on a connection, and its two ports; undefined where this machine has no such address. */
async function firstBytes(
  host: string,
  proxyProtocol: "v1" | "v2",
): Promise<{ bytes: Buffer; from: number; to: number } | undefined> {
  const server = createServer();
  const listens = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(0, host, () => resolve(true));
  });
  if (!listens) return undefined;
  const { port } = server.address() as AddressInfo;
  const client = openSocket({ scheme: "tcp", host, port, path: "/", proxyProtocol }, {});
  const [socket] = (await once(server, "connection")) as [Socket];
  const [bytes] = (await once(socket, "data")) as [Buffer];
  const from = socket.remotePort ?? 0;
  client.destroy();
  socket.destroy();
  server.close();
  return { bytes, from, to: port };
}

test("--proxy-protocol says nothing to a target that is started without a balancer", async () => {
  const { code, said } = await run(["conformance", "--proxy-protocol", "v1"]);
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining("--target ref is started without one") });
}, 30_000);

import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { commands, encodeFrame } from "../codegen/index.ts";
import { selfSigned } from "./testing/certificate.ts";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

const transports = ["tcp", "ws"] as const;
type Transport = (typeof transports)[number];

function portOf({ server }: TestServer, transport: Transport): number {
  return server.ports[transport];
}

function connect(port: number, options: ConnectionOptions = {}): TLSSocket {
  const socket = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options });
  socket.on("error", () => {});
  return socket;
}

/** The certificate that the server shows to who connects now. */
async function shown(port: number): Promise<string> {
  const socket = connect(port);
  await once(socket, "secureConnect");
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

function reached(socket: TLSSocket): Promise<"secure" | "closed"> {
  return new Promise((resolve) => {
    socket.once("secureConnect", () => resolve("secure")).once("close", () => resolve("closed"));
  });
}

/** Somebody who is connected before, and must be served behind everything. */
async function undisturbed(server: TestServer): Promise<() => Promise<void>> {
  const socket = connect(server.tcp);
  await once(socket, "secureConnect");
  return async () => {
    socket.write(encodeFrame(commands.LOGIN_AUTH_REQ, { user_name: "nobody", user_pwd: "nothing" }, 1));
    await once(socket, "data");
    socket.destroy();
  };
}

test.each(transports)("over %s versions before TLS 1.2 are refused, and later ones are taken", async (transport) => {
  const server = await startTestServer({ tls: await selfSigned() });
  const served = await undisturbed(server);
  const port = portOf(server, transport);
  const old = { ciphers: "DEFAULT@SECLEVEL=0" };
  for (const version of ["TLSv1", "TLSv1.1"] as const) {
    expect(await reached(connect(port, { ...old, minVersion: version, maxVersion: version }))).toBe("closed");
  }
  for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
    const socket = connect(port, { minVersion: version, maxVersion: version });
    expect(await reached(socket)).toBe("secure");
    socket.destroy();
  }
  await served();
});

test.each(transports)("over %s no client may renegotiate", async (transport) => {
  const server = await startTestServer({ tls: await selfSigned() });
  const served = await undisturbed(server);
  const socket = connect(portOf(server, transport), { maxVersion: "TLSv1.2" });
  await once(socket, "secureConnect");
  const error = await new Promise<NodeJS.ErrnoException>((resolve) => {
    socket.once("error", resolve);
    socket.renegotiate({}, () => {});
  });
  expect(error.code).toBe("ERR_SSL_NO_RENEGOTIATION");
  socket.destroy();
  await served();
});

test.each(transports)(
  "over %s a name that the certificate does not have is for the client to refuse",
  async (transport) => {
    const tls = await selfSigned();
    const server = await startTestServer({ tls });
    const served = await undisturbed(server);
    const port = portOf(server, transport);
    const trusted = { ca: tls.cert, rejectUnauthorized: true };
    const wrong = connect(port, { ...trusted, servername: "elsewhere.example" });
    const [error] = (await once(wrong, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
    const right = connect(port, { ...trusted, servername: "localhost" });
    expect(await reached(right)).toBe("secure");
    right.destroy();
    await served();
  },
);

test.each(transports)(
  "over %s what stalls in the handshake is closed at the login timeout, wherever it stalls",
  async (transport) => {
    const server = await startTestServer({ tls: await selfSigned(), loginTimeoutMs: 300 });
    const port = portOf(server, transport);
    // Nothing, a header of a record, the beginning of a hello, and what is no TLS at all.
    for (const bytes of [
      "",
      "1603010200",
      `1603010200010001fc0303${"00".repeat(20)}`,
      "00000010000101020000000100010000",
    ]) {
      const socket = connectTcp(port, "127.0.0.1").resume();
      socket.on("error", () => {});
      socket.write(Buffer.from(bytes, "hex"));
      await once(socket, "close");
    }
  },
);

test.each([1, 2])(
  "with %i processes a renewed certificate is shown to who connects, and who is connected stays",
  async (processes) => {
    const server = await startTestServer({ tls: await selfSigned(), processes });
    const served = await undisturbed(server);
    const before = await shown(server.tcp);
    server.server.renewTls(await selfSigned());
    for (const transport of transports) {
      await expect.poll(() => shown(portOf(server, transport)), { timeout: 5_000 }).not.toBe(before);
    }
    await served();
  },
);

test("what is no certificate is refused, and the old one stays", async () => {
  const server = await startTestServer({ tls: await selfSigned() });
  const before = await shown(server.tcp);
  expect(() => server.server.renewTls({ cert: "nothing", key: "nothing" })).toThrow();
  expect(await shown(server.tcp)).toBe(before);
});

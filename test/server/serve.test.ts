import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import { CimClient, RawConnection } from "../../harness/client/index.ts";
import { selfSignedFiles } from "../../server-ref/testing/certificate.ts";
import { FREE_PORTS, ServeProcess } from "./serve-process.ts";

const processes: ServeProcess[] = [];
let folder: string;

function serve(...args: string[]): ServeProcess {
  const started = new ServeProcess(...args);
  processes.push(started);
  return started;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cupping-serve-"));
});
afterEach(async () => {
  for (const process of processes.splice(0)) await process[Symbol.asyncDispose]();
});
afterAll(() => rm(folder, { recursive: true }));

async function usersFile(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const ACCOUNTS = "user_id,user_name,password,token\n1992,neo,secret,t0ken\n1993,trinity,other,\n";
const NEO = { user_name: "neo", password: "secret" };
const NEO_BY_TOKEN = { user_id: 1992n, user_token: "t0ken" };

test("prints its ports as one line of JSON and serves the accounts of a file on all of them", async () => {
  const path = await usersFile("accounts.csv", ACCOUNTS);
  const server = serve(...FREE_PORTS, "--store", "memory:", "--users-file", path, "--password-cost", "1");
  const { event, tcp, ws, http, pid } = await server.listening();
  expect([event, pid]).toEqual(["listening", server.child.pid]);
  expect((await fetch(`http://127.0.0.1:${http}/readyz`)).status).toBe(200);
  for (const address of [`tcp://127.0.0.1:${tcp}`, `ws://127.0.0.1:${ws}`]) {
    for (const credentials of [NEO, NEO_BY_TOKEN]) {
      using client = await CimClient.connect(address);
      expect((await client.login(credentials)).user).toMatchObject({ user_id: 1992n, nick_name: "neo" });
    }
    using stranger = await CimClient.connect(address);
    await expect(stranger.login({ user_id: 1993n, user_token: "" })).rejects.toMatchObject({ resultCode: 2002 });
    await expect(stranger.login({ ...NEO, password: "wrong" })).rejects.toMatchObject({ resultCode: 2003 });
  }
  const metrics = await (await fetch(`http://127.0.0.1:${http}/metrics`)).text();
  expect(metrics).toContain('cupping_logins_total{result="success"} 4');
  expect(metrics).toContain('cupping_logins_total{result="failure"} 4');
  server.child.kill("SIGTERM");
  expect((await server.ended).stdout).toHaveLength(1);
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "drains on %s: what was acknowledged stays, and it exits 0",
  async (signal) => {
    const path = await usersFile("accounts.csv", ACCOUNTS);
    const args = [...FREE_PORTS, "--store", `sqlite:${join(folder, `${signal}.db`)}`, "--users-file", path];
    const server = serve(...args);
    const { tcp } = await server.listening();
    const client = await CimClient.connect(`tcp://127.0.0.1:${tcp}`);
    await client.login(NEO);
    const acknowledged = await client.sendText(1993n, "before the end");
    const closed = new Promise((resolve) => {
      client.onState((state) => state.status === "closed" && resolve(state.reason));
    });
    server.child.kill(signal);
    expect(await closed).toMatchObject({ how: "fin" });
    expect(await server.ended).toMatchObject({ code: 0, signal: null, stdout: [expect.any(String)] });
    const again = serve(...args);
    using reader = await CimClient.connect(`tcp://127.0.0.1:${(await again.listening()).tcp}`);
    await reader.login({ user_name: "trinity", password: "other" });
    const [message] = await reader.historyPage(1992n);
    expect(message).toMatchObject({
      server_msg_id: acknowledged.server_msg_id,
      client_msg_id: acknowledged.client_msg_id,
    });
  },
);

test("closes connections that do not log in within --login-timeout", async () => {
  const server = serve(...FREE_PORTS, "--store", "memory:", "--login-timeout", "200ms");
  const idle = await RawConnection.open(`tcp://127.0.0.1:${(await server.listening()).tcp}`);
  const { how } = await idle.waitForClose({ deadlineMs: 10_000 });
  expect(how).toBe("fin");
});

test("speaks TLS over TCP and WebSocket with a certificate and its key", async () => {
  const [cert, key] = ["cert", "key"].map((kind) => join("harness/client/testing", `localhost.${kind}.pem`)) as [
    string,
    string,
  ];
  const ca = await readFile(cert, "utf8");
  const path = await usersFile("accounts.csv", ACCOUNTS);
  const args = [
    "--host",
    "localhost",
    "--store",
    "memory:",
    "--users-file",
    path,
    "--tls-cert",
    cert,
    "--tls-key",
    key,
  ];
  const server = serve(...FREE_PORTS, ...args);
  const { tcp, ws } = await server.listening();
  for (const address of [`tls://localhost:${tcp}`, `wss://localhost:${ws}`]) {
    using client = await CimClient.connect(address, { ca });
    expect((await client.login(NEO)).user.user_id).toBe(1992n);
    await client.request(commands.FRIEND_QUERY_USER_LIST_REQ, { user_id: 1992n });
  }
  // A client without TLS is turned away and disturbs nobody.
  const plain = await RawConnection.open(`tcp://localhost:${tcp}`);
  await plain.send(Buffer.from("00000010000100000000010500070000", "hex"));
  await plain.waitForClose({ deadlineMs: 20_000 });
  expect(plain.received).toEqual([]);
  using client = await CimClient.connect(`tls://localhost:${tcp}`, { ca });
  await client.login(NEO);
});

test("SIGHUP takes a renewed certificate from its files, and what is none leaves the old one", async () => {
  const { cert, key } = await selfSignedFiles(folder);
  const server = serve(...FREE_PORTS, "--store", "memory:", "--tls-cert", cert, "--tls-key", key);
  const { tcp } = await server.listening();
  const shown = async (): Promise<string> => {
    const socket = connectTls({ port: tcp, host: "127.0.0.1", rejectUnauthorized: false });
    await once(socket, "secureConnect");
    const { fingerprint256 } = socket.getPeerCertificate();
    socket.destroy();
    return fingerprint256;
  };
  const stderr = server.child.stderr as NodeJS.ReadableStream;
  const told = async (what: string): Promise<void> => {
    for (let line = ""; !line.includes(what); ) line += (await once(stderr, "data"))[0];
  };
  const before = await shown();
  await selfSignedFiles(folder);
  const taken = told("took the certificate and its key anew");
  server.child.kill("SIGHUP");
  await taken;
  const renewed = await shown();
  expect(renewed).not.toBe(before);
  await writeFile(cert, "nothing");
  const refused = told(`goes on with the old certificate: ${cert} and ${key} are not a PEM certificate and its key`);
  server.child.kill("SIGHUP");
  await refused;
  expect(await shown()).toBe(renewed);
});

test("exits 3 with --strict-log when the log of a killed server is missing, and starts without it", async () => {
  const path = await usersFile("accounts.csv", ACCOUNTS);
  const database = join(folder, "strict.db");
  const args = [...FREE_PORTS, "--store", `sqlite:${database}`, "--users-file", path];
  const server = serve(...args);
  await server.listening();
  server.child.kill("SIGKILL");
  await server.ended;
  await rm(`${database}-wal`);
  const strict = await serve(...args, "--strict-log").ended;
  expect(strict).toMatchObject({ code: 3, stdout: [] });
  expect(strict.stderr).toMatch(/^.*strict\.db-wal.* is missing .*\n$/);
  const lenient = serve(...args);
  await lenient.listening();
  lenient.child.kill("SIGTERM");
  expect((await lenient.ended).stderr).toMatch(/strict\.db-wal.* is missing /);
});

test("leaves no database behind when it does not start, and one that was there as it was", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const { port } = blocker.address() as AddressInfo;
  const databases = await mkdtemp(join(folder, "databases-"));
  const store = `sqlite:${join(databases, "chat.db")}`;
  const blocked = [...FREE_PORTS.slice(0, -1), String(port), "--store", store];
  expect((await serve(...blocked).ended).code).toBe(3);
  expect(await readdir(databases)).toEqual([]);

  const first = serve(...FREE_PORTS, "--store", store);
  await first.listening();
  first.child.kill("SIGTERM");
  await first.ended;
  expect((await serve(...blocked).ended).code).toBe(3);
  expect(await readdir(databases)).toEqual(["chat.db"]);
  blocker.close();
});

test("says in one sentence that a port is taken, tells a parent by a code, and exits 3", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const { port } = blocker.address() as AddressInfo;
  for (const option of ["--tcp", "--ws", "--http"]) {
    const free = FREE_PORTS.map((word, index, all) => (all[index - 1] === option ? String(port) : word));
    const server = serve(...free, "--store", "memory:");
    const { code, stdout, stderr } = await server.ended;
    expect(stderr).toBe(
      `cupping: port ${port} on 127.0.0.1 is taken by another process; choose another by ${option}, or 0 for any free one\n`,
    );
    expect([code, stdout]).toEqual([3, []]);
    // For a parent that has to know why, without reading the sentence.
    expect(server.told).toMatchObject({ code: "port-taken" });
  }
  blocker.close();
});

test.each([
  [["--tcp", "65536"], 2, /--tcp takes a whole number from 0 to 65535, but got 65536/],
  [
    ["--store", "sqlite:/no/such/folder/x.db"],
    3,
    /cannot open the database \/no\/such\/folder\/x\.db: there is no folder \/no\/such\/folder/,
  ],
  [["--durability", "none"], 2, /durability/],
  [["--users-file", "package.json"], 2, /package\.json, line \d+: /],
  [["--host", "203.0.113.1"], 2, /--host is "203\.0\.113\.1", which is not an address of this machine/],
  [["--login-timout", "1s"], 2, /there is no option --login-timout; did you mean --login-timeout\?/],
])("refuses %j with exit code %i and one sentence", async (args, code, sentence) => {
  const defaults = [...FREE_PORTS.slice(args.includes("--tcp") ? 4 : 0), "--store", "memory:"];
  const ended = await serve(...args, ...(args.includes("--store") ? FREE_PORTS : defaults)).ended;
  expect(ended.stderr).toMatch(sentence);
  expect(ended.stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(ended).toMatchObject({ code, stdout: [] });
});

import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Registration } from "../accounts/registration.ts";
import { apiHandlers } from "./api.ts";
import { createHttpApp } from "./app.ts";

const PASSWORD = "e10adc3949ba59abbe56e057f20f883e";
const JSON_TYPE = "application/json; charset=utf-8";

const registered: Registration[] = [];
const failures: string[] = [];
let unready: string | undefined;
let metricsFail = false;
/** What registrations wait for once they are done. */
let delayed: Promise<void> | undefined;

const app = createHttpApp({
  handlers: apiHandlers({
    allowRegistration: () => true,
    registrationTurns: (_address, work) => work(),
    registerAccount: async (registration) => {
      if (registration.user_name === "broken") throw new Error("the store is gone");
      if (registered.some(({ user_name }) => user_name === registration.user_name)) return false;
      registered.push(registration);
      await delayed;
      return true;
    },
    findNickname: async (userId) => {
      if (userId === 500n) throw new Error("the store is gone");
      return userId === 7n ? 'Alice \\ "A" 😀' : undefined;
    },
  }),
  probes: {
    unreadyReason: async () => unready,
    metrics: async () => {
      if (metricsFail) throw new Error("no registry");
      return { contentType: "text/plain; version=0.0.4; charset=utf-8", text: "connections 1\n" };
    },
  },
  onFailure: (path, error) => failures.push(`${path}: ${(error as Error).message}`),
});
const HOST = "127.0.0.1";
let port: number;
let base: string;

beforeAll(async () => {
  port = await app.listen({ host: HOST, port: 0 });
  base = `http://${HOST}:${port}`;
});
afterAll(() => app.close());

interface Answer {
  status: number;
  type: string | null;
  error_code: number;
  error_msg: string;
  nick_name?: string;
}

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(base + path, init);
  const body = (await response.json()) as Omit<Answer, "status" | "type">;
  return { status: response.status, type: response.headers.get("content-type"), ...body };
}

function register(body: unknown, headers: Record<string, string> = { "content-type": JSON_TYPE }): Promise<Answer> {
  return ask("/user/register", {
    method: "POST",
    headers,
    body: typeof body === "string" || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
  });
}

function account(userName: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { userName, userNickName: "Nick", userPwd: PASSWORD, ...changes };
}

test("registers with status 200 and JSON (HTTP-01)", async () => {
  const answer = await register(account("alice"));
  expect(answer).toEqual({ status: 200, type: JSON_TYPE, error_code: 200, error_msg: "success" });
  expect(registered).toContainEqual({ user_name: "alice", nick_name: "Nick", password: PASSWORD });
});

test("answers 9000 for a name that is taken (HTTP-08)", async () => {
  await register(account("twice"));
  expect(await register(account("twice"))).toMatchObject({
    status: 200,
    error_code: 9000,
    error_msg: "user already exist",
  });
});

test.each(["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "LOCK"])(
  "answers 9001 to %s (HTTP-02)",
  async (method) => {
    const init =
      method === "GET"
        ? { method }
        : { method, headers: { "content-type": JSON_TYPE }, body: JSON.stringify(account("method")) };
    expect(await ask("/user/register", init)).toMatchObject({ status: 200, error_code: 9001 });
  },
);

test("answers HEAD with status 200 and no body", async () => {
  const response = await fetch(`${base}/user/register`, { method: "HEAD" });
  expect([response.status, await response.text()]).toEqual([200, ""]);
});

test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "nonsense", ""])(
  "answers 9001 to the content type %j (HTTP-02)",
  async (type) => {
    expect(await register(account("content"), { "content-type": type })).toMatchObject({
      status: 200,
      error_code: 9001,
    });
  },
);

test.each(["application/json", "application/json;charset=utf-8", "Application/JSON ; charset=UTF-8"])(
  "accepts the content type %j (HTTP-02)",
  async (type) => {
    expect((await register(account(`type-${registered.length}`), { "content-type": type })).error_code).toBe(200);
  },
);

test.each([
  "",
  "{",
  "null",
  "[]",
  '"text"',
  JSON.stringify(account("wrong", { userName: 12345 })),
  JSON.stringify(account("wrong", { userNickName: {} })),
  JSON.stringify(account("wrong", { userPwd: null })),
])("answers 9001 'invalid parameters' to the body %j (HTTP-03)", async (body) => {
  expect(await register(body)).toMatchObject({ status: 200, error_code: 9001, error_msg: "invalid parameters" });
});

test("answers 9001 to a body that is not UTF-8, or too large", async () => {
  const latin1 = Buffer.from(JSON.stringify(account("müller")), "latin1");
  expect(await register(latin1)).toMatchObject({ error_code: 9001, error_msg: "invalid parameters" });
  expect(await register(account("large", { more: "x".repeat(100_000) }))).toMatchObject({
    status: 200,
    error_code: 9001,
  });
});

test.each([
  ["userName", { userName: "four" }],
  ["userName", { userName: "x".repeat(33) }],
  ["userName", { userName: "ü".repeat(17) }],
  ["userName", { userName: "  four  " }],
  ["userName", { userName: "nul\0nul" }],
  ["userName", { userName: undefined }],
  ["userPwd", { userPwd: PASSWORD.slice(1) }],
  ["userPwd", { userPwd: `${PASSWORD}0` }],
  ["userPwd", { userPwd: undefined }],
  ["userNickName", { userNickName: "" }],
  ["userNickName", { userNickName: " \t " }],
  ["userNickName", { userNickName: "n".repeat(33) }],
  ["userNickName", { userNickName: "\ud800" }],
])("answers 9001 'invalid %s' to %j (HTTP-04, HTTP-05, HTTP-06)", async (what, changes) => {
  expect(await register(account("limits", changes))).toMatchObject({ error_code: 9001, error_msg: `invalid ${what}` });
});

test("counts the name in bytes and the nickname in characters", async () => {
  const longest = account("ü".repeat(16), { userNickName: "😀".repeat(32) });
  expect((await register(longest)).error_code).toBe(200);
});

test("checks name, password and nickname in this order (HTTP-07)", async () => {
  expect((await register({ userName: "x", userNickName: "", userPwd: "" })).error_msg).toBe("invalid userName");
  expect((await register({ userName: "order", userNickName: "", userPwd: "" })).error_msg).toBe("invalid userPwd");
  expect((await register({ userName: "order", userNickName: "", userPwd: PASSWORD })).error_msg).toBe(
    "invalid userNickName",
  );
  expect((await register("{", { "content-type": "text/plain" })).error_msg).toBe("invalid content type");
});

test("trims the three values and keeps everything else as it is (HTTP-09, HTTP-10)", async () => {
  const name = `q'"\\%; ü😀`;
  await register(account(`  ${name}\n`, { userNickName: `  ${name} `, userPwd: ` ${PASSWORD} ` }));
  expect(registered).toContainEqual({ user_name: name, nick_name: name, password: PASSWORD });
});

test("answers 201 to an internal failure and tells the operator (HTTP-11)", async () => {
  expect(await register(account("broken"))).toMatchObject({ status: 200, error_code: 201 });
  expect(failures).toContain("/user/register: the store is gone");
});

test("finds a nickname by query and by posted form, success being 0 (HTTP-14)", async () => {
  const found = { status: 200, error_code: 0, nick_name: 'Alice \\ "A" 😀' };
  expect(await ask("/user/nickname/query?user_id=7")).toMatchObject(found);
  const form = { method: "POST", body: new URLSearchParams({ user_id: "7" }) };
  expect(await ask("/user/nickname/query", form)).toMatchObject(found);
  expect(await ask("/user/nickname/query?user_id=8", form)).toMatchObject(found);
});

test.each([
  ["", { error_code: -1, error_msg: "miss user_id filed" }],
  ["?user_id=", { error_code: -1, error_msg: "miss user_id filed" }],
  ["?user_id=seven", { error_code: -1, error_msg: "invalid user_id" }],
  ["?user_id=-7", { error_code: -1, error_msg: "invalid user_id" }],
  ["?user_id=7.0", { error_code: -1, error_msg: "invalid user_id" }],
  ["?user_id=18446744073709551616", { error_code: -1, error_msg: "invalid user_id" }],
  ["?user_id=18446744073709551615", { error_code: 9002, nick_name: "" }],
  ["?user_id=500", { error_code: -1 }],
  ["?user_id=%zz", { error_code: -1 }],
])("answers the nickname query %j (HTTP-15)", async (query, expected) => {
  expect(await ask(`/user/nickname/query${query}`)).toMatchObject({ status: 200, ...expected });
});

test("makes nicknames by any method (HTTP-16)", async () => {
  const names = new Set<string | undefined>();
  for (let n = 0; n < 20; n++) names.add((await ask("/user/nickname/generate?version=1")).nick_name);
  expect(names.size).toBeGreaterThan(1);
  for (const name of names) expect(name).toMatch(/^\p{Script=Han}{2,3}$/u);
  expect((await ask("/user/nickname/generate?version=1", { method: "LOCK" })).error_code).toBe(200);
  const posted = await ask("/user/nickname/generate?version=1", {
    method: "POST",
    body: "{",
    headers: { "content-type": "application/json" },
  });
  expect(posted).toMatchObject({ status: 200, error_code: 200 });
  expect(await ask("/user/nickname/generate")).toMatchObject({ error_code: -1, error_msg: "invalid parameters" });
  expect(await ask("/user/nickname/generate?version=2")).toMatchObject({
    error_code: -1,
    error_msg: "invalid version",
  });
});

test("answers the probes", async () => {
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  expect((await fetch(`${base}/readyz`)).status).toBe(200);
  expect((await fetch(`${base}/readyz`, { method: "HEAD" })).status).toBe(200);
  unready = "draining";
  const response = await fetch(`${base}/readyz`);
  unready = undefined;
  expect([response.status, await response.json()]).toEqual([503, { status: "unready", reason: "draining" }]);
  const metrics = await fetch(`${base}/metrics`);
  expect([metrics.headers.get("content-type"), await metrics.text()]).toEqual([
    "text/plain; version=0.0.4; charset=utf-8",
    "connections 1\n",
  ]);
});

test("answers 405 to a probe by another method", async () => {
  const response = await fetch(`${base}/healthz`, { method: "POST", body: "{}" });
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});

test("answers 500 to a probe that fails", async () => {
  metricsFail = true;
  const response = await fetch(`${base}/metrics`);
  metricsFail = false;
  expect([response.status, await response.json()]).toEqual([500, { status: "failed", reason: "no registry" }]);
});

/** The whole text that comes back for what was written. */
async function exchange(lines: string[]): Promise<string> {
  const socket = connect(port, HOST);
  socket.end([...lines, "", ""].join("\r\n"));
  return await text(socket);
}

test("takes a target with scheme and host, as proxies send it, and one with encoded letters", async () => {
  const query = (target: string): Promise<string> =>
    exchange([`GET ${target} HTTP/1.1`, "host: x", "connection: close"]);
  expect(await query("http://im.example/user/nickname/query?user_id=7")).toContain('"error_code":0');
  expect(await query("/user/nickn%61me/query?user_id=7")).toContain('"error_code":0');
});

test("goes on over the same connection after a body that nobody wanted", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const post = async (path: string, body: string): Promise<{ reused: boolean; status: number | undefined }> => {
    const asking = request({ agent, host: HOST, port, path, method: "POST", headers: { "content-type": JSON_TYPE } });
    asking.end(body);
    const [response] = await once(asking, "response");
    await text(response);
    return { reused: asking.reusedSocket, status: response.statusCode };
  };
  const large = JSON.stringify(account("large", { more: "x".repeat(1_000_000) }));
  expect(await post("/user/register", large)).toEqual({ reused: false, status: 200 });
  expect(await post("/nowhere", large)).toEqual({ reused: true, status: 404 });
  expect(await post("/user/register", JSON.stringify(account("after")))).toEqual({ reused: true, status: 200 });
  agent.destroy();
});

test("answers requests that came together in their order", async () => {
  const ask = (id: number): string[] => [`GET /user/nickname/query?user_id=${id} HTTP/1.1`, "host: x", ""];
  const answers = await exchange([...ask(7), ...ask(8), "GET /healthz HTTP/1.1", "host: x", "connection: close"]);
  expect(answers.match(/"error_code":\d+|"status":"ok"/g)).toEqual([
    '"error_code":0',
    '"error_code":9002',
    '"status":"ok"',
  ]);
});

test("outlives a client that leaves before its answer is there", async () => {
  const body = JSON.stringify(account("impatient"));
  const socket = connect(port, HOST);
  socket.on("error", () => undefined);
  const { promise, resolve } = Promise.withResolvers<void>();
  delayed = promise;
  socket.write(`POST /user/register HTTP/1.1\r\nhost: x\r\ncontent-type: ${JSON_TYPE}\r\n`);
  socket.write(`content-length: ${body.length}\r\n\r\n${body}`);
  await expect.poll(() => registered.some(({ user_name }) => user_name === "impatient")).toBe(true);
  socket.resetAndDestroy();
  await once(socket, "close");
  resolve();
  delayed = undefined;
  expect((await register(account("patient"))).error_code).toBe(200);
});

test.each(["/", "/user", "/user/register/", "/%zz"])("answers 404 to the unknown path %s", async (path) => {
  expect(await ask(path)).toMatchObject({ status: 404, error_code: -1 });
});

test("outlives clients that send garbage or half a request", async () => {
  for (const garbage of ["\0\x01\x02\r\n\r\n", "POST /user/register HTTP/1.1\r\ncontent-length: 900\r\n\r\n{"]) {
    const socket = connect(port, HOST);
    socket.on("error", () => undefined);
    socket.write(garbage);
    socket.end();
    await new Promise((resolve) => socket.once("close", resolve).resume());
  }
  expect((await register(account("survivor"))).error_code).toBe(200);
});

test("finishes what was asked before it closes, and cuts who never ends asking", async () => {
  const { promise: registering, resolve: finish } = Promise.withResolvers<boolean>();
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const closing = createHttpApp({
    handlers: apiHandlers({
      allowRegistration: () => true,
      registrationTurns: (_address, work) => work(),
      registerAccount: () => {
        isAsked();
        return registering;
      },
      findNickname: async () => undefined,
    }),
    probes: { unreadyReason: async () => undefined, metrics: async () => ({ contentType: "text/plain", text: "" }) },
  });
  const closingPort = await closing.listen({ host: HOST, port: 0 });
  const address = `http://${HOST}:${closingPort}`;
  const endless = connect(closingPort, HOST);
  endless.on("error", () => undefined);
  endless.write("POST /user/register HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n{");
  const headers = { "content-type": JSON_TYPE };
  const body = JSON.stringify(account("late caller"));
  const answer = fetch(`${address}/user/register`, { method: "POST", headers, body }).then((response) =>
    response.json(),
  );
  await asked;
  const closed = closing.close();
  finish(true);
  expect(await answer).toEqual({ error_code: 200, error_msg: "success" });
  await closed;
  await expect(fetch(address)).rejects.toThrow();
});

import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultsOf } from "../options/row.ts";
import { type ServeArguments, serveOptions } from "../options/serve.ts";
import { readServerOptions } from "./server-options.ts";

/** What the parser makes of a command line without options. */
const defaults = (): ServeArguments => defaultsOf(serveOptions.rows);

test("the defaults are those of the documents", async () => {
  const settings = await readServerOptions(defaults());
  expect(settings).toMatchObject({
    tcp: 8000,
    ws: 8001,
    http: 18080,
    store: "sqlite:./cupping.db",
    durability: "process",
    loginTimeoutMs: 15_000,
    heartbeatTimeoutMs: 60_000,
    ackTimeoutMs: 15_000,
    callAnswerTimeoutMs: 60_000,
    callHeartbeatTimeoutMs: 30_000,
    maxFrameLength: 10_485_760,
    maxIncomingBytes: 268_435_456,
    requestRate: 0,
    mutants: [],
  });
  for (const left of ["tls", "bus", "usersFile", "robotWebhook", "passwordCost"])
    expect(settings).not.toHaveProperty(left);
});

test("reads every option that has no default", async () => {
  const pem = (kind: string): string => join("harness/client/testing", `localhost.${kind}.pem`);
  const settings = await readServerOptions({
    ...defaults(),
    bus: "redis://127.0.0.1:6379",
    maxConnections: 5,
    passwordCost: 1,
    usersFile: "users.csv",
    robotWebhook: "http://127.0.0.1/answer",
    robotTimeout: "1500ms",
    tlsCert: pem("cert"),
    tlsKey: pem("key"),
  });
  expect(settings).toMatchObject({
    bus: "redis://127.0.0.1:6379",
    maxConnections: 5,
    passwordCost: 1,
    usersFile: "users.csv",
    robotWebhook: "http://127.0.0.1/answer",
    robotTimeoutMs: 1500,
    tls: { cert: expect.stringContaining("CERTIFICATE"), key: expect.stringContaining("KEY") },
  });
});

test.each<[Partial<ServeArguments>, RegExp]>([
  [{ tcp: 7000, ws: 7000 }, /two of them are the same$/],
  [{ store: "mysql://x" }, /^--store is "mysql:\/\/x"; expected memory:, sqlite:FILE or postgres:\/\/…$/],
  [{ store: "sqlite:" }, /^--store is "sqlite:"/],
  [{ bus: "nats://x" }, /^--bus is "nats:\/\/x"; expected redis:\/\/… or rediss:\/\/…$/],
  [{ loginTimeout: "soon" }, /^--login-timeout: "soon" is not a duration; expected for example 30s/],
  [{ ackTimeout: "0s" }, /^--ack-timeout is 0s; expected at least 1ms$/],
  [{ robotWebhook: "ftp://x" }, /^--robot-webhook is "ftp:\/\/x"; expected http:\/\/… or https:\/\/…$/],
  [{ robotWebhook: "localhost" }, /^--robot-webhook is "localhost"/],
  [{ tlsCert: "package.json" }, /^--tls-cert and --tls-key belong together; give both or neither$/],
  [{ tlsCert: "package.json", tlsKey: "package.json" }, /are not a PEM certificate and its key/],
  [{ tlsCert: "/no/cert", tlsKey: "/no/key" }, /^--tls-cert: cannot read \/no\/cert/],
  [{ mutant: ["no-such-mutant"] }, /^--mutant: there is no mutant "no-such-mutant"; /],
])("refuses %j in one sentence", async (change, sentence) => {
  const refused = readServerOptions({ ...defaults(), ...change });
  await expect(refused).rejects.toThrow(expect.objectContaining({ code: "usage" }));
  await expect(refused).rejects.toThrow(sentence);
});

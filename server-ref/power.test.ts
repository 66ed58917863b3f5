import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { commands } from "../codegen/index.ts";
import type { ServerOptions } from "./index.ts";
import { ChildServer } from "./testing/child-server.ts";
import { TestClient } from "./testing/test-client.ts";
import { temporaryFolder } from "./testing/test-server.ts";

const MESSAGES = Array.from({ length: 20 }, (_, index) => `<message ${index}>`);

/** What `--durability` promises shows only in what the process asks of the kernel. */
const whyNotTraced = (): string | undefined =>
  spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0
    ? undefined
    : "needs strace, and the right to use it: the system calls cannot be watched without";

/** The system calls of a server that takes the messages one after the other, in the order in which they returned. */
async function systemCalls(durability: NonNullable<ServerOptions["durability"]>): Promise<string[]> {
  const folder = await temporaryFolder();
  const [traceTo, usersFile] = [join(folder, "trace"), join(folder, "users.csv")];
  await writeFile(usersFile, "1,user1,,token1\n2,user2,,token2\n");
  const child = new ChildServer({ traceTo });
  onTestFinished(() => child.stop());
  const port = await child.serve({ store: `sqlite:${join(folder, "db")}`, usersFile, durability });
  const client = await TestClient.connect(port);
  await client.request(commands.LOGIN_AUTH_TOKEN_REQ, { user_id: 1n, user_token: "token1" });
  for (const client_msg_id of MESSAGES) {
    const message = { from_user_id: 1n, to_session_id: 2n, client_msg_id, msg_type: 1, session_type: 1 } as const;
    expect((await client.request(commands.MSG_DATA, message)).res_code).toBe(1);
  }
  await client.close();
  await child.stop();
  return (await readFile(traceTo, "utf8")).split("\n");
}

/** The calls from the one that received a message to the one that sent its acknowledgement, without these two. */
function between(calls: readonly string[], message: string): string[] {
  const received = calls.findIndex((call) => /^\d+ +(read\(|<\.\.\. read).*TCP/.test(call) && call.includes(message));
  const acknowledged = calls.findIndex(
    (call, at) => at > received && /^\d+ +writev?\(.*TCP/.test(call) && call.includes(message),
  );
  if (received === -1 || acknowledged === -1) throw new Error(`the trace does not show ${message} and its answer`);
  return calls.slice(received + 1, acknowledged);
}

const isLogWrite = (call: string): boolean => /pwrite64\(\d+<[^>]*-wal>/.test(call);
/** A sync that returned; one that other threads' calls interrupt in the trace is told in two lines. */
const isLogSync = (call: string): boolean =>
  /f(data)?sync\(\d+<[^>]*-wal>\) += 0$/.test(call) || /<\.\.\. f(data)?sync resumed>\) += 0$/.test(call);

test("with `power` the log is written and then synced between each message and its acknowledgement", async ({
  skip,
}) => {
  const reason = whyNotTraced();
  if (reason !== undefined) skip(reason);
  const calls = await systemCalls("power");
  for (const message of MESSAGES) {
    const meanwhile = between(calls, message);
    const written = meanwhile.findLastIndex(isLogWrite);
    expect(written, `${message} is in the log before it is acknowledged`).not.toBe(-1);
    expect(meanwhile.slice(written).some(isLogSync), `the log is synced after ${message} was written`).toBe(true);
  }
}, 60_000);

test("with `process` the log is written between each message and its acknowledgement, and not synced", async ({
  skip,
}) => {
  const reason = whyNotTraced();
  if (reason !== undefined) skip(reason);
  const calls = await systemCalls("process");
  for (const message of MESSAGES) {
    const meanwhile = between(calls, message);
    expect(meanwhile.some(isLogWrite), `${message} is in the log before it is acknowledged`).toBe(true);
    expect(meanwhile.some(isLogSync), "nobody waits for the disk").toBe(false);
  }
}, 60_000);

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { commands } from "../../codegen/index.ts";
import { openAccounts, takeAccounts } from "../accounts/index.ts";
import { CimClient, RawConnection } from "../client/index.ts";
import { canMountDisks, openTarget, parseTarget, reachTarget, startReferenceServer } from "./index.ts";

/** Password hashes are made slow on purpose; here they only cost time. */
const fast = { serveArguments: ["--password-cost", "1"] };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("users who are registered log in and talk; a crash loses nothing and clients catch up (HB-05, SYS-01)", async () => {
  await using target = await startReferenceServer(fast);
  const [a, b] = await takeAccounts(openAccounts({ http: target.http, seed: 7 }), 2);
  const options = { reconnect: { delaysMs: [20] }, heartbeatMs: false } as const;
  using alice = await CimClient.connect(target.address, { ...options, label: "alice" });
  using bob = await CimClient.connect(target.addresses.ws as never, { ...options, label: "bob" });
  await alice.login(a as never);
  const { user } = await bob.login(b as never);
  const before = target.control?.pid as number;

  const sending = ["one", "two", "three"].map((text) => alice.sendText(user.user_id, text));
  await target.control?.crash();
  expect(target.control?.pid).not.toBe(before);
  expect(isAlive(before)).toBe(false);
  expect((await Promise.all(sending)).map((ack) => ack.server_msg_id)).toEqual([1n, 2n, 3n]);
  for (const text of ["one", "two", "three"]) {
    expect(Buffer.from((await bob.waitFor(commands.MSG_DATA)).message.msg_data).toString()).toBe(text);
  }
  await bob.ready();
  const session = (await bob.sessions()).contact_session_list.find(({ session_id }) => session_id === alice.userId);
  expect(session).toMatchObject({ unread_cnt: 3, server_msg_id: 3n });
});

test("a server whose port was taken while it was down starts once the port is free again", async () => {
  await using target = await startReferenceServer(fast);
  await target.control?.kill();
  const intruder = createServer().listen(target.addresses.tcp?.port, "127.0.0.1");
  await once(intruder, "listening");
  const started = target.control?.start();
  await expect.poll(() => target.logTail().join("\n"), { timeout: 30_000 }).toContain("is taken");
  intruder.close();
  await started;
  await using connection = await RawConnection.open(target.address);
  expect(connection).toBeDefined();
});

test("a paused server answers nothing, a resumed one goes on", async () => {
  await using target = await startReferenceServer(fast);
  using client = await CimClient.connect(target.address, { heartbeatMs: false });
  const login = { user_name: "nobody", password: "x" };
  target.control?.pause();
  await expect(client.login(login, { deadlineMs: 100 })).rejects.toMatchObject({ code: "deadline" });
  target.control?.resume();
  await expect(client.login(login)).rejects.toMatchObject({ code: "login-refused" });
});

test("timers reach the server: a connection without login is closed after the given time (LOGIN-10)", async () => {
  await using target = await startReferenceServer({ ...fast, timers: { login: 200 } });
  using raw = await RawConnection.open(target.address);
  expect((await raw.waitForClose()).how).toBe("fin");
});

test("a server that cannot start is a target error with the end of its log", async () => {
  const start = startReferenceServer({ serveArguments: ["--such-option"] });
  await expect(start).rejects.toThrow(expect.objectContaining({ code: "target" }));
  await expect(start).rejects.toThrow(/ended with code 2; its log ends with:\n.*such-option/s);
});

test("stopping ends the process and removes its data; its use of the machine was measured", async () => {
  const target = await openTarget(parseTarget("ref"), fast);
  const pid = target.control?.pid as number;
  if (existsSync("/proc/self/stat")) {
    const usage = await target.usage();
    expect(usage?.cpuSeconds).toBeGreaterThan(0);
    expect(usage?.rssBytes).toBeGreaterThan(10_000_000);
    expect(usage?.rssPeakBytes).toBeGreaterThanOrEqual(usage?.rssBytes as number);
  }
  await target.stop();
  await target.stop();
  expect(isAlive(pid)).toBe(false);
  await expect(target.control?.start()).rejects.toThrow("was stopped and will not start again");
});

test.each(["SIGKILL", "SIGINT"] as const)(
  "the server does not outlive a harness that is ended by %s",
  async (signal) => {
    const index = JSON.stringify(join(import.meta.dirname, "index.ts"));
    const program = `const { startReferenceServer } = await import(${index});
    const target = await startReferenceServer();
    console.log(target.control.pid);
    setInterval(() => {}, 1000);`;
    const harness = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(harness.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    harness.kill(signal);
    await once(harness, "exit");
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 20_000, interval: 20 });
  },
);

test("a running server is reached, an absent one is a target error", async () => {
  await using ref = await startReferenceServer(fast);
  await using target = await reachTarget(ref.address, ref.http);
  expect(target).toMatchObject({ startedBy: "external", http: ref.http, control: undefined });
  const { address } = ref;
  await ref.stop();
  await expect(reachTarget(address, undefined)).rejects.toThrow(expect.objectContaining({ code: "target" }));
});

test.skipIf(!canMountDisks())(
  "a process that ends at once takes the disk and the folder of its server along",
  async () => {
    const temporary = mkdtempSync(join(tmpdir(), "cupping-at-once-"));
    try {
      const script = `
      import { startReferenceServer } from ${JSON.stringify(join(import.meta.dirname, "reference-server.ts"))};
      await startReferenceServer({ diskBytes: 16 * 1024 * 1024 });
      process.exit(7);`;
      const { status, stderr } = spawnSync(process.execPath, ["--input-type=module-typescript", "--eval", script], {
        encoding: "utf8",
        env: { ...process.env, TMPDIR: temporary },
      });
      expect(status, stderr).toBe(7);
      expect(stderr).toBe("");
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      rmSync(temporary, { recursive: true });
    }
  },
);

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { openAccounts, takeAccounts } from "../accounts/index.ts";
import { CimClient, withUser } from "../client/index.ts";
import { ownerName } from "../owner.ts";
import { containerEngine } from "./container-engine.ts";
import { buildImage } from "./container-image.ts";
import { hasEngine, openTarget, startContainer } from "./index.ts";
import { OWNER_LABEL, removeOrphans } from "./orphans.ts";

const isThere = await hasEngine();
if (!isThere) process.stderr.write("container tests are skipped: no Docker engine answers (docker version)\n");

const containersOf = (pid: number): string[] =>
  execFileSync("docker", ["ps", "--all", "--format", "{{.Names}}", "--filter", `name=cupping-${pid}-`], {
    encoding: "utf8",
  })
    .split("\n")
    .filter((name) => name !== "");

describe.skipIf(!isThere)("a server in a container", { timeout: 120_000 }, () => {
  let image: string;
  beforeAll(async () => {
    image = await buildImage();
  }, 600_000);

  test("is started healthy, keeps its data over a crash, is measured and logged, and leaves nothing behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cupping-container-"));
    const target = await startContainer({ image, logFolder: folder });
    const [alice, bob] = await takeAccounts(openAccounts({ http: target.http, seed: 1 }), 2);
    const reconnect = { delaysMs: [200] };
    using a = await CimClient.connect(target.address, { reconnect });
    using b = await CimClient.connect(target.addresses.ws as never);
    await a.login(alice as never);
    await b.login(bob as never);
    await a.sendText(b.userId, "before");
    const before = await target.usage();
    expect(before?.rssBytes).toBeGreaterThan(10_000_000);
    expect(before?.cpuSeconds).toBeGreaterThan(0.05);
    await target.control?.crash();
    // The engine counts a new start from zero, the target goes on.
    expect((await target.usage())?.cpuSeconds).toBeGreaterThan(before?.cpuSeconds as number);
    await a.ready({ deadlineMs: 60_000 });
    await a.sendText(b.userId, "after");
    const rows = await a.historyPage(withUser(b.userId));
    expect(rows.map((row) => Buffer.from(row.msg_data).toString())).toEqual(["before", "after"]);
    expect(target.logTail().join("\n")).toContain('"event":"listening"');
    await target.stop();
    await target.stop();
    // Once from each of the two starts: what came before the crash is neither lost nor told twice.
    const listening = readFileSync(join(folder, "server.log"), "utf8").match(/"event":"listening"/g);
    expect(listening).toHaveLength(2);
    expect(containersOf(process.pid)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test("runs without root's rights and on nothing but Node", () => {
    const run = (...words: string[]): string =>
      execFileSync("docker", ["run", "--rm", "--entrypoint", "node", image, ...words], { encoding: "utf8" }).trim();
    expect(run("-p", "process.getuid()")).toBe("1000");
    expect(run("-p", "process.versions.node.split('.')[0] >= 24")).toBe("true");
  });

  test("is removed when the harness is killed", async () => {
    const index = JSON.stringify(join(import.meta.dirname, "index.ts"));
    const program = `const { startContainer } = await import(${index});
      await startContainer({ image: ${JSON.stringify(image)} });
      console.log("up");
      setInterval(() => {}, 1000);`;
    const harness = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await Promise.race([once(harness.stdout, "data"), once(harness, "exit")])) as [unknown];
    expect(String(line)).toContain("up");
    const pid = harness.pid as number;
    expect(containersOf(pid)).toHaveLength(1);
    harness.kill("SIGKILL");
    await vi.waitFor(() => expect(containersOf(pid)).toEqual([]), { timeout: 60_000, interval: 100 });
  });

  test("removes what processes that are gone have left, and nothing of those that live", async () => {
    const gone = spawnSync(process.execPath, ["--version"]).pid;
    const leave = (name: string, owner: string): string =>
      execFileSync("docker", ["create", "--name", name, "--label", `${OWNER_LABEL}=${owner}`, image])
        .toString()
        .trim();
    leave(`cupping-${process.pid}-orphan`, ownerName(gone));
    leave(`cupping-${process.pid}-owned`, ownerName());
    await removeOrphans(await containerEngine());
    expect(containersOf(process.pid)).toEqual([`cupping-${process.pid}-owned`]);
    execFileSync("docker", ["rm", `cupping-${process.pid}-owned`]);
  });

  test("that ends by itself is a target error with its log, and is removed", async () => {
    const start = startContainer({ image, containerArguments: ["serve", "--such-option"] });
    await expect(start).rejects.toThrow(expect.objectContaining({ code: "target" }));
    await expect(start).rejects.toThrow(/ended by itself with code 2; its log ends with:\n.*such-option/s);
    expect(containersOf(process.pid)).toEqual([]);
  });
});

test.each([
  [{ compose: "compose.yaml" }, "--compose FILE and --service NAME belong together"],
  [{ compose: "compose.yaml", service: "im", image: "x" }, "--image and --compose exclude each other"],
])("%o is refused in one sentence", async (options, reason) => {
  const open = async (): Promise<unknown> => openTarget({ kind: "container" }, options);
  await expect(open()).rejects.toThrow(expect.objectContaining({ code: "usage" }));
  await expect(open()).rejects.toThrow(reason);
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const launcher = join(import.meta.dirname, "../cupping.js");
const folder = mkdtempSync(join(tmpdir(), "cupping-on-target-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The processes that one has started, as Linux tells of each. */
function childrenOf(pid: number): number[] {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return processes.map(Number).filter((one) => {
    try {
      const [, , parent] = readFileSync(`/proc/${one}/stat`, "utf8")
        .replace(/^.*\) /, "- ")
        .split(" ");
      return Number(parent) === pid;
    } catch {
      return false;
    }
  });
}

/** More sockets than a server has before anybody asks it for an account. */
const MANY_SOCKETS = 12;

function socketsOf(pid: number): number {
  try {
    const links = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
    return links.filter((link) => link.startsWith("socket:")).length;
  } catch {
    // It has closed one meanwhile.
    return 0;
  }
}

test.skipIf(process.platform !== "linux")(
  "a reference server that dies while accounts are registered is told as that",
  { timeout: 120_000 },
  async () => {
    const words = ["load", "idle", "--target", "ref", "--clients", "20000", "--ramp", "10s", "--duration", "1s"];
    const run = spawn(process.execPath, [launcher, ...words], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    let err = "";
    run.stderr.on("data", (chunk) => {
      err += String(chunk);
    });
    const look = setInterval(() => {
      const server = childrenOf(run.pid as number).find((pid) => socketsOf(pid) > MANY_SOCKETS);
      if (server !== undefined) process.kill(server, "SIGKILL");
    }, 50);
    const [code] = (await once(run, "close")) as [number];
    clearInterval(look);
    expect(err).toMatch(/^cupping: the reference server was ended by SIGKILL, before anything was measured/m);
    expect(err).not.toMatch(/ECONNREFUSED|HTTP API/);
    expect(code).toBe(3);
  },
);

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { FREE_PORTS, ServeProcess } from "../../test/server/serve-process.ts";

const LAUNCHER = join(import.meta.dirname, "../cupping.js");
const ONE = "HB-01/answered";
const PATIENCE = { timeout: 60_000, interval: 100 };

const fixed = ({ tcp, ws, http }: { tcp: number; ws: number; http: number }): string[] =>
  Object.entries({ tcp, ws, http }).flatMap(([name, port]) => [`--${name}`, String(port)]);

test("--watch waits for a target that is away, and runs again at each of its restarts until Ctrl-C", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cupping-watch-"));
  const store = ["--store", "memory:"];
  const first = new ServeProcess(...FREE_PORTS, ...store);
  const { tcp, ws, http } = await first.listening();
  await first.stop();

  const target = ["--target", `tcp://127.0.0.1:${tcp}`, "--http", `http://127.0.0.1:${http}`];
  const watch = spawn(process.execPath, [LAUNCHER, "conformance", "--watch", ...target, "--only", ONE], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  for (const stream of [watch.stdout, watch.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      told += text;
    });
  }
  const count = (what: string): number => told.split(what).length - 1;
  try {
    await vi.waitUntil(() => count("waiting for a restart") === 1, PATIENCE);
    expect(count("PASSED")).toBe(0);
    for (const runs of [1, 2]) {
      const server = new ServeProcess(...fixed({ tcp, ws, http }), ...store);
      await server.listening();
      await vi.waitUntil(() => count("waiting for a restart") === runs + 1, PATIENCE);
      expect(count("PASSED")).toBe(runs);
      await server.stop();
    }
    watch.kill("SIGINT");
    expect(await once(watch, "exit")).toEqual([130, null]);
  } finally {
    watch.kill("SIGKILL");
  }
}, 240_000);

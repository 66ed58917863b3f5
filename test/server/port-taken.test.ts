import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";

const launcher = join(import.meta.dirname, "../../bin/cupping.js");

test.each(["tcp", "ws", "http"])(
  "a server whose --%s port is taken says so and ends; nothing keeps its process alive",
  async (door) => {
    await using intruder = createServer().listen(0, "127.0.0.1");
    await once(intruder, "listening");
    const { port } = intruder.address() as AddressInfo;
    const ports = ["tcp", "ws", "http"].map((name) => `--${name}=${name === door ? port : 0}`);
    const child = spawn(process.execPath, [launcher, "serve", ...ports, "--store", "memory:"], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const told = once(child, "message");
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    try {
      expect(await once(child, "close", { signal: AbortSignal.timeout(30_000) })).toEqual([3, null]);
    } finally {
      child.kill("SIGKILL");
    }
    expect(said).toContain(`port ${port} on 127.0.0.1 is taken`);
    // For a parent that has to know why, without reading the sentence.
    expect(await told).toMatchObject([{ code: "port-taken" }, undefined]);
  },
);

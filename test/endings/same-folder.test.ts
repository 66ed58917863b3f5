// Two commands that are given one result folder at the same time: the first keeps it, and the second is told.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Ended, run } from "./command.ts";

const SLOWEST_MS = 120_000;
const folder = mkdtempSync(join(tmpdir(), "cupping-same-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const config = join(folder, "cupping.config.json");
writeFileSync(config, JSON.stringify({ target: "ref", conformance: { only: "HB-01" } }));

const commands: [name: string, words: string[]][] = [
  ["conformance", ["conformance", "--target", "ref", "--only", "HB-01"]],
  ["load", ["load", "chat", "--clients", "2", "--duration", "1s"]],
  ["faults", ["faults", "--only", "latency", "--pairs", "1"]],
  ["gate", ["gate", "--config", config]],
];

test.each(commands)("%s is refused the folder of a run that goes on", { timeout: SLOWEST_MS }, async (name, words) => {
  const out = join(folder, name);
  let second: Promise<Ended> | undefined;
  const first = await run(["load", "chat", "--clients", "4", "--warmup", "0s", "--duration", "60s"], {
    out,
    at: /accounts/,
    act(child) {
      second = run(words, { out }).finally(() => child.kill("SIGINT"));
    },
  });
  const told = await second;
  expect(told?.code).toBe(2);
  expect(told?.said).toMatch(/ is in use by another run \(process \d+\): wait for its end, or name another folder/);
  expect(first.code).toBe(130);
  expect(first.result?.kind).toBe("load");
  expect(first.files).not.toContain(".cupping-run");
});

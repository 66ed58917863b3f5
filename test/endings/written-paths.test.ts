// What an option names to be written is probed before anything is asked of a target, whichever option it is.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareOptions } from "../../bin/options/compare.ts";
import { conformanceOptions } from "../../bin/options/conformance.ts";
import { doctorOptions } from "../../bin/options/doctor.ts";
import { faultOptions } from "../../bin/options/faults.ts";
import { gateOptions } from "../../bin/options/gate.ts";
import { httpOptions } from "../../bin/options/http.ts";
import { k6Options } from "../../bin/options/k6.ts";
import { loadOptions } from "../../bin/options/load.ts";
import { replayOptions } from "../../bin/options/replay.ts";
import { reportOptions } from "../../bin/options/report.ts";
import { kebab, type Rows } from "../../bin/options/row.ts";
import { findK6 } from "../../harness/k6-run/index.ts";

const SLOWEST_MS = 120_000;
const folder = mkdtempSync(join(tmpdir(), "cupping-written-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const hasK6 = await findK6(undefined).then(
  () => true,
  () => false,
);

let asked = 0;
const target = createServer((socket) => {
  asked += 1;
  socket.destroy();
});
let url = "";
beforeAll(async () => {
  target.listen(0, "127.0.0.1");
  await once(target, "listening");
  url = `127.0.0.1:${(target.address() as AddressInfo).port}`;
  writeFileSync(join(folder, "a-file"), "");
  writeFileSync(join(folder, "cupping.config.json"), JSON.stringify({ target: `tcp://${url}` }));
});
afterAll(() => void target.close());

/** Every command that writes what its options name, with what it needs beside them. */
const commands: [words: string[], rows: Rows, reachesTarget: boolean][] = [
  [["conformance", "--only", "HB-01"], conformanceOptions.rows, true],
  [["doctor"], doctorOptions.rows, true],
  [["load", "chat", "--clients", "2"], loadOptions.rows, true],
  [["load", "http"], httpOptions.rows, true],
  [["faults", "--only", "latency"], faultOptions.rows, true],
  [["gate"], gateOptions.rows, true],
  ...(hasK6 ? ([[["k6", "chat"], k6Options.rows, true]] as [string[], Rows, boolean][]) : []),
  [["report", "none.json"], reportOptions.rows, false],
  [["compare", "none.json", "none.json"], compareOptions.rows, false],
];

const written = commands.flatMap(([words, rows, reachesTarget]) =>
  Object.entries(rows).flatMap(([name, { writes, writesWith }]) => {
    if (writes === undefined) return [];
    const wrong = writes === "file" ? "." : join("a-file", "deeper");
    const flag = writesWith === undefined ? [] : [`--${kebab(writesWith)}`];
    return [[`${words[0]} --${kebab(name)}`, [...words, `--${kebab(name)}`, wrong, ...flag], reachesTarget] as const];
  }),
);

test.each(written)("%s is probed first", { timeout: SLOWEST_MS }, async (_what, words, reachesTarget) => {
  const launcher = join(import.meta.dirname, "../../bin/cupping.js");
  const at = reachesTarget ? ["--target", `tcp://${url}`, "--http", `http://${url}`] : [];
  const child = spawn(process.execPath, [launcher, ...words, ...at], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.resume();
  child.stderr.on("data", (chunk) => (said += String(chunk)));
  const [code] = await once(child, "close");
  expect(said).toMatch(/^cupping: could not write [^\n]+\n$/);
  expect(code).toBe(4);
  expect(asked).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(["a-file", "cupping.config.json"]);
});

/** Options whose description sounds as if they named what is written, and which name something else. */
const READ_ONLY = new Set(["history", "users", "knownFailing", "knownFlaky", "tokenUsers", "compose", "list"]);

test("no option that names what is written is without the mark", () => {
  const all = [...commands.map(([, rows]) => rows), replayOptions.rows];
  const sounds = (name: string, describe: string): boolean =>
    /^(out|write|save|store|dump|export)/i.test(name) || /\b(writes?|written|stores?|folder|saves?)\b/i.test(describe);
  const unmarked = all.flatMap((rows) =>
    Object.entries(rows)
      .filter(([name, { type, describe, writes }]) => type === "string" && !writes && sounds(name, describe))
      .map(([name]) => name)
      .filter((name) => !READ_ONLY.has(name)),
  );
  expect(unmarked).toEqual([]);
});

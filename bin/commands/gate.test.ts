import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Result } from "../../harness/result/index.ts";
import type { CuppingConfig } from "../config/index.ts";
import { type Ran, runCupping } from "../report/testing/run-cupping.ts";

// The whole gate, against the real reference server.

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "cupping-gate-"));
});
afterEach(() => rm(dir, { recursive: true }));

const configure = (config: CuppingConfig): Promise<void> =>
  writeFile(join(dir, "cupping.config.json"), JSON.stringify({ target: "ref", ...config }));
const gate = (...args: string[]): Promise<Ran> => runCupping(dir, ["gate", "--out", "out", ...args]);

/** A port on which nothing listens: it was just given back. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 1;
}

describe("gate", () => {
  it("says yes to a server that is right, stores the baseline, and compares with it", async () => {
    await configure({ conformance: { only: "MSG-04" }, baseline: "baseline", report: ["html", "junit"] });
    const first = await gate("--update-baseline");
    expect(first.code, first.err).toBe(0);
    expect(first.out).toMatch(/\nconformance {2}passed {5}failed 0, passed \d+, not judged 0\n\nGATE PASSED\n/);
    expect(first.out).toContain("conformance is stored in baseline as the baseline\n");
    const second = await gate("--json", "--quiet");
    expect(second.code).toBe(0);
    expect(JSON.parse(second.out)).toMatchObject({
      verdict: "pass",
      steps: [{ name: "conformance", verdict: "pass", baseline: { verdict: "pass", reasons: [] } }],
    });
    expect(await readFile(join(dir, "out", "junit.xml"), "utf8")).toContain('failures="0"');
    expect(await readFile(join(dir, "out", "report.html"), "utf8")).toContain("Passed");
  });

  it("says no to a server that breaks a rule, with exit code 1", async () => {
    await configure({ conformance: { only: "LOGOUT-01", mutant: ["logout-unanswered"] } });
    const { code, out } = await gate("--report", "markdown");
    expect(code).toBe(1);
    expect(out).toContain("GATE FAILED");
    expect(await readFile(join(dir, "out", "report.md"), "utf8")).toContain("LOGOUT-01");
  });

  it.each([
    ["has failed", { only: "LOGOUT-01", mutant: ["logout-unanswered"] }, 1],
    ["is not valid", { only: "HB-01,LOGIN-05", users: "register", capabilities: '{"token-login":true}' }, 5],
  ])("stores no baseline from a run that %s, and says so", async (why, conformance, code) => {
    await configure({ conformance: { only: "HB-01" }, baseline: "kept" });
    expect((await gate("--update-baseline")).code).toBe(0);
    const before = await readFile(join(dir, "kept", "conformance", "result.json"), "utf8");
    await configure({ conformance, baseline: "kept" } as CuppingConfig);
    const second = await gate("--update-baseline", "--quiet");
    expect(second.code, second.err).toBe(code);
    expect(second.out).toContain(`conformance ${why}, so nothing is stored: its baseline in kept stays as it was\n`);
    expect(await readFile(join(dir, "kept", "conformance", "result.json"), "utf8")).toBe(before);
  });

  it("runs loads with their thresholds, and exits as their verdict says", async () => {
    await configure({
      conformance: false,
      load: { warmup: "1s", seed: 7 },
      loads: {
        talk: { scenario: "chat", clients: 20, rate: 40, duration: "3s", thresholds: { msg_e2e: ["p(50)<0.000001"] } },
      },
    });
    const { code, out } = await gate("--json", "--quiet");
    const { verdict, steps } = JSON.parse(out) as { verdict: string; steps: { name: string }[] };
    // A busy machine may make the measurement not valid; a threshold that nobody can meet can never pass.
    expect(["fail", "invalid"]).toContain(verdict);
    expect(code).toBe(verdict === "fail" ? 1 : 5);
    expect(steps.map(({ name }) => name)).toEqual(["talk"]);
    const result = JSON.parse(await readFile(join(dir, "out", "talk", "result.json"), "utf8")) as {
      thresholds: unknown;
      run: { seed: number };
    };
    expect(result.thresholds).toMatchObject([{ expression: "msg_e2e: p(50)<0.000001", ok: false }]);
    expect(result.run.seed).toBe(7);
  });

  it("repeats what was not valid as often as it may, then gives no answer", async () => {
    // Registration gives nobody a token, so a case about tokens cannot run where it is demanded.
    await configure({ conformance: { only: "LOGIN-05", users: "register", capabilities: '{"token-login":true}' } });
    const { code, out, err } = await gate("--repeat-invalid", "2");
    expect(code).toBe(5);
    expect(err.match(/^conformance gave no valid measurement, so it is repeated: .+$/gm)).toHaveLength(2);
    expect(out).toContain("NO ANSWER");
  });

  it("exits 3 when the target is not there, and says so", async () => {
    await configure({ conformance: { only: "MSG-04" } });
    const { code, err } = await gate("--target", `tcp://127.0.0.1:${await closedPort()}`, "--quiet");
    expect(code).toBe(3);
    expect(err).toMatch(/^cupping: .*127\.0\.0\.1/m);
  });

  it.each([
    [
      "no configuration",
      undefined,
      [],
      /^cupping: gate needs a configuration: cupping\.config\.ts, .*; cupping init writes one\n$/,
    ],
    [
      "a wrong key",
      { lods: {} },
      [],
      /cupping\.config\.json: the configuration knows no "lods"; did you mean "loads"\?\n$/,
    ],
    ["nothing to run", { conformance: false }, [], /names nothing to run: neither conformance nor loads\n$/],
    ["an unknown step", {}, ["--only", "chatt"], /--only "chatt" is not in .*, which has conformance\n$/],
    [
      "a baseline without a place",
      {},
      ["--update-baseline"],
      /--update-baseline needs a folder: --baseline DIR, or "baseline" in/,
    ],
    [
      "half a repeat",
      {},
      ["--repeat-invalid", "0.5"],
      /--repeat-invalid takes a whole number from 0 up, but got 0\.5\n$/,
    ],
    ["an unknown format", {}, ["--report", "pdf"], /--report does not know the format "pdf"/],
  ])("refuses %s with one sentence", async (_what, config, args, message) => {
    if (config !== undefined) await configure(config as CuppingConfig);
    const { code, out, err } = await gate(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });

  it.each([
    ["scenario", { scenario: "chatt" }, /there is no load scenario "chatt"/],
    ["metric", { scenario: "chat", thresholds: { msg_e3e: ["p(99)<200"] } }, /msg_e3e/],
    ["key of a load", { scenario: "chat", clientz: 3 }, /clientz/],
    ["group of one", { scenario: "group", groupSize: 1 }, /group/],
  ])("names a wrong %s of a later step before it runs the first one", async (_what, load, message) => {
    await configure({ conformance: { only: "MSG-04" }, loads: { talk: load } } as CuppingConfig);
    const { code, err } = await gate();
    expect({ code, said: err }).toEqual({ code: 2, said: expect.stringMatching(message) });
    expect(err).not.toMatch(/passed|registering/);
    expect(await readdir(dir)).toEqual(["cupping.config.json"]);
  });

  it("does not take a configuration without a target for one of the reference server", async () => {
    await writeFile(join(dir, "cupping.config.js"), "export default {};");
    const { code, err } = await gate();
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/names no target for conformance: add target/),
    });
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("ends by %s with what it measured", async (signal) => {
    await configure({ conformance: { only: "HB-*", jobs: 1, verbose: true } });
    const child = spawn(process.execPath, [join(import.meta.dirname, "../cupping.js"), "gate", "--out", "out"], {
      cwd: dir,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let err = "";
    child.stderr.on("data", (chunk) => {
      if (!/^passed/m.test(err) && /^passed/m.test(err + String(chunk))) child.kill(signal);
      err += String(chunk);
    });
    const [code] = await once(child, "close");
    expect(code, err).toBe(130);
    const result = JSON.parse(await readFile(join(dir, "out/conformance/result.json"), "utf8")) as Result;
    expect(result.run.partial).toBe(true);
    expect(await readFile(join(dir, "out/report.html"), "utf8")).toMatch(
      /<h1[^>]*>Gate<\/h1>\s*<p class="word"[^>]*>Interrupted/,
    );
  });

  it("tells what was measured when it is interrupted just behind a step's verdict", async () => {
    await configure({ conformance: { only: "HB-01" }, loads: { talk: { scenario: "chat" } } } as CuppingConfig);
    const words = ["gate", "--out", "out", "--report", "html,junit,github"];
    const child = spawn(process.execPath, [join(import.meta.dirname, "../cupping.js"), ...words], {
      cwd: dir,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        if (!/^PASSED/m.test(said) && /^PASSED/m.test(said + String(chunk))) child.kill("SIGINT");
        said += String(chunk);
      });
    }
    const [code] = await once(child, "close");
    expect(code, said).toBe(130);
    expect(said).toContain("NO ANSWER: the gate was interrupted");
    expect(await readFile(join(dir, "out/report.html"), "utf8")).toMatch(/<p class="word"[^>]*>Interrupted/);
    expect(await readFile(join(dir, "out/junit.xml"), "utf8")).toContain(
      "The gate was interrupted. 1 of 2 steps passed.",
    );
    expect(await readFile(join(dir, "out/annotations.txt"), "utf8")).toMatch(/^::warning title=Gate/m);
  });

  it("tells what was measured before a step that leaves no result", async () => {
    const target = `tcp://127.0.0.1:${await closedPort()}`;
    await configure({ conformance: { only: "HB-01" }, loads: { talk: { scenario: "chat", target } } } as CuppingConfig);
    const { code, out, err } = await gate("--report", "html,junit");
    expect(code, err).toBe(3);
    expect(out).toContain("NO ANSWER");
    expect(await readFile(join(dir, "out/junit.xml"), "utf8")).toContain("with exit code 3. 1 of 2 steps passed.");
  });
});

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import { obtainK6 } from "../../harness/k6-run/testing/obtain-k6.ts";
import { type LoadResult, readResult } from "../../harness/result/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import { LocalServer } from "../../server-ref/testing/local-server.ts";

const folder = await mkdtemp(join(tmpdir(), "cupping-k6-test-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const launcher = join(import.meta.dirname, "..", "cupping.js");
const obtained = await obtainK6();
const k6Path = "path" in obtained ? obtained.path : undefined;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function cupping(words: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [launcher, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A server of the test's own, which says nothing. */
/** Password hashes are made cheap: the tests' many logins are not what they are about. */
const cheap = "--serve-arg=--password-cost=1";
const short = ["--duration", "2s", "--ramp", "500ms", "--drain", "5s", "--quiet", "--report", "markdown", cheap];

async function underK6(name: string, words: readonly string[]): Promise<{ ended: Ended; result: LoadResult }> {
  const out = join(folder, name.replaceAll(/\W+/g, "-"));
  const ended = await cupping(["k6", ...words, ...short, "--k6", k6Path as string, "--out", out]);
  const result = await readResult(out).catch((error: Error) => {
    throw new Error(`${error.message}; cupping exited with ${ended.code}: ${ended.stderr}`);
  });
  return { ended, result: result as LoadResult };
}

describe("without k6", () => {
  const env = { ...process.env, PATH: dirname(process.execPath), HOME: "/nowhere", GOPATH: "/nowhere", GOBIN: "" };

  test("the command says how to get it and exits 2", async () => {
    const { code, stderr, stdout } = await cupping(["k6", "chat"], { ...env, GOBIN: "/nowhere" });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^cupping: k6 was not found on this machine; install it with "go install go\.k6\.io/);
  });

  test.each([
    [["k6", "chess"], /there is no k6 scenario "chess"; there are chat, login, unread, history, group/],
    [["k6", "./missing.ts"], /missing\.ts does not exist/],
    [["k6", "chat", "--duration", "soon"], /--duration: "soon" is not a duration/],
    [["k6", "chat", "--threshold", "fast"], /--threshold "fast" cannot be read/],
    [["k6", "chat", "--vus", "0"], /--vus takes a whole number from 1 up, but got 0/],
  ])("%j is refused before anything is started", async (words, message) => {
    const { code, stderr } = await cupping(words, env);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

const needsK6 = "reason" in obtained ? `under k6 (skipped: ${obtained.reason})` : "under k6";

describe.skipIf(k6Path === undefined)(needsK6, { timeout: 120_000 }, () => {
  const scenarios: [name: string, words: string[], metrics: string[], checks: string[]][] = [
    ["chat", ["--vus", "4", "--rate", "20"], ["msg_ack", "msg_e2e"], ["order", "loss", "duplicates", "content"]],
    ["group", ["--vus", "2", "--rate", "10"], ["msg_ack", "fanout"], ["order", "loss", "duplicates", "content"]],
    ["login", ["--vus", "10", "--rate", "5"], ["connect", "login"], []],
    ["history", ["--vus", "6", "--rate", "3"], ["history"], ["history"]],
    ["unread", ["--vus", "6", "--rate", "3"], ["sessions", "read_notify"], ["unread"]],
  ];

  test.each(scenarios)("%s finds no fault in the reference server", async (name, words, metrics, checks) => {
    const { ended, result } = await underK6(name, [name, ...words]);
    // A machine that is busy with other things may make messages late, or k6 drop an iteration: no fault of the target.
    expect([0, 5], ended.stderr).toContain(ended.code);
    expect(ended.stdout).toMatch(new RegExp(`^(PASSED|NOT VALID) {2}Load ${name}`, "m"));
    expect(result.reasons.filter((reason) => !/because of k6 itself|^k6 dropped/.test(reason))).toEqual([]);
    expect(result).toMatchObject({ kind: "load", scenario: name, model: "open", clients: { failed: 0 } });
    for (const metric of metrics) {
      expect(result.metrics[metric]?.count, metric).toBeGreaterThan(0);
      expect(result.metrics[metric]?.histogram, metric).toBeDefined();
    }
    for (const check of checks) expect(result.checks[check], check).toMatchObject({ violations: 0 });
    for (const check of checks) expect(result.checks[check]?.checked, check).toBeGreaterThan(0);
    expect(result.thresholds.map(({ expression }) => expression)).toContain("dropped_iterations: count==0");
    expect(result.options).toMatchObject({ measuredBy: "k6" });
    expect(result.series.length).toBeGreaterThan(1);
    expect(result.harness.rssPeakBytes).toBeGreaterThan(0);
    expect(result.targetUsage).toMatchObject({ from: ["process", "metrics"] });
    for (const side of ["harness", "target"] as const) {
      expect(
        result.series.some((point) => (point[side]?.rssBytes ?? 0) > 0),
        side,
      ).toBe(true);
    }
  });

  test("one message too late or lost makes the k6 checks and the verdict fail, told in words", async () => {
    const held = new Map<number, unknown>();
    let pushes = 0;
    const unreliable: Mutant = {
      name: "unreliable",
      breaks: ["PUSH-01", "PUSH-05"],
      title: "swaps and drops pushes",
      story: "Pushes go through a pool of workers, and one of them dies.",
      apply(seams) {
        seams.gate.outgoing = (packet) => {
          if (packet.isReply || packet.command.id !== commands.MSG_DATA.id) return [packet];
          pushes += 1;
          if (pushes % 7 === 0) return [];
          const before = held.get(packet.connection.id);
          held.delete(packet.connection.id);
          if (before !== undefined) return [packet, { ...packet, message: before }];
          if (pushes % 5 !== 0) return [packet];
          held.set(packet.connection.id, packet.message);
          return [];
        };
      },
    };
    await using server = await LocalServer.start({ mutants: [unreliable] });
    const target = ["--target", server.ws, "--http", server.http];
    const { ended, result } = await underK6("mutant", ["chat", ...target, "--vus", "2", "--rate", "40"]);
    expect(ended.code).toBe(1);
    expect(result.verdict).toBe("fail");
    expect(result.checks["loss"]?.violations).toBeGreaterThan(0);
    expect(result.checks["order"]?.violations).toBeGreaterThan(0);
    expect(result.checks["loss"]?.examples[0]?.text).toMatch(
      /^message \d+ of user \d+ to user \d+ was acknowledged and never came/,
    );
    expect(result.thresholds.find(({ expression }) => expression === "checks: rate==1")?.ok).toBe(false);
  });

  test("too few virtual users make the run invalid: k6 drops what is late", async () => {
    const { ended, result } = await underK6("dropped", ["login", "--vus", "1", "--rate", "200"]);
    expect(ended.code).toBe(5);
    expect(result).toMatchObject({ verdict: "invalid", harness: { saturated: true } });
    expect(result.reasons[0]).toMatch(/^k6 dropped \d+ iterations because no virtual user was free/);
  });

  test("a crossed threshold fails the run, by the judge of every other load", async () => {
    const asked = ["msg_ack: p(99)<0.001", "msg_ack: p(42)<0.001", "msg_ack: count>1", "fanout: avg<1"];
    const words = ["chat", "--vus", "2", "--rate", "10", ...asked.flatMap((text) => ["--threshold", text])];
    const { ended, result } = await underK6("threshold", words);
    expect([1, 5], ended.stderr).toContain(ended.code);
    const found = asked.map((text) => result.thresholds.find(({ expression }) => expression === text));
    expect(found.map((one) => one?.ok)).toEqual([false, false, true, false]);
    expect(found.map((one) => one?.value)).toEqual([expect.any(Number), expect.any(Number), expect.any(Number), null]);
  });

  test("without samples there are percentiles and no histogram", async () => {
    const { result } = await underK6("percentiles", ["chat", "--vus", "2", "--rate", "10", "--no-samples"]);
    expect(result.metrics["msg_ack"]?.p99).toBeGreaterThan(0);
    expect(result.metrics["msg_ack"]?.histogram).toBeUndefined();
  });

  test("a script of one's own runs with the client of the bundle", async () => {
    const script = join(import.meta.dirname, "..", "..", "scenarios", "k6", "login.ts");
    const own = join(folder, "mine.ts");
    const source = await readFile(script, "utf8");
    const index = join(import.meta.dirname, "..", "..", "harness", "k6", "index.ts");
    await writeFile(own, source.replace("../../harness/k6/index.ts", index).replace('name: "login"', 'name: "mine"'));
    const { ended, result } = await underK6("own", [own, "--vus", "4", "--rate", "4"]);
    expect([0, 5], ended.stderr).toContain(ended.code);
    expect(result.scenario).toBe("mine");
  });

  test("two instances of one run are merged by report", async () => {
    await using server = await LocalServer.start();
    const { bundleForK6 } = await import("../../harness/k6-run/index.ts");
    const script = join(folder, "chat.js");
    await writeFile(script, await bundleForK6(join(import.meta.dirname, "..", "..", "scenarios", "k6", "chat.ts")));
    const pods = ["0:1/2", "1/2:1"].map((segment, index) => podRun(script, server, segment, index));
    const folders = await Promise.all(pods);
    const out = join(folder, "merged");
    const ended = await cupping(["report", ...folders, "--merge", "--out", out, "--report", "html"]);
    expect(ended.stdout).toContain("result.json");
    expect(ended.code).toBe(0);
    const merged = (await readResult(out)) as LoadResult;
    expect(merged.reasons.filter((reason) => !/because of k6 itself/.test(reason))).toEqual([]);
    expect(merged).toMatchObject({ options: { pods: 2, merged: "histograms", vus: 4, rate: 20 } });
    expect(merged.clients).toMatchObject({ requested: 8, peak: 8 });
    const parts = (await Promise.all(folders.map((path) => readResult(path)))) as LoadResult[];
    const counts = parts.map(({ metrics }) => metrics["msg_e2e"]?.count ?? 0);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(merged.metrics["msg_e2e"]?.count).toBe((counts[0] as number) + (counts[1] as number));
    expect(merged.metrics["msg_e2e"]?.histogram).toBeDefined();
  });

  /** One instance of k6 as a pod runs it: no program around it, a share of the load, samples beside the result. */
  async function podRun(script: string, server: LocalServer, segment: string, index: number): Promise<string> {
    const own = await mkdtemp(join(folder, `pod-${index}-`));
    const variables = {
      CUPPING_URL: server.ws,
      CUPPING_HTTP: server.http,
      CUPPING_RUN: "pods-1",
      CUPPING_VUS: "4",
      CUPPING_RATE: "20",
      CUPPING_DURATION: "2s",
      CUPPING_RAMP: "500ms",
      CUPPING_RESULT: join(own, "result.json"),
    };
    const words = ["run", "--quiet", "--execution-segment", segment, "--execution-segment-sequence", "0,1/2,1"];
    const output = ["--out", `json=${join(own, "samples.json.gz")}`, script];
    const env = {
      ...process.env,
      PATH: `${dirname(k6Path as string)}${delimiter}${process.env["PATH"]}`,
      ...variables,
    };
    const child = spawn(k6Path as string, [...words, ...output], { env, stdio: ["ignore", "ignore", "inherit"] });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(0);
    return own;
  }
});

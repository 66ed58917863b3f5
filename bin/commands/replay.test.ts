import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { MOST_TRIES, untilCalm } from "../../test/sick-targets/run.ts";
import { runCupping } from "../report/testing/run-cupping.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-replay-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SLOWEST_MS = 600_000;

const capsules = new Map<string, Promise<string>>();

/** The capsule of the first case of a rule that fails by a mutant; recorded once for all who ask. */
function capsuleOf(rule: string, mutant: string): Promise<string> {
  const recorded = capsules.get(mutant) ?? record(rule, mutant);
  capsules.set(mutant, recorded);
  return recorded;
}

/** A capsule of the first case of the rule that the mutant fails; asked for again where this machine was too busy. */
async function record(rule: string, mutant: string): Promise<string> {
  const out = join(folder, mutant);
  const capsules = join(out, "capsules");
  for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
    await runCupping(folder, ["conformance", "--only", rule, "--mutant", mutant, "--quiet", "--out", out]);
    if (existsSync(capsules)) break;
    await untilCalm();
  }
  return join(capsules, readdirSync(capsules)[0] as string);
}

test.concurrent.each([
  ["a push that does not come", "GROUP-28", "kicked-not-told"],
  ["a time in another unit", "MSG-02", "time-in-milliseconds"],
  ["an answer under another command, with a notification", "GROUP-26", "kick-answered-as-invite"],
  ["a field of a created group", "GROUP-02", "info-without-owner"],
  ["an invitation, whose notification names who invites", "GROUP-21", "anyone-may-invite"],
])(
  "the frames of %s fail as often as they are played, and not on a right server",
  async (_what, rule, mutant) => {
    const capsule = await capsuleOf(rule, mutant);
    const again = await runCupping(folder, ["replay", capsule, "--frames", "--times", "2"]);
    const [against, count] = again.out.split("\n");
    expect(against).toMatch(
      new RegExp(`^playing ${rule}/\\S+ against the reference server with the mutant ${mutant}, as`),
    );
    expect(count, again.out).toMatch(/fails 2 of 2$/);
    expect(again.code).toBe(1);
    const mended = await runCupping(folder, ["replay", capsule, "--frames", "--times", "1", "--target", "ref"]);
    expect(mended.out).toMatch(
      new RegExp(`^playing \\S+ against the reference server; it was recorded against .* ${mutant}\n.*fails 0 of 1\n`),
    );
    expect(mended.code).toBe(0);
  },
  SLOWEST_MS,
);

test.concurrent(
  "the JSON says what it was played against, and a capsule that names no target says so",
  async () => {
    const capsule = await capsuleOf("LOGOUT-01", "logout-unanswered");
    const { against: _, ...older } = JSON.parse(readFileSync(capsule, "utf8"));
    const old = join(folder, "old.json");
    writeFileSync(old, JSON.stringify(older));
    const [newer, without] = await Promise.all(
      [capsule, old].map((file) => runCupping(folder, ["replay", file, "--times", "1", "--json"])),
    );
    expect(JSON.parse(newer?.out ?? "")).toMatchObject({ against: { target: "ref", mutant: ["logout-unanswered"] } });
    expect(newer?.code).toBe(1);
    expect(JSON.parse(without?.out ?? "")).toMatchObject({ against: { target: "ref", mutant: [] } });
    expect(without?.err).toContain("the capsule does not say what it was recorded against\n");
  },
  SLOWEST_MS,
);

test.concurrent.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends a replay in order",
  { timeout: SLOWEST_MS },
  async (signal) => {
    const capsule = await capsuleOf("LOGOUT-01", "logout-unanswered");
    const launcher = join(import.meta.dirname, "../cupping.js");
    const child = spawn(process.execPath, [launcher, "replay", capsule, "--times", "1000"], { cwd: folder });
    const said = once(child.stdout, "data");
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += String(chunk);
    });
    await said;
    child.kill(signal);
    const [code] = await once(child, "close");
    expect(err).toContain("ending the run in order");
    expect(code, err).toBe(130);
  },
);

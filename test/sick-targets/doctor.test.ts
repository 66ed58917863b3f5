// What `cupping doctor` says of a whole server, of one that serves nobody, and of what is none.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { capabilities } from "../../scenarios/rules/index.ts";
import { answersInHtml, healthy, refusesLogins, withoutGroups } from "./index.ts";
import { runAgainst } from "./run.ts";
import type { SickTarget } from "./sick-target.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-doctor-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SLOWEST_MS = 240_000;
const file = join(folder, "capabilities.json");
const examine = (target: SickTarget) => runAgainst<ConformanceResult>(target, "doctor", "--write-capabilities", file);
const claims = (): Record<string, boolean> => JSON.parse(readFileSync(file, "utf8")) as Record<string, boolean>;

test("a whole server claims all that can be asked", { timeout: SLOWEST_MS }, async () => {
  const { code, out } = await examine(healthy);
  expect(code).toBe(0);
  expect(out).not.toMatch(/seems to lack|do not pass/);
  const unasked = Object.keys(capabilities).filter((name) => claims()[name] !== true);
  expect(unasked.sort()).toEqual([
    "failure-answers",
    "owner-handover",
    "registration-limit",
    "session-filter",
    "token-login",
  ]);
});

test("what a few cases have waited for in vain, no other case waits for", { timeout: SLOWEST_MS }, async () => {
  const { code, out, result } = await examine(withoutGroups);
  expect(code).toBe(0);
  expect(claims()).toMatchObject({ groups: false, calls: true });
  expect(out).toMatch(/It seems to lack[\s\S]*groups/);
  const lacking = result?.cases.filter(({ lack }) => lack?.startsWith("GROUP_")) ?? [];
  const asked = lacking.filter(({ reason }) => !reason?.startsWith("not asked: "));
  // Those that were under way when it was seen go on: as many as run at a time, and those about timers.
  expect(asked.length).toBeGreaterThan(2);
  expect(asked.length).toBeLessThan(lacking.length / 2);
});

test("a server that logs nobody in: nothing is said of its capabilities, and nothing written", {
  timeout: SLOWEST_MS,
}, async () => {
  rmSync(file, { force: true });
  const { code, out } = await examine(refusesLogins(0));
  expect(code).toBe(1);
  expect(out).toMatch(/: nobody can log in: .*\nOf its capabilities nothing can be said\.$/m);
  expect(existsSync(file)).toBe(false);
});

test("what speaks something else is named", { timeout: SLOWEST_MS }, async () => {
  const { code, out, err } = await examine(answersInHtml);
  expect(`${code} ${out}${err}`).toMatch(/HTTP/);
  expect(existsSync(file)).toBe(false);
});

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { suiteCases } from "../../scenarios/conformance/index.ts";

function run(...words: string[]): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(process.execPath, [join(import.meta.dirname, "../../bin/cupping.js"), "list", ...words], {
    encoding: "utf8",
  });
}

function list(...words: string[]): string {
  const { stdout, status } = run(...words);
  expect(status).toBe(0);
  return stdout;
}

test("lists everything that can be run by name, the random histories and the faults included", () => {
  const listing = JSON.parse(list("--json")) as Record<string, { name?: string; id?: string; title: string }[]>;
  expect(Object.keys(listing)).toEqual(["scenarios", "k6", "cases", "faults", "mutants"]);
  const namesIn = (section: string): (string | undefined)[] =>
    (listing[section] ?? []).map(({ name, id }) => name ?? id);
  expect(namesIn("scenarios")).toEqual(expect.arrayContaining(["chat", "http"]));
  expect(namesIn("k6")).toContain("chat");
  expect(namesIn("cases")).toEqual(suiteCases.map(({ id }) => id));
  expect(namesIn("cases")).toContain("SYS-02/random-history-group");
  expect(namesIn("faults")).toEqual(expect.arrayContaining(["server-killed"]));
  for (const entries of Object.values(listing)) for (const { title } of entries) expect(title).not.toBe("");
});

test("as text, each section says how many it has, and each entry has a line", () => {
  const text = list();
  for (const heading of ["Load scenarios", "k6 scenarios", "Conformance cases", "Faults", "Mutants"]) {
    expect(text).toMatch(new RegExp(`^${heading} \\(\\d+\\)$`, "m"));
  }
  expect(text).toMatch(/^ {2}server-killed +\S/m);
});

test("words choose the lines that have them all, with what sections are left", () => {
  const text = list("RESTART", "group");
  const lines = text.split("\n").filter((line) => line.startsWith("  "));
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(line).toMatch(/restart.*group|group.*restart/i);
  expect(text).toMatch(new RegExp(`^Conformance cases \\(\\d+ of ${suiteCases.length}\\)$`, "m"));
  expect(text).not.toContain("k6 scenarios");
  const { cases } = JSON.parse(list("MSG-07/resend*", "--json")) as { cases: { id: string }[] };
  expect(cases.length).toBeGreaterThan(1);
  for (const { id } of cases) expect(id).toMatch(/^MSG-07\/resend/);
});

test("words that nothing has are refused", () => {
  const { stdout, stderr, status } = run("chat", "zebra");
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
  expect(stderr).toMatch(/^cupping: nothing here has "chat" and "zebra" in its line; `cupping list` shows all\n$/);
});

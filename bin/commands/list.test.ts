import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { suiteCases } from "../../scenarios/conformance/index.ts";

function list(...words: string[]): string {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "../../bin/cupping.js"), "list", ...words],
    { encoding: "utf8" },
  );
  expect(status).toBe(0);
  return stdout;
}

test("lists everything that can be run by name, the random histories and the faults included", () => {
  const listing = JSON.parse(list("--json")) as Record<string, { name?: string; id?: string; title: string }[]>;
  expect(Object.keys(listing)).toEqual(["scenarios", "k6", "cases", "faults", "mutants"]);
  const namesIn = (section: string): (string | undefined)[] =>
    (listing[section] ?? []).map(({ name, id }) => name ?? id);
  expect(namesIn("scenarios")).toContain("chat");
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

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

function git(...words: string[]): string[] {
  return execFileSync("git", words, { cwd: root, encoding: "utf8", stdio: "pipe" }).trim().split("\n");
}

/** A checkout; an archive of the files has no attributes to ask for. */
const isClone = ((): boolean => {
  try {
    return git("rev-parse", "--is-inside-work-tree")[0] === "true";
  } catch {
    return false;
  }
})();

test.skipIf(!isClone)("every text file ends its lines with LF, but where its format asks for another end", () => {
  const others = git("ls-files", "--eol").filter((line) => !/^i\/(lf|none|-text) /.test(line));
  expect(others.map((line) => line.split("\t")[1])).toEqual(["reports/golden/series.csv"]);
});

test.skipIf(!isClone)("what scripts write is marked as generated, and what people write is not", () => {
  const marked = (path: string): boolean =>
    git("check-attr", "linguist-generated", "--", path)[0]?.endsWith(": set") ?? false;
  const says = (path: string): boolean => /do not edit/i.test(readFileSync(join(root, path), "utf8").slice(0, 300));
  const generated = git("grep", "-liE", "do not edit", "--", "*.md", "*.ts", "*.json").filter(says);
  expect(generated.length).toBeGreaterThan(15);
  for (const path of [...generated, "bin/config/config.schema.json", "package-lock.json"])
    expect([path, marked(path)]).toEqual([path, true]);
  for (const path of ["README.md", "codegen/frame.ts", "docs/load.md", "docs/protocol/wire.md"])
    expect([path, marked(path)]).toEqual([path, false]);
});

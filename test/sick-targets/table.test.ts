// The page that says where each command meets each sick target says so rightly.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const page = readFileSync(join(import.meta.dirname, "../../docs/strangers.md"), "utf8");
const rows = [...page.matchAll(/^\| [^|]+ \| `(\w+)` \|(.*)\|$/gm)].map(([, sick, cells]) => ({
  sick: sick as string,
  files: [...(cells as string).matchAll(/`([\w-]+)`/g)].map(([, file]) => file as string),
}));

test.each(rows.filter(({ files }) => files.length > 0))("$sick is met where the page says", ({ sick, files }) => {
  for (const file of new Set(files)) {
    const path = join(import.meta.dirname, `${file}.test.ts`);
    expect(existsSync(path), path).toBe(true);
    expect(readFileSync(path, "utf8")).toMatch(new RegExp(`\\b${sick}\\b`));
  }
});

test("eight kinds of sickness meet every command", () => {
  expect(rows.filter(({ files }) => files.length >= 5).map(({ sick }) => sick)).toHaveLength(7);
  expect(rows.map(({ sick }) => sick)).toEqual(expect.arrayContaining(["crashesAndComesBack", "crashesOnce"]));
});

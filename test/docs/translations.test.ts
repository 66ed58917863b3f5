import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

// A page in Chinese says what its English page says: whoever adds a section, a row or an example there adds it here.

const root = join(import.meta.dirname, "../..");
const pages = [
  ["README.md", "README.zh-CN.md"],
  ...readdirSync(join(root, "docs/zh-CN")).map((name) => [`docs/${name}`, `docs/zh-CN/${name}`]),
] as [english: string, chinese: string][];

const FENCED = /^ *```.*?^ *```/gms;
const textOf = (page: string): string => readFileSync(join(root, page), "utf8");

/** The headings of a page by their levels, each with the rows of tables, items of lists and examples below it. */
function outlineOf(page: string): string[] {
  const examples = [...textOf(page).matchAll(FENCED)].map(([block]) => block.split("\n").length);
  return textOf(page)
    .replaceAll(FENCED, "EXAMPLE")
    .split(/^(?=#+ )/m)
    .filter((part) => part.startsWith("#"))
    .map((part) => {
      const count = (pattern: RegExp): number => part.match(pattern)?.length ?? 0;
      const lines = examples.splice(0, count(/EXAMPLE/g));
      return `${/^#+/.exec(part)?.[0]} ${count(/^\|/gm)} rows, ${count(/^- /gm)} items, examples of ${lines.join(", ") || "no"} lines`;
    });
}

/** The first cell of each row that begins with code: what programs know by that name. */
const namesIn = (page: string): string[] =>
  [...textOf(page).matchAll(/^\| (?:\[)?(`[^`]+`)/gm)].map(([, name]) => name ?? "");

/** The commands of a page, without what is said of them. */
const commandsIn = (page: string): string[] =>
  (textOf(page).match(FENCED) ?? [])
    .flatMap((block) => block.split("\n"))
    .filter((line) => /^ *(\$ )?(npx|npm) /.test(line))
    .map((line) => line.replace(/ +#.*/, "").trim());

describe.each(pages)("%s in Chinese", (english, chinese) => {
  it("has the same sections, with as many rows, items and examples", () => {
    expect(outlineOf(chinese)).toEqual(outlineOf(english));
  });

  it("names and runs the same", () => {
    expect(namesIn(chinese)).toEqual(namesIn(english));
    expect(commandsIn(chinese)).toEqual(commandsIn(english));
  });

  it("and its English page lead to each other, and to what is there", () => {
    for (const [from, to] of [
      [english, chinese],
      [chinese, english],
    ] as const) {
      const links = [...textOf(from).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, link]) =>
        join(dirname(from), link ?? ""),
      );
      expect(links).toContain(to);
      expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
    }
  });

  it("leads to sections that are there", () => {
    const anchors = [...textOf(chinese).matchAll(/\]\((\w[\w-]*\.md)?#([^)]+)\)/g)];
    for (const [, file, anchor] of anchors) {
      const page = file === undefined ? chinese : join(dirname(chinese), file);
      const headings = (textOf(page).match(/^#+ .*$/gm) ?? []).map((heading) =>
        heading
          .replace(/^#+ /, "")
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
          .replaceAll(" ", "-"),
      );
      expect(headings).toContain(anchor);
    }
  });
});

it("every page that a reader of Chinese is led to from the README is there", () => {
  expect(pages.map(([, chinese]) => chinese)).toEqual(
    expect.arrayContaining(["conformance", "load", "glossary"].map((name) => `docs/zh-CN/${name}.md`)),
  );
});

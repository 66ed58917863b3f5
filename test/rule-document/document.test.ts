import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { capabilities, limits, type Section, sections } from "../../scenarios/rules/index.ts";
import { writeCapabilities } from "./capabilities.ts";
import { writeTables } from "./document.ts";

const ping: Section = {
  id: "PING",
  title: "Answering",
  chineseTitle: "某节",
  kind: "packets",
  rules: [
    {
      id: "PING-01",
      kind: "packets",
      level: "must",
      status: "D/I",
      text: "A ping MUST be answered **once**.",
      evidence: "gate/*.go",
    },
    { id: "PING-02", kind: "packets", level: "may", status: "I, last sentence ours", text: "It MAY be late." },
  ],
};
const kinds: Section = {
  id: "KIND",
  title: "Kinds",
  chineseTitle: "某节",
  kind: "content",
  columns: ["type", "content"],
  rules: [{ id: "KIND-01", kind: "content", level: "must", status: "ours", subject: "1 TEXT", text: "any text" }],
};

const open = (ids: string): string => `<!-- rules: ${ids}; written by npm run rules -->`;
const CLOSE = "<!-- end of rules -->";
const page = (...lines: string[]): string => lines.join("\n");

test("tables come from the rules, with their emphasis, and the prose around them stays", () => {
  const before = page(
    "# Rules",
    "",
    "## 1. Answering (PING)",
    "",
    open("PING"),
    "stale",
    CLOSE,
    "",
    "*Prose* | stays.",
    "",
  );
  expect(writeTables(before, [ping])).toBe(
    page(
      "# Rules",
      "",
      "## 1. Answering (PING)",
      "",
      open("PING"),
      "",
      "| id | rule | evidence | status |",
      "|---|---|---|---|",
      "| PING-01 | A ping MUST be answered **once**. | gate/*.go | [D/I] |",
      "| PING-02 | It MAY be late. | – | [I], last sentence [ours] |",
      "",
      CLOSE,
      "",
      "*Prose* | stays.",
      "",
    ),
  );
});

test("a table written twice is the same", () => {
  const once = writeTables(page("## Answering (PING)", open("PING"), CLOSE), [ping]);
  expect(writeTables(once, [ping])).toBe(once);
});

test("a section whose rules have a subject has a column for it, and none for evidence that no rule names", () => {
  const written = writeTables(page("## Kinds (KIND)", open("KIND"), CLOSE), [kinds]);
  expect(written).toContain(
    "| id | type | content | status |\n|---|---|---|---|\n| KIND-01 | 1 TEXT | any text | [ours] |",
  );
});

test("two sections may share a table", () => {
  const pong: Section = {
    id: "PONG",
    title: "Asking",
    chineseTitle: "某节",
    kind: "packets",
    rules: [{ ...ping.rules[0], id: "PONG-01" } as never],
  };
  const written = writeTables(page("## Answering (PING) and asking (PONG)", open("PING, PONG"), CLOSE), [ping, pong]);
  expect(written.match(/^\| P[IO]NG-\d\d/gm)).toEqual(["| PING-01", "| PING-02", "| PONG-01"]);
});

test.each([
  ["is not closed", page("## Answering (PING)", open("PING")), "line 2: the table of PING is not closed"],
  ["names no section", page("## Answering (PING)", open("PNG"), CLOSE), "line 2: there is no section PNG"],
  ["comes twice", page("## Answering (PING)", open("PING, PING"), CLOSE), "or it has a table already"],
  ["has another heading", page("## Pings (PING)", open("PING"), CLOSE), 'does not say "Answering (PING)"'],
  ["is missing", page("## Answering (PING)"), "no table lists the rules of PING"],
])("a table that %s is refused", (_, text, fault) => {
  expect(() => writeTables(text, [ping])).toThrow(fault);
});

test("the published document says what the rules say", () => {
  const published = readFileSync(join(import.meta.dirname, "../../docs/protocol/behaviour.md"), "utf8");
  expect(writeTables(published, sections)).toBe(published);
});

test("the page of the suite names every capability and limit", () => {
  const published = readFileSync(join(import.meta.dirname, "../../docs/conformance.md"), "utf8");
  expect(writeCapabilities(published, capabilities, limits)).toBe(published);
  for (const name of [...Object.keys(capabilities), ...Object.keys(limits)])
    expect(published).toContain(`| \`${name}\` |`);
});

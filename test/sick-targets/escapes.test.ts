import { expect, test } from "vitest";
import { writesEscapes } from "./index.ts";
import { type Outcome, runAgainst } from "./run.ts";

const FORMATS = { markdown: "report.md", junit: "junit.xml", html: "report.html", github: "annotations.txt" };

/** Nothing but text, and no line that a CI service takes for an order but those that are meant to be. */
function expectHarmless({ out, err, read }: Outcome<never>): void {
  const { github, ...others } = FORMATS;
  for (const text of [out, err, ...Object.values(FORMATS).map(read), read("result.json")]) {
    expect(text.match(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu)).toBeNull();
  }
  for (const text of [out, err, ...Object.values(others).map(read)]) expect(text).not.toMatch(/^\s*::\w/m);
  for (const text of [out, err, read("report.md"), read("junit.xml")]) expect(text).not.toContain("##[group]");
  for (const line of read(github).trim().split("\n")) expect(line).toMatch(/^::(error|warning|notice) title=[^:]*::/);
}

const reports = ["--report", Object.keys(FORMATS).join(",")];

test.concurrent("what a target writes reaches no terminal, log, page or annotation as an order", {
  timeout: 120_000,
}, async () => {
  const words = ["conformance", "--only", "MSG-04,MSG-02/*,MSG-01/*", "--verbose", ...reports];
  const outcome = await runAgainst<never>(writesEscapes, ...words);
  expect(outcome.err).toContain("\\u001b[2J");
  expectHarmless(outcome);
});

test.concurrent("nor what it writes to a load", { timeout: 120_000 }, async () => {
  const words = ["load", "chat", "--clients", "4", "--rate", "10/s", "--duration", "2s", ...reports];
  expectHarmless(await runAgainst<never>(writesEscapes, ...words));
});

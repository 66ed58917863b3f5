import { describe, expect, it } from "vitest";
import { type CaseStatus, type Result, validateResult } from "../harness/result/index.ts";
import { rules } from "../scenarios/rules/index.ts";
import { outcomeOf } from "./run-outcome.ts";
import { terminalSummary } from "./terminal.ts";
import { exampleConformance } from "./testing/conformance.ts";
import { exampleFaults } from "./testing/faults.ts";
import { exampleLoad } from "./testing/load.ts";

const allFailed = Object.fromEntries(rules.map((rule): [string, CaseStatus] => [rule.id, "failed"]));
const results: [string, Result][] = [
  ["a mixed suite", exampleConformance()],
  ["a suite in which all failed", exampleConformance({ statuses: allFailed })],
  ["an incomplete suite", exampleConformance({ statuses: { "HTTP-01": "couldNotRun", "MSG-14": "errored" } })],
  ["faults", exampleFaults()],
  ["a load that passed", exampleLoad({ seconds: 20 })],
  ["a load that failed", exampleLoad({ seconds: 20, stall: true, violations: true })],
  ["a load that is not valid", exampleLoad({ seconds: 20, saturated: true })],
  ["an interrupted load", exampleLoad({ seconds: 5, partial: true, metrics: [] })],
];

describe.each(results)("the table of %s", (_name, result) => {
  it("fits 80 columns, but for the command that has to be whole to be copied", () => {
    const lines = terminalSummary([result]).split("\n");
    expect(lines.filter((line) => line.length > 80 && !line.startsWith("repeat: "))).toEqual([]);
    expect(lines.at(-1)).toBe(`repeat: ${result.run.command}`);
  });

  it("starts with the verdict", () => {
    const words = { pass: "PASSED", fail: "FAILED", invalid: "NOT VALID", interrupted: "INTERRUPTED" };
    const word = words[outcomeOf(result)];
    expect(terminalSummary([result]).startsWith(`${word}  `)).toBe(true);
  });

  it("says the same with colours and without", () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
    const plain = terminalSummary([result], { color: true }).replaceAll(/\u001b\[\d+m/g, "");
    expect(plain).toBe(terminalSummary([result]));
  });

  it("is about a result that the published schema accepts", async () => {
    expect(await validateResult(result)).toBeUndefined();
  });
});

const broken = exampleConformance({ statuses: { "MSG-14": "errored", "MSG-15": "errored", "HTTP-01": "failed" } });

it("tells what could not be carried out from what failed", () => {
  const lines = terminalSummary([broken]).split("\n");
  const cells = (start: string): string[] => (lines.find((line) => line.startsWith(start)) ?? "").split(/ {2,}/);
  const totals = new Map(cells("section").map((title, column) => [title, cells("total")[column]]));
  expect([totals.get("failed"), totals.get("errored")]).toEqual(["1", "2"]);
});

it("fits 80 columns with them, too", () => {
  expect(
    terminalSummary([broken])
      .split("\n")
      .slice(0, -1)
      .filter((line) => line.length > 80),
  ).toEqual([]);
});

it("has a row for each fault, with when all was well again", () => {
  const lines = terminalSummary([exampleFaults()]).split("\n");
  const row = (name: string): string[] => (lines.find((line) => line.startsWith(`${name} `)) ?? "").split(/ {2,}/);
  expect(row("fault")).toEqual(["fault", "sent", "acknowledged", "breaks", "well after", "kept"]);
  expect([row("server-killed"), row("partition")].map((cells) => cells.slice(-2))).toEqual([
    ["0.9 s", "3/3"],
    ["never", "2/3"],
  ]);
  expect(row("disk-full").at(-1)).toBe("left out");
});

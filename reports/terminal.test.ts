import { describe, expect, it } from "vitest";
import { type CaseStatus, type Result, validateResult } from "../harness/result/index.ts";
import { rules } from "../scenarios/rules/index.ts";
import { outcomeOf } from "./run-outcome.ts";
import { terminalSummary } from "./terminal.ts";
import { exampleConformance } from "./testing/conformance.ts";
import { exampleFaults } from "./testing/faults.ts";
import { exampleLoad } from "./testing/load.ts";
import { widthOf, wrap } from "./text-table.ts";

const allFailed = Object.fromEntries(rules.map((rule): [string, CaseStatus] => [rule.id, "failed"]));
const results: [string, Result][] = [
  ["a mixed suite", exampleConformance()],
  ["a suite in which all failed", exampleConformance({ statuses: allFailed })],
  ["an incomplete suite", exampleConformance({ statuses: { "HTTP-01": "couldNotRun", "MSG-14": "errored" } })],
  ["a load that passed", exampleLoad({ seconds: 20 })],
  ["a load that failed", exampleLoad({ seconds: 20, stall: true, violations: true })],
  ["a load that is not valid", exampleLoad({ seconds: 20, saturated: true })],
  ["faults", exampleFaults()],
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

describe.each(results)("the Chinese table of %s", (_name, result) => {
  const lines = terminalSummary([result], { language: "zh" }).split("\n");

  it("starts with the verdict and ends with the command as it is", () => {
    const words = { pass: "通过", fail: "失败", invalid: "无效", interrupted: "已中断" };
    expect(lines[0]?.startsWith(`${words[outcomeOf(result)]}  `)).toBe(true);
    expect(lines.at(-1)).toBe(`重新运行：${result.run.command}`);
  });

  it("fits 80 columns, of which a Chinese character takes two", () => {
    expect(lines.slice(0, -1).filter((line) => widthOf(line) > 80)).toEqual([]);
  });

  it("has columns below each other", () => {
    const tables = lines.filter((line) => /^(章节|合计|[A-Z]+ +\d+ )/.test(line)).map(widthOf);
    expect(new Set(tables).size).toBeLessThan(2);
  });
});

it("breaks Chinese between characters, and begins no line with what closes a sentence", () => {
  const lines = wrap(`${"这是一个很长的句子，".repeat(12)}到此为止。`, "  ");
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) {
    expect(widthOf(line)).toBeLessThanOrEqual(80);
    expect(line.trim()).not.toMatch(/^[，。]/);
  }
  expect(lines.map((line) => line.trim()).join("")).toBe(`${"这是一个很长的句子，".repeat(12)}到此为止。`);
});

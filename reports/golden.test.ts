import { join } from "node:path";
import { expect, it } from "vitest";
import type { Result } from "../harness/result/index.ts";
import { githubAnnotations, junit, markdown, prometheus, seriesCsv, terminalSummary } from "./index.ts";
import { exampleConformance } from "./testing/conformance.ts";
import { exampleLoad } from "./testing/load.ts";

// The text formats, whole, against stored files. After a wanted change: `npx vitest run reports/golden.test.ts -u`,
// then read the difference before you commit it.

const conformance = exampleConformance();
const load = exampleLoad({ seconds: 20, violations: true, stall: true });
const results: Result[] = [conformance, load];

const formats: [file: string, text: () => string][] = [
  ["junit.xml", () => junit(results)],
  ["report.md", () => markdown(results)],
  ["annotations.txt", () => githubAnnotations(results)],
  ["metrics.prom", () => prometheus(results)],
  ["series.csv", () => seriesCsv(load)],
  ["terminal.txt", () => terminalSummary(results)],
  ["terminal.zh.txt", () => terminalSummary(results, { language: "zh" })],
];

it.each(formats)("%s is as stored", async (file, text) => {
  await expect(text()).toMatchFileSnapshot(join(import.meta.dirname, "golden", file));
});

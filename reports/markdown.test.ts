import { describe, expect, it } from "vitest";
import type { CaseStatus } from "../harness/result/index.ts";
import { rules } from "../scenarios/rules/index.ts";
import { markdown } from "./markdown.ts";
import { exampleConformance } from "./testing/conformance.ts";
import { exampleLoad } from "./testing/load.ts";

describe("Markdown", () => {
  it("stays below the limit and says what it left out", () => {
    const statuses = Object.fromEntries(rules.map((rule): [string, CaseStatus] => [rule.id, "failed"]));
    const whole = markdown([exampleConformance({ statuses })]);
    const limit = 40_000;
    expect(Buffer.byteLength(whole)).toBeGreaterThan(limit);
    const cut = markdown([exampleConformance({ statuses })], undefined, limit);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit);
    expect(cut).toMatch(/\d+ parts left out to stay below 40\.0 KB/);
    expect(cut).toContain("Repeat:");
  });

  it("lets no text of the target become markup or break a table", () => {
    const load = exampleLoad({ seconds: 5 });
    load.checks = { "a|b": { title: "<img src=x> *x* [y](z)\nnext", checked: 1, violations: 0, examples: [] } };
    const text = markdown([load]);
    expect(text).toContain("| a\\|b: &lt;img src=x&gt; \\*x\\* \\[y\\](z) next | 1 | 0 |");
    expect(text).not.toContain("<img");
  });

  it("fences a failure whose text holds fences", () => {
    const result = exampleConformance({ statuses: { "MSG-14": "failed" } });
    Object.assign(result.cases.find(({ status }) => status === "failed") ?? {}, { actual: "````" });
    expect(markdown([result])).toContain("`````text\n");
  });

  it("tells what could not be carried out from what failed", () => {
    const statuses: Record<string, CaseStatus> = { "MSG-14": "errored", "MSG-15": "errored", "HTTP-01": "failed" };
    const text = markdown([exampleConformance({ statuses })]);
    expect(text).toContain("| Section | Passed | Failed | Errored | Warned or known | Not run | Not claimed |");
    expect(text).toMatch(/^\| HTTP \| \d+ \| 1 \| 0 \|/m);
    expect(text).toMatch(/^\| MSG \| \d+ \| 0 \| 2 \|/m);
    expect(text).toContain("| **1** | ");
    expect(text).toContain("<br>2 errored, 0 could not run");
  });
});

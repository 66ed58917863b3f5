import { describe, expect, it } from "vitest";
import type { CaseStatus } from "../harness/result/index.ts";
import { rules } from "../scenarios/rules/index.ts";
import { githubAnnotations } from "./github.ts";
import { exampleConformance } from "./testing/conformance.ts";
import { exampleLoad } from "./testing/load.ts";

const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "");

const observable = rules.filter((rule) => rule.unobservable === undefined);

function withFailures(count: number): string[] {
  const statuses = Object.fromEntries(
    observable.slice(0, count).map((rule): [string, CaseStatus] => [rule.id, "failed"]),
  );
  return lines(githubAnnotations([exampleConformance({ statuses })]));
}

describe("GitHub annotations", () => {
  it("say nothing about a green run", () => {
    expect(githubAnnotations([exampleConformance({ statuses: {} })])).toBe("");
  });

  it("are one each up to ten", () => {
    expect(withFailures(10)).toHaveLength(10);
  });

  it("stop at ten, and the tenth says how many there are", () => {
    const annotations = withFailures(37);
    expect(annotations).toHaveLength(10);
    expect(annotations[9]).toMatch(/^::error title=37 in all%2C 28 more than shown here::/);
  });

  it("count each kind by itself", () => {
    const statuses = Object.fromEntries(
      observable
        .slice(0, 30)
        .map((rule, index): [string, CaseStatus] => [rule.id, index % 2 === 0 ? "failed" : "warned"]),
    );
    const annotations = lines(githubAnnotations([exampleConformance({ statuses })]));
    expect(annotations.filter((line) => line.startsWith("::error "))).toHaveLength(10);
    expect(annotations.filter((line) => line.startsWith("::warning "))).toHaveLength(10);
  });

  it("name the worst first", () => {
    const annotations = lines(githubAnnotations([exampleLoad({ seconds: 5, violations: true, stall: true })]));
    expect(annotations[0]).toContain("3 violations of loss");
  });

  it("warn, and do not blame the server, when the measurement is not valid", () => {
    const annotations = lines(githubAnnotations([exampleLoad({ seconds: 5, saturated: true })]));
    expect(annotations).toHaveLength(1);
    expect(annotations[0]).toMatch(/^::warning title=The measurement is not valid::the generator was never idle/);
  });

  it("stay one line each, whatever the text", () => {
    const result = exampleConformance({ statuses: { "MSG-14": "failed" } });
    const failed = result.cases.find(({ status }) => status === "failed");
    Object.assign(failed ?? {}, { title: "a: b, c\r\nd", reason: "100%\n::error::forged" });
    expect(lines(githubAnnotations([result]))).toHaveLength(1);
    expect(githubAnnotations([result])).toContain("a%3A b%2C c%0D%0Ad::100%25%0A::error::forged");
  });
});

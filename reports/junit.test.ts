import { readFileSync } from "node:fs";
import { join } from "node:path";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { describe, expect, it } from "vitest";
import type { ConformanceResult, Result } from "../harness/result/index.ts";
import { junit } from "./junit.ts";
import { exampleConformance } from "./testing/conformance.ts";
import { exampleLoad } from "./testing/load.ts";

const schema = XsdValidator.fromDoc(
  XmlDocument.fromString(readFileSync(join(import.meta.dirname, "schema", "junit.xsd"), "utf8")),
);

/** Throws when the text is not XML or does not match the schema. */
function validated(results: Result[]): XmlDocument {
  const document = XmlDocument.fromString(junit(results));
  schema.validate(document);
  return document;
}

const attribute = (document: XmlDocument, xpath: string): string | undefined => document.get(xpath)?.content;

describe("JUnit XML", () => {
  it("matches the schema of its readers, for both kinds of result", () => {
    validated([exampleConformance(), exampleLoad({ seconds: 5, violations: true, stall: true })]);
    validated([exampleLoad({ seconds: 5, saturated: true })]);
    validated([]);
  });

  it("is checked by a schema that can say no", () => {
    const wrong = junit([exampleConformance()])
      .replaceAll("<failure ", "<failed ")
      .replaceAll("</failure>", "</failed>");
    expect(() => schema.validate(XmlDocument.fromString(wrong))).toThrow();
  });

  it("counts what the suites hold", () => {
    const document = validated([exampleConformance()]);
    const count = (xpath: string): number => document.find(xpath).length;
    expect(attribute(document, "/testsuites/@tests")).toBe(String(count("//testcase")));
    expect(attribute(document, "/testsuites/@failures")).toBe(String(count("//failure")));
    expect(count("//failure")).toBe(3);
    expect(count("//testcase[skipped]")).toBe(7);
    for (const suite of ["conformance.MSG", "conformance.VOIP"]) {
      expect(attribute(document, `//testsuite[@name='${suite}']/@skipped`)).toBe(
        String(count(`//testsuite[@name='${suite}']/testcase[skipped]`)),
      );
    }
  });

  it("makes an error, neither pass nor failure, of what could not be judged", () => {
    const incomplete = validated([exampleConformance({ statuses: { "HTTP-01": "couldNotRun" } })]);
    expect(attribute(incomplete, "//error/@type")).toBe("could not run");
    const invalid = validated([exampleLoad({ seconds: 5, saturated: true })]);
    expect(attribute(invalid, "//error/@type")).toBe("invalid");
    expect(attribute(invalid, "//error/@message")).toContain("the generator was never idle");
  });

  it("carries any text that a server may have sent", () => {
    const result: ConformanceResult = exampleConformance({ statuses: { "MSG-14": "failed" } });
    const failed = result.cases.find(({ status }) => status === "failed");
    const hostile = "a\u0000b\u001b[31m <&>\"' ]]> \ud800 \uffff 漢字 😀\nnext";
    Object.assign(failed ?? {}, { reason: hostile, actual: hostile, title: hostile });
    const message = attribute(validated([result]), "//failure/@message");
    expect(message).toBe("a\ufffdb\ufffd[31m <&>\"' ]]> \ufffd \ufffd 漢字 😀\nnext");
  });
});

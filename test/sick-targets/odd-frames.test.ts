import { describe, expect, test } from "vitest";
import type { ConformanceResult, LoadResult } from "../../harness/result/index.ts";
import { healthy, oddFrames, shortLengths } from "./index.ts";
import { runAgainst } from "./run.ts";

/** The login is answered as it should be, and what comes behind it is not. */
const FROM = 4;

describe.each([
  [oddFrames(healthy, "text", FROM), "WebSocket text message"],
  [oddFrames(healthy, "masked", FROM), "masked WebSocket frame"],
  [oddFrames(healthy, "reserved bits", FROM), "reserved bits in a WebSocket frame"],
  [shortLengths(healthy, FROM), "bad bytes"],
])("what no server may send: $name", (sick, cause) => {
  test("break the rule about packets, and say nothing about others", { timeout: 120_000 }, async () => {
    const only = ["--only", "CONN-02,MSG-02/*,HIST-04/*", "--jobs", "2"];
    const { code, result } = await runAgainst<ConformanceResult>(sick, "conformance", ...only);
    expect(code).toBe(1);
    expect(result?.reasons[0]).toMatch(/^the target sends what cannot be read: .*; first mend CONN-02$/);
    const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
    expect(new Set(failed.map(({ rule }) => rule))).toEqual(new Set(["CONN-02"]));
    const hindered = result?.cases.filter(({ status }) => status === "couldNotRun") ?? [];
    expect(hindered.length).toBeGreaterThan(0);
    for (const { reason } of hindered) expect(reason).toMatch(/^the target sends what cannot be read: /);
  });

  test("fail a load by what the target did", { timeout: 120_000 }, async () => {
    const traffic = ["--clients", "10", "--rate", "20", "--duration", "3s"];
    const { code, result, out } = await runAgainst<LoadResult>(sick, "load", "chat", ...traffic);
    expect({ code, verdict: result?.verdict }, out).toEqual({ code: 1, verdict: "fail" });
    expect(result?.reasons[0]).toContain(`lost their connection: ${cause}`);
  });
});

import { expect, test } from "vitest";
import { githubAnnotations } from "./github.ts";
import { htmlReport } from "./html/report.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { exampleConformance } from "./testing/conformance.ts";
import type { Whole } from "./whole.ts";

test("every report opens with the answer of a gate, also where no single result says it", () => {
  const results = [exampleConformance({ statuses: {} })];
  const whole: Whole = {
    subject: "Gate",
    verdict: "fail",
    sentence: "0 of 1 steps passed: chat FAILED.",
    parts: [{ name: "chat against the baseline", verdict: "fail", reasons: ["msg_ack became slower by 40%"] }],
  };
  const page = htmlReport(results, whole);
  expect(page).toMatch(/<title>Failed: /);
  expect(/<p class="word">(.*?)<\/p>/.exec(page)?.[1]).toBe("Failed");
  expect(page).toContain("chat against the baseline: msg_ack became slower by 40%");
  expect(markdown(results, whole)).toMatch(/^# ❌ Gate: failed\n\n[\s\S]*became slower/);
  expect(junit(results, whole)).toMatch(/<testsuites .*failures="1" errors="0"/);
  expect(githubAnnotations(results, whole)).toMatch(/^::error title=chat against the baseline failed::msg_ack/);
});

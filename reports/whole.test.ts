import { expect, test } from "vitest";
import { githubAnnotations } from "./github.ts";
import { htmlReport } from "./html/report.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { exampleConformance } from "./testing/conformance.ts";
import type { Whole } from "./whole.ts";
import { asIs } from "./words/phrase.ts";

test("every report opens with the answer of a gate, also where no single result says it", () => {
  const results = [exampleConformance({ statuses: {} })];
  const whole: Whole = {
    subject: { en: "Gate", zh: "门禁" },
    outcome: "fail",
    sentence: { en: "0 of 2 steps passed.", zh: "2 个步骤中有 0 个通过。" },
    parts: [
      {
        name: asIs("chat"),
        outcome: "pass",
        detail: asIs("throughput 60/s"),
        reasons: [],
        href: "#result-1",
        isResult: true,
      },
      {
        name: asIs("chat against the baseline"),
        outcome: "fail",
        detail: asIs(""),
        reasons: ["msg_ack became slower by 40%"],
        href: "chat/comparison.html",
        isResult: false,
      },
      { name: asIs("soak"), outcome: undefined, detail: asIs(""), reasons: [], isResult: true },
    ],
  };
  const page = htmlReport(results, whole);
  expect(page).toMatch(/<title[^>]*>Failed: /);
  expect(/<p class="word"[^>]*>(.*?)<\/p>/.exec(page)?.[1]).toBe("Failed");
  const rows = [...page.matchAll(/<tr><th scope="row">.*?<\/tr>/gs)]
    .slice(0, 3)
    .map(([row]) => row.replaceAll(/<[^>]*>/g, " "));
  expect(rows.map((row) => row.replaceAll(/\s+/g, " ").trim())).toEqual([
    "chat passed throughput 60/s",
    "chat against the baseline failed msg_ack became slower by 40%",
    "soak not run",
  ]);
  expect(page).toContain('<a href="chat/comparison.html">');
  expect(markdown(results, whole)).toMatch(/^# ❌ Gate: failed\n\n[\s\S]*became slower/);
  expect(junit(results, whole)).toMatch(/<testsuites .*failures="1" errors="1"/);
  expect(githubAnnotations(results, whole)).toMatch(/^::error title=chat against the baseline failed::msg_ack/);
});

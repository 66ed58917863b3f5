import { describe, expect, it } from "vitest";
import { exampleConformance } from "../testing/conformance.ts";
import { exampleLoad } from "../testing/load.ts";
import { bundlePage } from "./bundle.ts";
import { pageScript, pageStyle } from "./generated/page.ts";
import { matrixPage } from "./matrix.ts";
import { htmlReport } from "./report.ts";

describe("the page", () => {
  it("is made with the script and style as they stand in browser/ (else: node reports/html/bundle.ts)", async () => {
    expect(await bundlePage()).toEqual({ script: pageScript, style: pageStyle });
  });

  it("needs nothing from outside", () => {
    const page = htmlReport([exampleConformance(), exampleLoad({ seconds: 5 })]);
    const withoutCode = page.replace(/<script>.*?<\/script>/s, "").replace(/<style>.*?<\/style>/s, "");
    expect(withoutCode).not.toMatch(/(?:src|href)="(?!#|data:)/);
    expect(pageStyle).not.toMatch(/url\(|@import/);
    expect(page).toContain("default-src 'none'");
  });

  it("lets no text become markup, in the page or in its data", () => {
    const hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";
    const conformance = exampleConformance({ name: hostile, statuses: { "MSG-07": "failed" } });
    Object.assign(conformance.cases.find(({ status }) => status === "failed") ?? {}, {
      reason: hostile,
      actual: hostile,
    });
    const load = exampleLoad({ seconds: 5 });
    load.errors = { [hostile]: 1 };
    for (const point of load.series) point.errors = { [hostile]: 1 };
    const page = htmlReport([conformance, load]);
    expect(page).not.toContain("<img src=x");
    expect(page.match(/<script>alert/g)).toBeNull();
  });

  it("calls sections what the result calls them, and by their id alone when it is too old to say more", () => {
    const { sections: _, ...old } = exampleConformance();
    const titled = { ...old, sections: [{ id: "MSG", title: "Notes & letters" }] };
    for (const page of [htmlReport, matrixPage]) {
      expect(page([titled])).toContain('MSG <span class="soft"><span lang="en">Notes &amp; letters</span></span>');
      expect(page([titled])).toMatch(/>GROUP<\/(span|h3|th)>/);
      expect(page([old])).toMatch(/>MSG<\/(span|h3|th)>/);
    }
  });

  it("says the verdict first", () => {
    const page = htmlReport([exampleConformance()]);
    const body = page.slice(page.indexOf("<main>"));
    expect(body.indexOf("Failed")).toBeLessThan(body.indexOf("Look at these"));
    expect(page).toMatch(/<title[^>]*>Failed: Conformance of coffeechat-go 0\.9\.1<\/title>/);
  });

  it("shows for a failure the rule, what was expected and what came, the frames and how to repeat it", () => {
    const page = htmlReport([exampleConformance({ statuses: { "MSG-07": "failed" } })]);
    for (const part of [
      "MUST NOT store a second message",
      "a second acknowledgement with server_msg_id 1, and one message in the history",
      "a second acknowledgement with server_msg_id 2",
      "local port 50112",
      "MSG_DATA_ACK",
      "--only MSG-07 --seed 7",
      "5f0a7c1e-8a51-4b43-9a3e-0d7f6f3c9b10",
    ]) {
      expect(page).toContain(part);
    }
  });
});

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareResults, sideOf } from "../compare/compare.ts";
import { defaultFigures } from "../figures.ts";
import { exampleConformance } from "../testing/conformance.ts";
import { exampleFaults } from "../testing/faults.ts";
import { leftInEnglish } from "../testing/left-in-english.ts";
import { exampleLoad } from "../testing/load.ts";
import { comparisonPage } from "./comparison.ts";
import { historyPage } from "./history.ts";
import { matrixPage } from "./matrix.ts";
import { htmlReport } from "./report.ts";

// The pages in a real browser. Screenshots of each are left in coverage/screenshots to be looked at.

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const noBrowser = existsSync(executablePath)
  ? undefined
  : `no Chromium at ${executablePath} (set CHROMIUM to its path)`;
const screenshots = join(import.meta.dirname, "../../coverage/screenshots");
/** Longest wait for the browser, in milliseconds. */
const SLOWEST_MS = 120_000;
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const pages: Record<string, () => string> = {
  conformance: () => htmlReport([exampleConformance()]),
  faults: () => htmlReport([exampleFaults()]),
  load: () => htmlReport([exampleLoad({ stall: true, violations: true })]),
  invalid: () => htmlReport([exampleLoad({ saturated: true })]),
  matrix: () => matrixPage(implementations),
  history: () => historyPage(manyRuns, defaultFigures(manyRuns)),
  comparison: () => comparisonPage([compareResults(sideOf(manyRuns.slice(0, 3)), sideOf(manyRuns.slice(8, 11)))]),
  unanswered: () =>
    comparisonPage([
      compareResults(
        { ...sideOf([exampleLoad({ label: "main", seconds: 20 })]), source: "runs/main/result.json" },
        { ...sideOf([exampleLoad({ label: "branch", seconds: 20, clients: 500 })]), source: "runs/branch/result.json" },
      ),
    ]),
  both: () => htmlReport([exampleConformance({ statuses: {} }), exampleLoad()]),
};

const implementations = [
  exampleConformance({ seed: 1, version: "0.9.0" }),
  exampleConformance({ seed: 2, version: "0.9.1", statuses: { "MSG-07": "failed", "HIST-05": "failed" } }),
  exampleConformance({
    seed: 3,
    name: "another-server",
    version: "2.1",
    statuses: { "ROBOT-01": "notApplicable", "MSG-14": "errored" },
  }),
];
const manyRuns = Array.from({ length: 12 }, (_, index) =>
  exampleLoad({
    seed: index + 1,
    seconds: 20,
    slowness: 1 + index / 20,
    startedAt: `2026-11-${String(index + 10)}T04:05:00.000Z`,
  }),
);

describe.skipIf(noBrowser !== undefined)(
  `report pages in Chromium${noBrowser === undefined ? "" : `: ${noBrowser}`}`,
  () => {
    let browser: Browser;
    let dir: string;

    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), "cupping-pages-"));
      await mkdir(screenshots, { recursive: true });
      browser = await chromium.launch({
        executablePath,
        args: [
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
        ],
      });
      for (const [name, page] of Object.entries(pages)) await writeFile(join(dir, `${name}.html`), page());
    });
    afterAll(async () => {
      await browser.close();
      await rm(dir, { recursive: true });
    });

    /** Opens a page, gathers whatever goes wrong on it, and whatever it tries to load. */
    async function open(
      name: string,
      size: { width: number; scheme: "light" | "dark" },
    ): Promise<{ page: Page; problems: string[] }> {
      const problems: string[] = [];
      const page = await browser.newPage({ viewport: { width: size.width, height: 900 }, colorScheme: size.scheme });
      // A long page on a busy machine takes its time, which is no fault of the page.
      page.setDefaultTimeout(SLOWEST_MS);
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
      });
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("request", (request) => {
        if (!request.url().startsWith("file:") && !request.url().startsWith("data:"))
          problems.push(`loads ${request.url()}`);
      });
      await page.goto(pathToFileURL(join(dir, `${name}.html`)).href);
      await page.waitForSelector("html.ready");
      return { page, problems };
    }

    // Every page in two looks that have nothing in common, the two that people open most in all four.
    const looks = Object.keys(pages).flatMap((name) => [
      { name, width: 1280, scheme: "light" as const },
      { name, width: 360, scheme: "dark" as const },
      ...(name === "conformance" || name === "load"
        ? [
            { name, width: 1280, scheme: "dark" as const },
            { name, width: 360, scheme: "light" as const },
          ]
        : []),
    ]);

    it.each(looks)(
      "$name at $width px, $scheme: no errors, nothing loaded, nothing sticks out",
      async ({ name, width, scheme }) => {
        const { page, problems } = await open(name, { width, scheme });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        await page.screenshot({ path: join(screenshots, `${name}-${width}-${scheme}.png`), fullPage: true });
        expect(problems).toEqual([]);
        await page.close();
      },
      2 * SLOWEST_MS,
    );

    /** What axe finds wrong on a page as it stands. */
    async function issuesOn(page: Page): Promise<string[]> {
      // The page's own policy forbids foreign scripts, so the checker comes in through the debugging protocol.
      await page.evaluate(await readFile(axe, "utf8"));
      const found = (await page.evaluate("axe.run()")) as {
        violations: { id: string; nodes: { html: string }[] }[];
      };
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
    }

    const themes = Object.keys(pages).flatMap((name) => [
      { name, scheme: "light" as const },
      { name, scheme: "dark" as const },
    ]);
    it.each(themes)("$name, $scheme: axe finds nothing", async ({ name, scheme }) => {
      const { page } = await open(name, { width: 1280, scheme });
      await page.evaluate(
        "for (const details of document.querySelectorAll('details.case[data-print]')) details.open = true",
      );
      expect(await issuesOn(page)).toEqual([]);
      await page.close();
    });

    describe("in a Chinese browser", () => {
      async function openChinese(name: string, scheme: "light" | "dark" = "light"): Promise<Page> {
        const page = await browser.newPage({
          viewport: { width: 1280, height: 900 },
          colorScheme: scheme,
          locale: "zh-CN",
        });
        page.setDefaultTimeout(SLOWEST_MS);
        await page.goto(pathToFileURL(join(dir, `${name}.html`)).href);
        await page.waitForSelector("html.ready");
        return page;
      }

      it("says verdicts, statuses and headings in Chinese, and what the suite found as it was found", async () => {
        const page = await openChinese("conformance");
        expect(await page.title()).toBe("失败：一致性测试：coffeechat-go 0.9.1");
        expect(await page.getAttribute("html", "lang")).toBe("zh-CN");
        expect(await page.textContent(".word")).toBe("失败");
        expect((await page.locator("h2").allTextContents()).slice(0, 2)).toEqual(["失败的用例", "各章节"]);
        expect(await page.getAttribute("input[type=search]", "placeholder")).toBe("规则、标题或文字（ / ）");
        await page.click("[data-status=failed]");
        expect(await page.textContent("[data-cases] output")).toMatch(/^3 \/ \d+$/);
        await page.click("h2:text('失败的用例') + details summary");
        expect(await page.locator("h2:text('失败的用例') + details .contrast dt").allTextContents()).toEqual([
          "预期",
          "实际",
        ]);
        expect(await page.locator("h2:text('失败的用例') + details .title").getAttribute("lang")).toBe("en");
        await page.click("#theme");
        expect(await page.textContent("#theme")).toBe("主题：浅色");
        await page.close();
      });

      it("is turned into English and back by a button that one sees, which no paper has", async () => {
        const page = await openChinese("load");
        const chinese = await page.innerText("main");
        expect(await page.innerText("#language")).toBe("English");
        expect(await page.innerText("figure[data-chart=latency] h3")).toBe("延迟随时间的变化");
        expect(await page.innerText("figure[data-chart=cpu] .u-legend")).toMatch(/施压端[\s\S]* 至 [\s\S]*目标/);
        await page.click("#language");
        expect(await page.innerText("#language")).toBe("中文");
        expect(await page.getAttribute("html", "lang")).toBe("en");
        const again = await open("load", { width: 1280, scheme: "light" });
        expect(await page.innerText("main h2 >> nth=1")).toBe(await again.page.innerText("main h2 >> nth=1"));
        expect(await page.innerText("main")).not.toMatch(/\p{Script=Han}/u);
        await page.click("#language");
        expect(await page.innerText("main")).toBe(chinese);
        await page.emulateMedia({ media: "print" });
        expect(await page.isVisible("#language")).toBe(false);
        expect(await page.innerText(".word")).toBe("失败");
        await again.page.close();
        await page.close();
      });

      it.each(
        Object.keys(pages).flatMap((name) => [
          { name, scheme: "light" as const },
          ...(["conformance", "load", "both"].includes(name) ? [{ name, scheme: "dark" as const }] : []),
        ]),
      )(
        "$name, $scheme: nothing of ours is left in English, axe finds nothing, nothing sticks out",
        async ({ name, scheme }) => {
          const page = await openChinese(name, scheme);
          await page.evaluate(
            "for (const details of document.querySelectorAll('details.case[data-print]')) details.open = true",
          );
          expect(await leftInEnglish(page)).toEqual([]);
          expect(await issuesOn(page)).toEqual([]);
          await page.screenshot({ path: join(screenshots, `${name}-zh-${scheme}.png`), fullPage: true });
          await page.setViewportSize({ width: 360, height: 900 });
          await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(360);
          await page.close();
        },
      );
    });

    it("is checked by an axe that can say no", async () => {
      const { page } = await open("invalid", { width: 1280, scheme: "light" });
      await page.evaluate(
        "document.querySelector('#theme').textContent = ''; document.querySelector('h1').style.color = '#eee'",
      );
      expect((await issuesOn(page)).map((issue) => issue.split(":")[0])).toEqual(["button-name", "color-contrast"]);
      await page.close();
    });

    it("draws every chart, follows the theme button, and shows values under the pointer", async () => {
      const { page, problems } = await open("load", { width: 1280, scheme: "light" });
      const drawn = await page.locator("figure canvas").count();
      expect(drawn).toBe(await page.locator("figure").count());
      expect(drawn).toBeGreaterThanOrEqual(7);
      const background = (): Promise<unknown> => page.evaluate("getComputedStyle(document.body).backgroundColor");
      const light = await background();
      await page.click("#theme");
      await page.click("#theme");
      expect(await page.textContent("#theme")).toBe("Theme: dark");
      expect(await background()).not.toBe(light);
      for (const chart of ["cpu", "event-loop"]) {
        const legend = page.locator(`figure[data-chart=${chart}] .u-legend`);
        expect(await legend.innerText()).toMatch(/generator[\s\S]*target/);
      }
      expect(await page.innerText("main")).toContain(
        "The target's own figures come from http://10.0.0.7:18080/metrics.",
      );
      const markers = await page.locator("figure[data-chart=latency] .u-marker line").all();
      const looks = await Promise.all(markers.map((one) => one.getAttribute("stroke-dasharray")));
      // Colours apart, each line is broken in its own way.
      expect(new Set(looks).size).toBe(5);
      const figure = page.locator("figure[data-chart=latency]");
      await figure.scrollIntoViewIfNeeded();
      // On paper, and while nothing is pointed at, the legend tells where the values go.
      expect(await figure.locator(".u-legend").innerText()).toMatch(/p99:?\s*[\d.,]+ ms to [\d.,]+ ms/);
      await figure.locator(".u-over").hover();
      await expect.poll(() => figure.locator(".u-legend").innerText()).toMatch(/p99:?\s*[\d.,]+ ms(?! to)/);
      await figure.locator("select").selectOption("Acknowledgement");
      await figure.locator("button.scale").click();
      expect(await figure.locator("button.scale").getAttribute("aria-pressed")).toBe("false");
      expect(problems).toEqual([]);
      await page.close();
    });

    it("tells under the verdict what was found wrong, and what was asked beside what was done", async () => {
      const { page } = await open("load", { width: 1280, scheme: "light" });
      const found = page.locator(".violations");
      expect(await found.locator("h2").allInnerTexts()).toEqual(["3 violations of loss"]);
      expect(await found.locator("li").count()).toBe(1);
      const first = await found.locator("li").first().boundingBox();
      expect(first?.y).toBeLessThan(800);
      const rows = await page.getByRole("region", { name: "Asked and done" }).locator("tbody tr").allInnerTexts();
      expect(rows.map((row) => row.replaceAll(/\s+/g, " "))).toEqual(
        expect.arrayContaining([
          "Target tcp://10.0.0.7:8000 coffeechat-go 0.9.1",
          expect.stringMatching(/^Model open: /),
          expect.stringMatching(
            /^Generator’s machine 4 × .* GB 1.30 processes wanted to run at a time on 4 processors, /,
          ),
          expect.stringMatching(/^Clients 2,000 [\d,]+ at one time/),
          expect.stringMatching(/^Arrivals 1,000\/s, poisson [\d.,]+\/s \(Delivery\)$/),
        ]),
      );
      await page.close();
    });

    it("filters the cases by status and by text, and opens the case that the address names", async () => {
      const { page } = await open("conformance", { width: 1280, scheme: "light" });
      const visible = (): Promise<number> => page.locator("[data-cases] [data-case]:visible").count();
      const all = await visible();
      await page.click("[data-status=failed]");
      expect(await visible()).toBe(3);
      expect(await page.textContent("[data-cases] output")).toBe(`3 of ${all}`);
      await page.click("[data-status=warned]");
      expect(await visible()).toBe(5);
      await page.fill("input[type=search]", "login-04");
      expect(await visible()).toBe(1);
      await page.evaluate("location.hash = '#msg-07'");
      await page.waitForSelector("#msg-07[open]");
      await page.close();
    });

    it("keeps the filter in the address, takes / for the search, and says when nothing matches", async () => {
      const { page } = await open("conformance", { width: 1280, scheme: "light" });
      const visible = (): Promise<number> => page.locator("[data-cases] [data-case]:visible").count();
      await page.click("[data-status=failed]");
      await page.keyboard.press("/");
      await page.keyboard.type("login");
      expect(new URL(page.url()).hash).toBe("#?status=failed&text=login");
      const again = await browser.newPage();
      await again.goto(page.url());
      expect(await again.inputValue("input[type=search]")).toBe("login");
      expect(await again.locator("[data-cases] [data-case]:visible").count()).toBe(await visible());
      await page.fill("input[type=search]", "no case says this");
      expect(await page.isVisible("text=Nothing matches.")).toBe(true);
      await again.close();
      await page.close();
    });

    it("makes what passed cases open to when they are opened, and finds words in it before", async () => {
      const suite = exampleConformance();
      const passed = suite.cases.find(({ status }) => status === "passed") as (typeof suite.cases)[0];
      const one = { ...passed, id: "one", remarks: ["a remark that <nobody> else makes"] };
      suite.cases = Array.from({ length: 4000 }, (_, index) =>
        index === 1234 ? one : { ...passed, id: `case/${index}` },
      );
      await writeFile(join(dir, "many.html"), htmlReport([suite]));
      const { page, problems } = await open("many", { width: 1280, scheme: "light" });
      expect(await page.evaluate("document.querySelectorAll('.case > .body > *').length")).toBe(0);
      await page.fill("input[type=search]", "that <nobody> else makes");
      expect(await page.locator("[data-cases] [data-case]:visible").count()).toBe(1);
      await page.locator("[data-cases] [data-case]:visible > summary").click();
      expect(await page.locator(".case[open] .remarks").innerText()).toBe("a remark that <nobody> else makes");
      await page.locator(".case[open] button.copy").first().waitFor();
      expect(problems).toEqual([]);
      await page.close();
    });

    it("copies a command, shows a link to each case, and folds what could not run by its cause", async () => {
      const hindered = { "MSG-01": "couldNotRun", "MSG-02": "couldNotRun", "MSG-07": "failed" } as const;
      const file = join(dir, "hindered.html");
      await writeFile(file, htmlReport([exampleConformance({ statuses: hindered })]));
      const page = await browser.newPage();
      await page.goto(pathToFileURL(file).href);
      const headings = await page.locator("h2").allTextContents();
      expect(headings.slice(0, 3)).toEqual(["Failures", "Could not run", "Sections"]);
      expect(await page.locator("h2:text('Could not run') + details .rule").textContent()).toBe("2 cases");
      await page.click("h2:text('Failures') + details summary");
      const shown = page.locator("#msg-07");
      expect(await shown.locator("a:text('Link to this case')").getAttribute("href")).toBe("#msg-07");
      await shown.locator("button.copy").first().click();
      await shown.locator("button.copy:text('Copied')").first().waitFor();
      expect(await page.evaluate("getSelection().toString()")).toContain("cupping conformance");
      await page.close();
    });

    it("shows faults by guarantees, and over one time axis the break and the recovery of each", async () => {
      const { page } = await open("faults", { width: 1280, scheme: "light" });
      const table = page.getByRole("region", { name: "Faults by guarantees" });
      const rows = await table.locator("tbody tr").allInnerTexts();
      expect(rows.map((row) => row.split(/\s*[\t\n]\s*/).filter((cell) => cell !== ""))).toEqual([
        ["server-killed", "kept", "kept", "kept"],
        ["partition", "kept", "broken", "kept"],
        ["disk-full", "left out it needs a disk of its own"],
        ["latency", "could not be inflicted this process stood still for 6.0 s"],
      ]);
      const [killed, cut] = await page.locator(".course").all();
      expect(await killed?.getAttribute("aria-label")).toBe("broken at 0.5 s, over at 3.5 s, all well 900 ms later");
      const width = async (part: string): Promise<number> => (await killed?.locator(part).boundingBox())?.width ?? 0;
      expect((await width(".broken")) / (await width(".recovering:not(.strip)"))).toBeCloseTo(3000 / 900, 1);
      expect(await cut?.locator(".well").count()).toBe(0);
      await table.getByRole("link", { name: "broken" }).click();
      await page.waitForSelector("[id='partition/none-lost'][open]");
      await page.close();
    });

    it("compares figures on one labelled axis with the tolerance as a band, the delivery first", async () => {
      const { page } = await open("comparison", { width: 1280, scheme: "light" });
      const table = page.getByRole("region", { name: "Figures" });
      const names = await table.locator("tbody th").allInnerTexts();
      expect(names.slice(0, 4).every((name) => name.startsWith("msg_e2e."))).toBe(true);
      const labels = await table.locator("thead .ticks span").allInnerTexts();
      expect(labels[(labels.length - 1) / 2]).toBe("0%");
      // What stands at +10% on the axis is the edge of the tolerance.
      const edge = await table.locator("tbody .tolerated").first().boundingBox();
      const axis = await table.locator("tbody .interval").first().boundingBox();
      const reach = Number.parseFloat(labels.at(-1)?.slice(1) ?? "");
      expect((edge?.width ?? 0) / (axis?.width ?? 1)).toBeCloseTo(10 / reach, 2);
      await page.setViewportSize({ width: 390, height: 900 });
      expect(await table.locator("tbody .ticks").first().isVisible()).toBe(true);
      await page.close();
    });

    it("shows both sides by file and label, also where there is no answer", async () => {
      const { page } = await open("unanswered", { width: 1280, scheme: "light" });
      expect(await page.innerText(".word")).toBe("No answer");
      const rows = await page.getByRole("region", { name: "Both sides" }).locator("tr").allInnerTexts();
      const cells = new Map(rows.map((row) => row.split("\t")).map(([name = "", ...sides]) => [name, sides]));
      expect(cells.get("File")).toEqual(["runs/main/result.json", "runs/branch/result.json"]);
      expect(cells.get("Label")).toEqual(["main", "branch"]);
      expect(await page.locator("tr.differs th").allInnerTexts()).toContain("Clients");
      await page.close();
    });

    it("opens failures and turns light on paper", async () => {
      const { page, problems } = await open("conformance", { width: 1280, scheme: "dark" });
      await page.pdf({ path: join(screenshots, "conformance.pdf"), format: "A4" });
      await page.emulateMedia({ media: "print" });
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      expect(await page.locator("details.case[data-print]:not([open])").count()).toBe(0);
      await page.evaluate("dispatchEvent(new Event('afterprint'))");
      expect(await page.locator("details.case[data-print][open]").count()).toBe(0);
      expect(problems).toEqual([]);
      await page.close();
    });

    // A4 at 96 pixels an inch, with no margin and with the centimetre that browsers leave.
    it.each(Object.keys(pages))("leaves nothing of %s beyond the edge of the paper", async (name) => {
      const { page } = await open(name, { width: 794, scheme: "light" });
      await page.emulateMedia({ media: "print" });
      for (const width of [794, 718]) {
        await page.setViewportSize({ width, height: 1000 });
        await page.evaluate("dispatchEvent(new Event('beforeprint'))");
        const cut = await page.evaluate(
          "[...document.querySelectorAll('.scroll, .trace, pre, figure')].filter((one) => one.scrollWidth > one.clientWidth + 1)" +
            ".map((one) => one.ariaLabel + ': ' + one.scrollWidth + ' of ' + one.clientWidth)",
        );
        expect(cut).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      }
      await page.close();
    });

    it("keeps an hour at one second below 5 MB", async () => {
      const text = htmlReport([exampleLoad({ seconds: 3600, stall: true })]);
      expect(Buffer.byteLength(text)).toBeLessThan(5_000_000);
      await writeFile(join(dir, "hour.html"), text);
      const { page, problems } = await open("hour", { width: 1280, scheme: "light" });
      await page.screenshot({ path: join(screenshots, "hour.png"), fullPage: true });
      expect(await page.locator("figure canvas").count()).toBeGreaterThanOrEqual(7);
      expect(problems).toEqual([]);
      await page.close();
    });
  },
);

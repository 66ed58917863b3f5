import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leftInEnglish } from "../../reports/testing/left-in-english.ts";
import { type Ended, run } from "../endings/command.ts";

// The page of a running load, in a real browser beside the real command.

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const SLOWEST_MS = 120_000;
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

describe.skipIf(!existsSync(executablePath))("cupping load --live, in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(() => browser.close());

  /** Starts a load and opens its page. */
  async function watch(
    words: readonly string[],
    locale = "en-GB",
  ): Promise<{ page: Page; problems: string[]; ended: Promise<Ended> }> {
    let ended: Promise<Ended> | undefined;
    const url = await new Promise<string>((resolve) => {
      ended = run(["load", "chat", "--live", "--clients", "20", "--ramp", "1s", ...words], {
        onStart(child) {
          child.stderr?.on("data", (chunk) => {
            const found = /live page: (\S+)/.exec(String(chunk))?.[1];
            if (found !== undefined) resolve(found);
          });
        },
      });
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale });
    page.setDefaultTimeout(SLOWEST_MS);
    const problems: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(url);
    return { page, problems, ended: ended as unknown as Promise<Ended> };
  }

  it("draws the run while it goes on, and becomes its report", { timeout: SLOWEST_MS }, async () => {
    const { page, problems, ended } = await watch(["--rate", "50", "--duration", "8s", "--warmup", "1s"]);
    await page.waitForSelector("figure[data-chart=latency] canvas");
    await expect.poll(() => page.innerText(".word"), { timeout: SLOWEST_MS }).toMatch(/traffic/i);
    await page.evaluate(await readFile(axe, "utf8"));
    const { violations } = (await page.evaluate("axe.run()")) as { violations: { id: string }[] };
    expect(violations.map(({ id }) => id)).toEqual([]);
    // On a busy machine the run may be worth nothing, and then the page says that.
    const { result } = await ended;
    await page.waitForSelector("h2:text-is('The generator')");
    const word = { pass: "Passed", fail: "Failed", invalid: "Not valid" }[result?.verdict ?? "fail"];
    expect(await page.innerText(".word")).toBe(word);
    expect(await page.innerText("main")).toContain(String(result?.run.seed));
    expect(await page.locator("figure canvas").count()).toBeGreaterThan(4);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("speaks Chinese in a Chinese browser, to its end", { timeout: SLOWEST_MS }, async () => {
    const { page, problems, ended } = await watch(["--rate", "50", "--duration", "10m"], "zh-CN");
    await page.waitForSelector("figure[data-chart=latency] canvas");
    await expect.poll(() => page.innerText(".word"), { timeout: SLOWEST_MS }).toBe("测量");
    expect(await page.title()).toBe("测量：压力测试 chat：参考服务器");
    expect(await leftInEnglish(page)).toEqual([]);
    expect(await page.innerText("#live-stop")).toBe("停止运行");
    await page.click("#live-stop");
    await ended;
    await page.waitForSelector("h2:text-is('施压端')");
    expect(await page.innerText(".word")).toBe("已中断");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("is ended by its button as by Ctrl-C: drained, reported, exit code 130", { timeout: SLOWEST_MS }, async () => {
    const { page, ended } = await watch(["--rate", "50", "--duration", "10m"]);
    await page.waitForSelector("figure[data-chart=latency] canvas");
    await page.click("#live-stop");
    const { code, result, files, said } = await ended;
    expect(code).toBe(130);
    expect(said).toContain("ending the run in order, as its page asks");
    expect(result?.run.partial).toBe(true);
    expect(files).toContain("report.html");
    await page.waitForSelector("h2:text-is('The generator')");
    expect(await page.innerText(".word")).toBe("Interrupted");
    await page.close();
  });
});

// Makes the pictures in docs/images: `npm run screenshots`. The pages are of made-up results, the same every time.
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { htmlReport } from "../../reports/html/report.ts";
import { exampleConformance } from "../../reports/testing/conformance.ts";
import { exampleLoad } from "../../reports/testing/load.ts";
import type { Whole } from "../../reports/whole.ts";
import { asIs } from "../../reports/words/phrase.ts";
import { dataWay } from "./data-way.ts";

const images = join(import.meta.dirname, "../../docs/images");
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
/** A document that is read over a slow line shows none that is larger, in bytes. */
const LARGEST = 150_000;

const suite = exampleConformance();
const load = exampleLoad({ stall: true, violations: true });
const whole: Whole = {
  subject: asIs("Gate"),
  outcome: "fail",
  sentence: asIs("1 of 3 steps passed."),
  parts: [
    {
      name: asIs("conformance"),
      outcome: "fail",
      detail: asIs(""),
      reasons: [suite.reasons[0] ?? ""],
      href: "#result-1",
      isResult: true,
    },
    {
      name: asIs("chat"),
      outcome: "fail",
      detail: asIs(""),
      reasons: load.reasons,
      href: "#result-2",
      isResult: true,
    },
    {
      name: asIs("chat against the baseline"),
      outcome: "pass",
      detail: asIs("nothing became worse"),
      reasons: [],
      href: "chat/comparison.html",
      isResult: false,
    },
  ],
};

/** Each page, and what is opened before the picture is taken. */
const pages: Record<string, { text: string; height: number; open?: string }> = {
  gate: { text: htmlReport([suite, load], whole), height: 700 },
  conformance: { text: htmlReport([suite]), height: 1000, open: "#msg-07" },
  load: { text: htmlReport([load]), height: 1300 },
};

await mkdir(images, { recursive: true });
await writeFile(join(images, "data-way.svg"), dataWay("en"));
await writeFile(join(images, "data-way.zh-CN.svg"), dataWay("zh"));
const folder = await mkdtemp(join(tmpdir(), "cupping-screenshots-"));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  for (const [name, { text, height, open }] of Object.entries(pages)) {
    const file = join(folder, `${name}.html`);
    await writeFile(file, text);
    const page = await browser.newPage({ viewport: { width: 1080, height }, colorScheme: "light", locale: "en-US" });
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector("html.ready");
    if (open !== undefined) await page.click(`${open} > summary`);
    const path = join(images, `${name}.png`);
    await page.screenshot({ path, animations: "disabled" });
    const { size } = await stat(path);
    if (size > LARGEST) throw new Error(`${path} has ${size} bytes, and ${LARGEST} are the most`);
    process.stdout.write(`${path} ${size} bytes\n`);
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}

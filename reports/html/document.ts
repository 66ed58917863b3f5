import { frameWords } from "../words/pages.ts";
import type { Phrase } from "../words/phrase.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { pageScript, pageStyle } from "./generated/page.ts";
import { html, Markup, otherwise } from "./markup.ts";

/** A whole page: everything is inside the file, and it is told to load nothing from anywhere. */
export function htmlDocument({
  title,
  tool,
  body,
  charts = [],
  caseBodies = {},
  isServed = false,
}: {
  title: Phrase;
  /** What made the page, e.g. `cupping 0.1.0`. */
  tool: string;
  body: Markup;
  charts?: readonly ChartSpec[];
  /** What cases open to that have no elements until then, by the id of their row. */
  caseBodies?: Readonly<Record<string, string>>;
  /** It comes from a server of ours, and asks it for more; any other page asks nobody for anything. */
  isServed?: boolean;
}): string {
  const page = html`<!doctype html>
<html lang="en" data-theme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:${isServed && "; connect-src 'self'"}">
<meta name="generator" content="${tool}">
<title${otherwise(title)}>${title.en}</title>
<link rel="icon" href="data:,">
<style>${new Markup(pageStyle)}</style>
</head>
<body>
<div class="wrap">
<header class="masthead"><strong>cupping</strong><span class="settings scripted"><button type="button" id="language" lang="zh-CN">中文</button><button type="button" id="theme"></button></span></header>
<main>
${new Markup(lifted(body.text))}
</main>
<footer>${isServed ? frameWords.madeMeanwhile(tool) : frameWords.madeBy(tool)}</footer>
</div>
<script type="application/json" id="charts">${new Markup(embeddable(charts))}</script>
<script type="application/json" id="case-bodies">${new Markup(embeddable(caseBodies))}</script>
<script>${new Markup(pageScript)}</script>
</body>
</html>
`;
  return page.text;
}

const ALONE = /<(\w+)((?: [\w-]+(?:="[^"]*")?)*)><span data-zh="([^"]*)">([^<]*)<\/span><\/\1>/g;

/** An element that holds a phrase and nothing else has its other language itself: a long page has thousands of them. */
function lifted(markup: string): string {
  return markup.replaceAll(ALONE, '<$1$2 data-zh="$3">$4</$1>');
}

/** JSON that can stand in a script element: nothing in it can end the element. */
function embeddable(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

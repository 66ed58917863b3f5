import type { ChartSpec } from "./chart-spec.ts";
import { pageScript, pageStyle } from "./generated/page.ts";
import { html, Markup } from "./markup.ts";

/** A whole page: everything is inside the file, and it is told to load nothing from anywhere. */
export function htmlDocument({
  title,
  tool,
  body,
  charts = [],
  isServed = false,
}: {
  title: string;
  /** What made the page, e.g. `cupping 0.1.0`. */
  tool: string;
  body: Markup;
  charts?: readonly ChartSpec[];
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
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(pageStyle)}</style>
</head>
<body>
<div class="wrap">
<header class="masthead"><strong>cupping</strong><button type="button" id="theme" class="scripted">Theme: auto</button></header>
<main>
${body}
</main>
<footer>Made by ${tool} ${isServed ? "while the run goes on" : "from the result file alone"}.</footer>
</div>
<script type="application/json" id="charts">${new Markup(embeddable(charts))}</script>
<script>${new Markup(pageScript)}</script>
</body>
</html>
`;
  return page.text;
}

/** JSON that can stand in a script element: nothing in it can end the element. */
function embeddable(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

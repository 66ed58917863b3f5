import { asIs, type Language, type Phrase } from "../../reports/words/phrase.ts";

// The picture of the data's way: who runs, the one file that is written, and what reads it.

const WIDTH = 920;
const HEIGHT = 330;
const BOX = { width: 190, height: 58 };

interface Box {
  readonly x: number;
  readonly y: number;
  readonly title: Phrase;
  readonly words: Phrase;
  readonly strong?: boolean;
}

const runs: readonly Box[] = [
  { x: 20, y: 50, title: asIs("conformance"), words: { en: "cases → verdicts, frames", zh: "用例 → 结论与数据帧" } },
  { x: 20, y: 136, title: asIs("load"), words: { en: "messages, each checked", zh: "逐条检查每条消息" } },
  { x: 20, y: 222, title: asIs("faults"), words: { en: "breaks, and what is kept", zh: "注入故障，检验保证" } },
];
const target: Box = {
  x: 270,
  y: 136,
  title: { en: "your server", zh: "你的服务器" },
  words: asIs("TCP, WebSocket, HTTP"),
};
const file: Box = {
  x: 490,
  y: 136,
  title: asIs("result.json"),
  words: { en: "one schema, versioned", zh: "唯一的、带版本的格式" },
  strong: true,
};
const readers: readonly Box[] = [
  { x: 710, y: 20, title: asIs("report"), words: { en: "page, JUnit, Markdown …", zh: "网页、JUnit、Markdown ……" } },
  { x: 710, y: 98, title: asIs("compare, matrix"), words: { en: "side by side, over time", zh: "并排对照，历史趋势" } },
  { x: 710, y: 176, title: asIs("gate"), words: { en: "an exit code for CI", zh: "给 CI 的退出码" } },
  { x: 710, y: 254, title: { en: "monitoring", zh: "监控" }, words: asIs("Prometheus, OpenTelemetry") },
];
const BOX_SMALL = 175;
const label: Phrase = {
  en: "Conformance, load and faults talk to your server and write result.json; reports, comparison, gate and monitoring read it.",
  zh: "一致性测试、压力测试和故障注入与你的服务器通信并写出 result.json；报告、比较、门禁和监控读取它。",
};

/** The picture as SVG: light or dark as the reader has it, in the colours of the pages. */
export function dataWay(language: Language): string {
  const middle = ({ y }: Box): number => y + BOX.height / 2;
  const lines = [
    ...runs.map((run) => arrow(run.x + BOX.width, middle(run), target.x, middle(target), true)),
    arrow(target.x + BOX_SMALL, middle(target), file.x, middle(file)),
    ...readers.map((reader) => arrow(file.x + BOX_SMALL, middle(file), reader.x, middle(reader))),
  ];
  const boxes = [
    ...runs.map((one) => box(one, BOX.width, language)),
    box(target, BOX_SMALL, language),
    box(file, BOX_SMALL, language),
    ...readers.map((one) => box(one, BOX.width, language)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label[language]}">
<style>
svg { font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; --ink: #221c17; --soft: #6a6058; --card: #fff; --line: #b9ada0; --accent: #7b4a26; }
@media (prefers-color-scheme: dark) { svg { --ink: #eee7df; --soft: #a89d92; --card: #201c19; --line: #6a6058; --accent: #dca26f; } }
rect { fill: var(--card); stroke: var(--line); }
.strong { stroke: var(--accent); stroke-width: 2.5; }
.title { fill: var(--ink); font-size: 15px; font-weight: 600; }
.words { fill: var(--soft); font-size: 12px; }
path { fill: none; stroke: var(--line); stroke-width: 1.5; }
.tip { fill: var(--line); stroke: none; }
</style>
${lines.join("\n")}
${boxes.join("\n")}
</svg>
`;
}

function box({ x, y, title, words, strong }: Box, width: number, language: Language): string {
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="${BOX.height}" rx="8"${strong ? ' class="strong"' : ""}/>` +
    `<text class="title" x="${x + 14}" y="${y + 25}">${title[language]}</text><text class="words" x="${x + 14}" y="${y + 44}">${words[language]}</text>`
  );
}

/** @param both data goes both ways: requests there, answers and pushes back */
function arrow(fromX: number, fromY: number, toX: number, toY: number, both = false): string {
  const half = (fromX + toX) / 2;
  const [start, end] = [both ? fromX + 8 : fromX, toX - 8];
  const tip = (x: number, y: number, way: 1 | -1): string =>
    `<polygon class="tip" points="${x},${y} ${x - 8 * way},${y - 4} ${x - 8 * way},${y + 4}"/>`;
  return `<path d="M${start} ${fromY}C${half} ${fromY} ${half} ${toY} ${end} ${toY}"/>${tip(toX, toY, 1)}${both ? tip(fromX, fromY, -1) : ""}`;
}

import type { FaultCourse } from "../../harness/result/index.ts";
import { formatDuration } from "../numbers.ts";
import { courseWords } from "../words/faults.ts";
import { listed, type Phrase } from "../words/phrase.ts";
import { html, type Markup, spoken } from "./markup.ts";

/** Height of a drawing in its own units; it is stretched to the room that it gets. */
const HEIGHT = 100;
/** What was held back comes in a burst. Bars end at so many times the calm traffic, or that could not be seen. */
const CUT = 2.5;
/** Steps of the axis, in milliseconds. */
const STEPS = [500, 1000, 2000, 5000, 10_000, 20_000, 60_000];
const MOST_TICKS = 8;

/**
 * The answers of a fault over time, with the break and the recovery.
 * @param lengthMs of the axis, the same for all faults of a page, so that they can be compared
 */
export function courseDrawing(course: FaultCourse, lengthMs: number): Markup {
  const { brokenAtMs, healedAtMs, recoveredAtMs, endedAtMs } = course;
  const wellAtMs = recoveredAtMs ?? endedAtMs;
  const step = STEPS.find((size) => lengthMs / size <= MOST_TICKS) ?? lengthMs;
  const ticks = Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, index) => index * step);
  return html`<div class="course" role="img"${spoken("aria-label", courseText(course))}><svg viewBox="0 0 ${lengthMs} ${HEIGHT}" preserveAspectRatio="none">
${band("broken", brokenAtMs, healedAtMs)}${band("recovering", healedAtMs, wellAtMs)}${band("recovering strip", healedAtMs, wellAtMs)}
${ticks.map((at) => line("grid", at))}<path class="answers" d="${bars(course)}"/>
${line("edge", brokenAtMs)}${line("edge", healedAtMs)}${recoveredAtMs !== undefined && line("well", recoveredAtMs)}
<line class="ground" x1="0" y1="${HEIGHT}" x2="${lengthMs}" y2="${HEIGHT}"/></svg>
<div class="ticks" aria-hidden="true">${ticks.map((at) => html`<span style="left:${share(at, lengthMs)}">${at / 1000} s</span>`)}</div></div>`;
}

/** The moments of a fault in one sentence. */
export function courseText(course: FaultCourse): Phrase {
  const { brokenAtMs, healedAtMs, recoveredAtMs, endedAtMs } = course;
  const well =
    recoveredAtMs === undefined
      ? courseWords.notWell(formatDuration(endedAtMs - healedAtMs))
      : courseWords.wellAfter(formatDuration(recoveredAtMs - healedAtMs));
  return courseWords.moments(seconds(brokenAtMs), seconds(healedAtMs), well);
}

/** What the marks of the drawings mean. */
export function courseLegend(tables: readonly FaultCourse[]): Markup {
  const [interval] = tables.map(({ intervalMs }) => intervalMs);
  const keys: [string, Phrase][] = [
    ["broken", courseWords.theFault],
    ["recovering", courseWords.untilWell],
    ["answers", courseWords.answered(formatDuration(interval ?? 100))],
  ];
  return html`<p class="keys soft">${keys.map(
    ([name, words]) =>
      html`<span><svg class="key" width="22" height="14" aria-hidden="true"><rect class="${name}" width="22" height="14"/>${name === "recovering" && html`<rect class="recovering strip" width="22" height="4"/>`}</svg> ${words}</span>`,
  )}</p>`;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const share = (at: number, of: number): string => `${((100 * at) / of).toFixed(2)}%`;

function band(name: string, from: number, to: number): Markup {
  // The strip tells the two bands apart where colours do not.
  const height = name.endsWith("strip") ? HEIGHT / 8 : HEIGHT;
  return html`<rect class="${name}" x="${from}" y="0" width="${Math.max(0, to - from)}" height="${height}"/>`;
}

function line(name: string, at: number): Markup {
  return html`<line class="${name}" x1="${at}" y1="0" x2="${at}" y2="${HEIGHT}"/>`;
}

/** One bar for each interval, as the outline of them all. */
function bars({ answers, intervalMs, brokenAtMs }: FaultCourse): string {
  const calm = answers.slice(0, Math.max(1, Math.floor(brokenAtMs / intervalMs))).toSorted((a, b) => a - b);
  const most = CUT * Math.max(1, calm[Math.floor(calm.length / 2)] ?? 1);
  const steps = answers.map((count, index) => {
    const top = Number((HEIGHT - (HEIGHT * Math.min(count, most)) / most).toFixed(1));
    return `V${top}H${(index + 1) * intervalMs}`;
  });
  return `M0 ${HEIGHT}${steps.join("")}V${HEIGHT}Z`;
}

/** What the clients lived through, in figures. */
export function courseFigures({ sent, acknowledged, refused, breaks }: FaultCourse): Phrase {
  return listed([
    courseWords.acknowledged(acknowledged, sent),
    ...(refused > 0 ? [courseWords.refused(refused)] : []),
    courseWords.brokenConnections(breaks),
  ]);
}

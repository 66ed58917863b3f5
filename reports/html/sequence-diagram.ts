import type { CaseResult, FrameTrace, TraceEntry } from "../../harness/result/index.ts";
import { caseWords } from "../words/pages.ts";
import { listed } from "../words/phrase.ts";
import { html, type Markup, spoken } from "./markup.ts";

const LANE_WIDTH = 150;
const ROW_HEIGHT = 34;
const ARROW_Y = 24;
const TIP = 7;
/** Rows shown of a long trace: around the marked entry, else its end. The rest is in the result file. */
const MAX_ROWS = 300;

/**
 * A trace as a sequence diagram: a lane for each connection and one for the target, an arrow for each frame. Each
 * arrow opens to the decoded body and the bytes.
 */
export function sequenceDiagram({ id, trace }: CaseResult): Markup {
  const lanes = lanesOf(trace);
  const marked = trace.findIndex(({ highlight }) => highlight === true);
  const end = marked === -1 ? trace.length : Math.min(trace.length, marked + MAX_ROWS / 2);
  const start = Math.max(0, end - MAX_ROWS);
  const shown = trace.slice(start, end);
  return html`${marked !== -1 && html`<p class="soft">${caseWords.marked}</p>`}
<div class="trace" style="--lanes:${lanes.length}" tabindex="0" role="region"${spoken("aria-label", caseWords.framesInOrder(id))}>
<div class="lanes" aria-hidden="true"><span class="at">ms</span>${laneHeads(lanes)}<span></span></div>
<ol>${start > 0 && html`<li class="event"><span class="at"></span><span></span><span class="short">${caseWords.entriesBefore(start)}</span></li>`}
${shown.map((entry) => row(entry, lanes))}
${end < trace.length && html`<li class="event"><span class="at"></span><span></span><span class="short">${caseWords.entriesAfter(trace.length - end)}</span></li>`}</ol></div>`;
}

const TARGET = "target";

/** The target stands in the middle, so that most arrows cross no other lane. */
function lanesOf(trace: readonly TraceEntry[]): string[] {
  const connections = [...new Set(trace.map(({ connection }) => connection).filter((name) => name !== ""))];
  return connections.toSpliced(Math.ceil(connections.length / 2), 0, TARGET);
}

const center = (lane: number): number => (lane + 0.5) * LANE_WIDTH;

function laneHeads(lanes: readonly string[]): Markup {
  return html`<svg width="${lanes.length * LANE_WIDTH}" height="26" viewBox="0 0 ${lanes.length * LANE_WIDTH} 26">${lanes.map(
    (name, lane) => html`<text x="${center(lane)}" y="17" text-anchor="middle">${name}</text>`,
  )}</svg>`;
}

function row(entry: TraceEntry, lanes: readonly string[]): Markup {
  const marked = entry.highlight === true ? " marked" : "";
  const at = html`<span class="at">${entry.at.toFixed(1)}</span>`;
  if (entry.direction === "event") {
    return html`<li class="event${marked}">${at}${eventDrawing(entry.connection, lanes)}<span class="short"><span lang="en">${entry.connection !== "" && `${entry.connection} `}${entry.text}</span></span></li>`;
  }
  return html`<li class="entry${marked}"><details><summary>${at}${arrow(entry, lanes)}<span class="short" lang="en">${
    entry.error ?? JSON.stringify(entry.message)
  }</span></summary>${frameDetails(entry)}</details></li>`;
}

function frameDetails(entry: FrameTrace): Markup {
  return html`<div class="frame"><pre>${
    entry.error === undefined ? JSON.stringify(entry.message, undefined, 2) : entry.error
  }</pre><div><div class="soft">${listed([
    caseWords.bytes(entry.length),
    ...(entry.deliberate === true ? [caseWords.deliberate] : []),
    ...(entry.truncated === true ? [caseWords.truncated] : []),
  ])}</div><pre>${hexLines(entry.hex)}</pre></div></div>`;
}

function drawing(lanes: readonly string[], inside: Markup): Markup {
  return html`<svg width="${lanes.length * LANE_WIDTH}" height="${ROW_HEIGHT}" viewBox="0 0 ${lanes.length * LANE_WIDTH} ${ROW_HEIGHT}" aria-hidden="true">${lanes.map(
    (_, lane) => html`<line class="lane" x1="${center(lane)}" y1="0" x2="${center(lane)}" y2="${ROW_HEIGHT}"/>`,
  )}${inside}</svg>`;
}

function eventDrawing(connection: string, lanes: readonly string[]): Markup {
  const lane = lanes.indexOf(connection);
  return drawing(
    lanes,
    lane === -1 ? html`` : html`<circle class="dot" cx="${center(lane)}" cy="${ROW_HEIGHT / 2}" r="4"/>`,
  );
}

function arrow(entry: FrameTrace, lanes: readonly string[]): Markup {
  const ends = [lanes.indexOf(entry.connection), lanes.indexOf(TARGET)];
  if (entry.direction === "received") ends.reverse();
  const [from, to] = ends.map(center) as [number, number];
  const back = to > from ? -TIP : TIP;
  const tip = `${to},${ARROW_Y} ${to + back},${ARROW_Y - 4} ${to + back},${ARROW_Y + 4}`;
  // The label of a long arrow stands over the lane next to the connection, where the eye looks for it.
  const side = from < to === (entry.direction === "sent") ? 1 : -1;
  const label = center(lanes.indexOf(entry.connection)) + (side * LANE_WIDTH) / 2;
  const words = entry.direction === "sent" ? caseWords.sends : caseWords.receives;
  return html`<span role="img"${spoken("aria-label", words(entry.connection, entry.command))}>${drawing(
    lanes,
    html`<line class="arrow" x1="${from}" y1="${ARROW_Y}" x2="${to + back}" y2="${ARROW_Y}"/><polygon class="tip" points="${tip}"/><text x="${label}" y="${ARROW_Y - 7}" text-anchor="middle" ${tooLong(entry.command) && html`textLength="${LANE_WIDTH - 12}" lengthAdjust="spacingAndGlyphs"`}>${entry.command}</text>`,
  )}</span>`;
}

/** Long command names are squeezed into their lane instead of running over the next one. */
const tooLong = (command: string): boolean => command.length > 16;

/** Hexadecimal in lines of 16 bytes, with the text they spell. */
function hexLines(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += 16) {
    const line = bytes.slice(start, start + 16);
    const text = line
      .map((byte) => Number.parseInt(byte, 16))
      .map((code) => (code >= 32 && code < 127 ? String.fromCharCode(code) : "·"));
    lines.push(`${start.toString(16).padStart(4, "0")}  ${line.join(" ").padEnd(47)}  ${text.join("")}`);
  }
  return lines.join("\n");
}

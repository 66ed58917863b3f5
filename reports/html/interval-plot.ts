import type { ComparedFigure } from "../compare/comparison.ts";
import { html, type Markup } from "./markup.ts";

/** Shares of change; a figure whose interval reaches further is drawn to the end, with an arrow. */
const MOST = 1;
const STEPS = [0.02, 0.05, 0.1, 0.2, 0.25, 0.5];
const MOST_TICKS_A_SIDE = 4;
const HEIGHT = 20;

/** The axis that all figures of a table share: symmetric about no change. */
export interface IntervalAxis {
  /** The largest change on it, as a share. */
  reach: number;
  step: number;
}

/** An axis on which every interval and every tolerance has room, up to a change by half or by double. */
export function intervalAxis(figures: readonly ComparedFigure[]): IntervalAxis {
  const wanted = figures.flatMap(({ interval, tolerance }) =>
    interval === undefined ? [] : [Math.abs(interval.low), Math.abs(interval.high), tolerance * 1.2],
  );
  const most = Math.min(MOST, Math.max(0.05, ...wanted));
  const step = STEPS.find((size) => most / size <= MOST_TICKS_A_SIDE) ?? MOST;
  return { reach: Math.ceil(most / step - 1e-9) * step, step };
}

/** The labels of the axis: in the head of a table, or under a drawing that stands alone. */
export function intervalTicks({ reach, step }: IntervalAxis): Markup {
  const count = Math.round(reach / step);
  return html`<div class="ticks" aria-hidden="true">${Array.from({ length: 2 * count + 1 }, (_, index) => {
    const share = (index - count) * step;
    const sign = share > 0 ? "+" : share < 0 ? "−" : "";
    return html`<span style="left:${place(share, reach)}">${sign}${Number((Math.abs(share) * 100).toFixed(1))}%</span>`;
  })}</div>`;
}

/** The 95% interval as a line with a dot at what was measured, over the tolerance as a band. */
export function intervalDrawing({ interval, change, tolerance, outcome }: ComparedFigure, axis: IntervalAxis): Markup {
  if (interval === undefined) return html``;
  const { reach, step } = axis;
  const at = (share: number): number => Number((1000 * Math.max(-reach, Math.min(reach, share))).toFixed(1));
  const grid = Array.from({ length: 2 * Math.round(reach / step) + 1 }, (_, index) => at(index * step - reach));
  const beyond = (share: number): boolean => Math.abs(share) > reach + 1e-9;
  return html`<div class="interval ${outcome}"><svg viewBox="${at(-reach)} 0 ${2 * at(reach)} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
<rect class="tolerated" x="${at(-tolerance)}" y="1" width="${at(tolerance) - at(-tolerance)}" height="${HEIGHT - 2}"/>
${grid.map((x) => html`<line class="${x === 0 ? "zero" : "grid"}" x1="${x}" y1="0" x2="${x}" y2="${HEIGHT}"/>`)}
<line class="edge" x1="${at(-tolerance)}" y1="1" x2="${at(-tolerance)}" y2="${HEIGHT - 1}"/><line class="edge" x1="${at(tolerance)}" y1="1" x2="${at(tolerance)}" y2="${HEIGHT - 1}"/>
<line class="reach" x1="${at(interval.low)}" y1="10" x2="${at(interval.high)}" y2="10"/></svg>${
    change !== undefined && !beyond(change) && html`<i class="dot" style="left:${place(change, reach)}"></i>`
  }${beyond(interval.low) && html`<i class="off low">◂</i>`}${beyond(interval.high) && html`<i class="off high">▸</i>`}</div>`;
}

const place = (share: number, reach: number): string => `${(50 + (50 * share) / reach).toFixed(2)}%`;

import uPlot from "uplot";
import type { ChartSeries, ChartSpec } from "../chart-spec.ts";
import { chartPlace, chartValue } from "../chart-text.ts";
import { color } from "./theme.ts";

const HEIGHT = 236;
/** Places in the palette of the style sheet. */
const TONES = 6;
/** Above so many points, dots on them would be a blur. */
const DOTTED_POINTS = 40;

/** One chart on the page: its place, what it shows, and how the reader wants to see it. */
export interface Chart {
  draw(): void;
  /** Takes the newest points of a run that goes on, in place of those from their first place on. */
  extend(newest: Newest): void;
}

/** The newest points of a chart. */
export interface Newest {
  /** Number of points that the chart keeps. */
  readonly keep: number;
  readonly x: readonly number[];
  /** By view and series. */
  readonly values: readonly (readonly (readonly (number | null)[])[])[];
  readonly bands: NonNullable<ChartSpec["bands"]>;
}

/** Draws a chart into its figure and keeps it in step with the width, the theme and the reader's choices. */
export function createChart(figure: HTMLElement, spec: ChartSpec): Chart {
  const canvas = figure.querySelector<HTMLElement>(".canvas");
  const viewSelect = figure.querySelector<HTMLSelectElement>("select");
  const scaleButton = figure.querySelector<HTMLButtonElement>("button.scale");
  let logarithmic = spec.logarithmic === true;
  let plot: uPlot | undefined;

  const draw = (): void => {
    if (canvas === null) return;
    plot?.destroy();
    const view = spec.views[viewSelect?.selectedIndex ?? 0] ?? spec.views[0];
    if (view === undefined) return;
    plot = new uPlot(
      options(spec, view.series, canvas.clientWidth, logarithmic),
      [spec.x, ...view.series.map(({ values }) => values)],
      canvas,
    );
  };

  const extend = ({ keep, x, values, bands }: Newest): void => {
    const [first = Number.POSITIVE_INFINITY] = x;
    const isZoomed = plot !== undefined && isPart(plot, spec.x);
    const replaced = spec.x.findIndex((place) => place >= first);
    const older = replaced === -1 ? spec.x.length : replaced;
    const next = <T>(before: T[], newest: readonly T[]): void => {
      before.splice(older, before.length - older, ...newest);
      before.splice(0, before.length - keep);
    };
    next(spec.x, x);
    for (const [view, ofView] of values.entries()) {
      for (const [one, newest] of ofView.entries()) next(spec.views[view]?.series[one]?.values ?? [], newest);
    }
    spec.bands = bands;
    const shown = spec.views[viewSelect?.selectedIndex ?? 0] ?? spec.views[0];
    // What a reader has zoomed to stays where it is.
    plot?.setData([spec.x, ...(shown?.series ?? []).map((one) => one.values)], !isZoomed);
    if (isZoomed) plot?.redraw();
  };

  viewSelect?.addEventListener("change", draw);
  scaleButton?.addEventListener("click", () => {
    logarithmic = !logarithmic;
    scaleButton.setAttribute("aria-pressed", String(logarithmic));
    draw();
  });
  if (canvas !== null) {
    new ResizeObserver(() => {
      if (plot !== undefined && plot.width !== canvas.clientWidth)
        plot.setSize({ width: canvas.clientWidth, height: HEIGHT });
    }).observe(canvas);
  }
  return { draw, extend };
}

/** Whether a chart shows only a part of its places. */
function isPart({ scales }: uPlot, places: readonly number[]): boolean {
  const { min, max } = scales["x"] ?? {};
  const [first, last] = [places[0], places.at(-1)];
  return first !== undefined && last !== undefined && ((min ?? first) > first || (max ?? last) < last);
}

function options(spec: ChartSpec, series: readonly ChartSeries[], width: number, logarithmic: boolean): uPlot.Options {
  const ink = color("ink-soft");
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: ink, font, ticks: { show: false }, grid: { stroke: color("grid"), width: 1 } };
  const unit = spec.unit;
  return {
    width,
    height: HEIGHT,
    cursor: {
      drag: { x: true, y: false },
      points: { size: 7 },
      // Charts over the same axis move together, so that a peak in one can be looked up in the others.
      ...(spec.axis === "time" ? { sync: { key: "time" } } : {}),
    },
    legend: { live: true },
    scales: {
      x: { time: false, ...(spec.axis === "run" ? { range: runRange } : {}) },
      y: logarithmic ? { distr: 3 } : { range: fromZero },
    },
    axes: [
      {
        ...axis,
        // The first place may stand under the lowest value of the other axis, and must not touch it.
        size: 38,
        gap: 10,
        grid: { show: false },
        space: spec.axis === "percentile" ? 64 : 70,
        values: (_, places) => places.map((place) => (isLabelled(place, spec) ? chartPlace(place, spec) : "")),
        ...(spec.axis === "time" ? { incrs: timeSteps } : { incrs: [1, 2, 5, 10, 20, 50, 100] }),
      },
      {
        ...axis,
        size: 76,
        grid: { ...axis.grid, ...(logarithmic ? { filter: wholeDecades } : {}) },
        // Half a client or half an error would only repeat the label of its neighbour.
        values: (_, values) =>
          values.map((value) =>
            typeof value !== "number" || (unit === "count" && !Number.isInteger(value)) ? "" : chartValue(value, unit),
          ),
      },
    ],
    series: [
      {
        label: { time: "Time", percentile: "Percentile", run: "Run" }[spec.axis],
        value: (_, x) => (x === null ? "whole run" : chartPlace(x, spec)),
      },
      ...series.map((entry) => line(entry, spec)),
    ],
    hooks: { drawClear: [(plot) => shade(plot, spec)], draw: [(plot) => nameBands(plot, spec)] },
  };
}

/** Steps on the time axis that fall on whole minutes and hours, in seconds. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200];

function isLabelled(place: number, spec: ChartSpec): boolean {
  return spec.axis === "time" || Number.isInteger(place);
}

// A bar chart's honesty for lines too: without zero a change of two percent looks like a cliff.
function fromZero(_: uPlot, _min: number | null, max: number | null): [number, number] {
  return [0, max === null || max <= 0 ? 1 : max * 1.08];
}

function runRange(_: uPlot, min: number | null, max: number | null): [number, number] {
  return [(min ?? 0) - 0.5, (max ?? 0) + 0.5];
}

function line(entry: ChartSeries, spec: ChartSpec): uPlot.Series {
  const stroke = color(`${spec.palette ?? "tone"}-${entry.tone % TONES}`);
  return {
    label: entry.label,
    stroke,
    width: 1.6,
    // Percentile curves of different runs have points at different places.
    spanGaps: spec.axis === "percentile",
    points: { show: () => spec.axis === "run" || spec.x.length <= DOTTED_POINTS, size: 5 },
    value: (_, value, _series, place) => (place === null ? span(entry, spec) : chartValue(value, spec.unit)),
    ...(entry.dashed === true ? { dash: [5, 4] } : {}),
    ...(entry.area === true ? { fill: `color-mix(in srgb, ${stroke} 14%, transparent)` } : {}),
  };
}

/** What the legend says while nothing is pointed at, and on paper: from where to where the values go. */
function span({ values }: ChartSeries, { unit }: ChartSpec): string {
  const there = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...there), Math.max(...there)].map((value) => chartValue(value, unit));
  if (there.length === 0) return "–";
  return least === most ? `${most}` : `${least} to ${most}`;
}

/** A logarithmic axis has nine lines per decade; one is enough to read it by. */
function wholeDecades(_: uPlot, places: number[]): (number | null)[] {
  return places.map((place) => (Number.isInteger(Number(Math.log10(place).toFixed(6))) ? place : null));
}

/** Every second phase of the run as a quiet band behind the curves. */
function shade(plot: uPlot, spec: ChartSpec): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = color("band");
  for (const [index, { from, to }] of visibleBands(plot, spec).entries()) {
    if (index % 2 === 0) ctx.fillRect(from, bbox.top, to - from, bbox.height);
  }
  ctx.restore();
}

function nameBands(plot: uPlot, spec: ChartSpec): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = color("ink-soft");
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.font = `${11 * devicePixelRatio}px ${getComputedStyle(document.body).fontFamily}`;
  for (const { label, from, to } of visibleBands(plot, spec)) {
    if (ctx.measureText(label).width > to - from - 12 * devicePixelRatio) continue;
    ctx.fillText(label, from + 6 * devicePixelRatio, bbox.top - 4 * devicePixelRatio);
  }
  ctx.restore();
}

/** The bands in canvas pixels, cut to what the reader has zoomed to. */
function visibleBands(plot: uPlot, spec: ChartSpec): { label: string; from: number; to: number }[] {
  const { left, width } = plot.bbox;
  return (spec.bands ?? [])
    .map(({ label, from, to }) => ({
      label,
      from: Math.max(left, plot.valToPos(from, "x", true)),
      to: Math.min(left + width, plot.valToPos(to, "x", true)),
    }))
    .filter(({ from, to }) => to > from);
}

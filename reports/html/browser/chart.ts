import uPlot from "uplot";
import { controlWords } from "../../words/controls.ts";
import type { ChartSeries, ChartSpec } from "../chart-spec.ts";
import { chartPlace, chartValue } from "../chart-text.ts";
import { say } from "./language.ts";
import { color } from "./theme.ts";

const HEIGHT = 236;
/** Places in the palette of the style sheet. */
const TONES = 6;
/** Above so many points, dots on them would be a blur. */
const DOTTED_POINTS = 40;
/** How the line of each tone is broken, for eyes and printers that do not tell colours apart; in pixels. */
const DASHES = [[], [9, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 4]];
/** Above so many points, a broken line would be a blur. */
const BROKEN_POINTS = 600;
/** A logarithmic axis of milliseconds has at least these places, so that runs can be held side by side. */
const LEAST_DECADES: [number, number] = [1, 1000];
/** Lines are named at their ends where the names take no more than this part of the width. */
const NAMES_SHARE = 0.14;
/** Height of a name at the end of a line, in pixels. */
const NAME_HEIGHT = 13;

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
    drawMarkers(plot, view.series, spec);
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
  const namesWidth = widthOfNames(series, spec, width, font);
  return {
    width,
    height: HEIGHT,
    padding: [null, namesWidth === 0 ? null : namesWidth + 8, null, null],
    cursor: {
      drag: { x: true, y: false },
      points: { size: 7 },
      // Charts over the same axis move together, so that a peak in one can be looked up in the others.
      ...(spec.axis === "time" ? { sync: { key: "time" } } : {}),
    },
    legend: { live: true },
    scales: {
      x: { time: false, ...(spec.axis === "run" ? { range: runRange } : {}) },
      y: logarithmic ? { distr: 3, range: wholeRange } : { range: fromZero },
    },
    axes: [
      {
        ...axis,
        // The first place may stand under the lowest value of the other axis, and must not touch it.
        size: 38,
        gap: 10,
        grid: { show: false },
        space: spec.axis === "percentile" ? 64 : Math.max(70, 7 * longest(spec.xLabels)),
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
            typeof value !== "number" || (unit === "count" && !Number.isInteger(value)) ? "" : tick(value, unit),
          ),
      },
    ],
    series: [
      {
        label: say(controlWords.axes[spec.axis]),
        value: (_, x) =>
          x === null ? say(spec.axis === "run" ? controlWords.allRuns : controlWords.wholeRun) : chartPlace(x, spec),
      },
      ...series.map((entry) => line(entry, spec)),
    ],
    hooks: {
      drawClear: [(plot) => shade(plot, spec)],
      draw: [(plot) => nameBands(plot, spec), (plot) => namesWidth > 0 && nameLines(plot, series)],
    },
  };
}

const longest = (texts: readonly string[] = []): number => Math.max(0, ...texts.map(({ length }) => length));

/** `10 ms` for 10.0 ms: places on an axis are round. */
function tick(value: number, unit: ChartSpec["unit"]): string {
  return chartValue(value, unit).replace(/\.0+(?!\d)/, "");
}

/** Steps on the time axis that fall on whole minutes and hours, in seconds. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200];

function isLabelled(place: number, spec: ChartSpec): boolean {
  return spec.axis === "time" || Number.isInteger(place);
}

// A bar chart's honesty for lines too: without zero a change of two percent looks like a cliff.
// The end is a round number, so that the axis stays where it is while values differ a little from run to run.
function fromZero(_: uPlot, _min: number | null, max: number | null): [number, number] {
  if (max === null || max <= 0) return [0, 1];
  const decade = 10 ** Math.floor(Math.log10(max));
  const end = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * decade >= max * 1.02) ?? 12;
  return [0, end * decade];
}

function wholeRange(_: uPlot, min: number | null, max: number | null): [number, number] {
  const [least, most] = [min ?? 1, max ?? 1].map((value) => Math.log10(value > 0 ? value : 1)) as [number, number];
  return [Math.min(10 ** Math.floor(least), LEAST_DECADES[0]), Math.max(10 ** Math.ceil(most), LEAST_DECADES[1])];
}

function runRange(_: uPlot, min: number | null, max: number | null): [number, number] {
  return [(min ?? 0) - 0.5, (max ?? 0) + 0.5];
}

function line(entry: ChartSeries, spec: ChartSpec): uPlot.Series {
  const stroke = color(`tone-${entry.tone % TONES}`);
  const dash = dashOf(entry, spec);
  return {
    label: say(entry.label),
    stroke,
    width: 1.8,
    // Percentile curves of different runs have points at different places.
    spanGaps: spec.axis === "percentile",
    points: { show: () => spec.axis === "run" || spec.x.length <= DOTTED_POINTS, size: 5 },
    value: (_, value, _series, place) => (place === null ? span(entry, spec) : chartValue(value, spec.unit)),
    ...(dash.length > 0 ? { dash } : {}),
    ...(entry.area === true ? { fill: `color-mix(in srgb, ${stroke} 14%, transparent)` } : {}),
  };
}

function dashOf({ tone }: ChartSeries, { x }: ChartSpec): number[] {
  return x.length > BROKEN_POINTS ? [] : (DASHES[tone % TONES] ?? []);
}

/** The legend shows each line as it is drawn, also on paper, where backgrounds are left out. */
function drawMarkers(plot: uPlot, series: readonly ChartSeries[], spec: ChartSpec): void {
  const markers = [...plot.root.querySelectorAll(".u-legend .u-series")].slice(1);
  for (const [index, marker] of markers.map((row) => row.querySelector(".u-marker")).entries()) {
    const entry = series[index];
    if (marker === null || entry === undefined) continue;
    const dash = dashOf(entry, spec).join(" ");
    marker.innerHTML =
      `<svg width="26" height="10" aria-hidden="true"><line x1="0" x2="26" y1="5" y2="5" stroke-width="2.5" ` +
      `style="stroke:var(--tone-${entry.tone % TONES})" stroke-dasharray="${dash}"/></svg>`;
  }
}

let measuring: CanvasRenderingContext2D | null = null;

/** Room for the names at the ends of the lines, in pixels; 0 where they stand in the legend alone. */
function widthOfNames(series: readonly ChartSeries[], { axis }: ChartSpec, width: number, font: string): number {
  if (axis === "run" || series.length < 2) return 0;
  measuring ??= document.createElement("canvas").getContext("2d");
  if (measuring === null) return 0;
  measuring.font = font;
  const widest = Math.max(...series.map(({ label }) => measuring?.measureText(say(label)).width ?? 0));
  return widest <= width * NAMES_SHARE ? Math.ceil(widest) : 0;
}

/** Each line's name at its end, apart from each other. */
function nameLines(plot: uPlot, series: readonly ChartSeries[]): void {
  const { ctx, bbox } = plot;
  const { min = 0, max = 0 } = plot.scales["x"] ?? {};
  const names = series.flatMap((entry) => {
    const place = entry.values.findLastIndex((value, index) => {
      const x = plot.data[0][index] ?? Number.NaN;
      return value !== null && x >= (min ?? 0) && x <= (max ?? 0);
    });
    const value = entry.values[place];
    return typeof value === "number" ? [{ entry, y: plot.valToPos(value, "y", true) }] : [];
  });
  const height = NAME_HEIGHT * devicePixelRatio;
  names.sort((a, b) => b.y - a.y);
  let below = bbox.top + bbox.height + height;
  ctx.save();
  ctx.font = `${11 * devicePixelRatio}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  for (const { entry, y } of names) {
    below = Math.min(y, below - height);
    ctx.fillStyle = color(`tone-${entry.tone % TONES}`);
    ctx.fillText(say(entry.label), bbox.left + bbox.width + 6 * devicePixelRatio, below);
  }
  ctx.restore();
}

/** What the legend says while nothing is pointed at, and on paper: from where to where the values go. */
function span({ values }: ChartSeries, { unit }: ChartSpec): string {
  const there = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...there), Math.max(...there)].map((value) => chartValue(value, unit));
  if (there.length === 0) return "–";
  return least === most ? `${most}` : say(controlWords.span(`${least}`, `${most}`));
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
      label: say(label),
      from: Math.max(left, plot.valToPos(from, "x", true)),
      to: Math.min(left + width, plot.valToPos(to, "x", true)),
    }))
    .filter(({ from, to }) => to > from);
}

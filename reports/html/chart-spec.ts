import type { Phrase } from "../words/phrase.ts";

/** What a chart shows, as data: made from results, embedded in the page, drawn by the page's script. */
export interface ChartSpec {
  /** Unique within the page. */
  id: string;
  title: Phrase;
  /** The chart told in one sentence, for those who do not see it. */
  summary: Phrase;
  /**
   * - `time`: x is in seconds since the run began;
   * - `percentile`: x is log10(1 / (1 - p)), so that 90%, 99% and 99.9% are equally far apart;
   * - `run`: x counts runs, named by `xLabels`.
   */
  axis: "time" | "percentile" | "run";
  unit: ChartUnit;
  x: number[];
  xLabels?: string[];
  /** One or more views to choose from, the first is shown first. */
  views: ChartView[];
  /** Starts with a logarithmic y axis. Where it is set at all, the reader can switch. */
  logarithmic?: boolean;
  /** Phases of the run, shaded. */
  bands?: { label: Phrase; from: number; to: number }[];
}

/** What the values of a chart are; `share` is a number from 0 to 1. */
export type ChartUnit = "ms" | "bytes" | "perSecond" | "count" | "cores" | "share";

/** What one button of a chart shows. */
export interface ChartView {
  label: Phrase;
  series: ChartSeries[];
}

/** One line of a chart. */
export interface ChartSeries {
  label: Phrase;
  /** Same length as x; null where nothing was measured. */
  values: (number | null)[];
  /** Place in the palette, from 0. */
  tone: number;
  /** Fills down to the axis. */
  area?: boolean;
}

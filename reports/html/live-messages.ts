import type { Phrase } from "../words/phrase.ts";
import type { ChartSpec } from "./chart-spec.ts";

// What the page of a running load is told, as events of a stream: made by `live.ts`, taken by `browser/live.ts`.

/** All charts as they stand: for a page that has just been opened, and whenever another curve begins. */
export interface ChartsMessage {
  readonly figures: string;
  readonly specs: readonly ChartSpec[];
}

/** The newest points of charts that the page has already. */
export interface TailMessage {
  /** Number of points that a chart keeps. */
  readonly keep: number;
  /** Places on the time axis; points from the first of them on are replaced. */
  readonly x: readonly number[];
  /** By chart, view and series, one value for each place. */
  readonly values: Readonly<Record<string, readonly (readonly (readonly (number | null)[])[])[]>>;
  readonly bands: NonNullable<ChartSpec["bands"]>;
}

/** The figures above the charts. */
export interface StateMessage {
  readonly title: Phrase;
  readonly state: string;
}

/** The last message: the page becomes this document. */
export interface ReportMessage {
  readonly document: string;
}

/** The last message of a run that has no report. */
export interface GoneMessage {
  readonly sentence: Phrase;
}

import { leadingMetric } from "../headline.ts";
import { formatCount, formatLatency, formatNumber } from "../numbers.ts";
import { asIs, type Phrase } from "../words/phrase.ts";
import { comparisonLines } from "../words/summaries.ts";
import type { Change, ComparedFigure, Comparison } from "./comparison.ts";
import { percent } from "./percent.ts";

/** Worst first, so that nobody has to search. */
export const changeOrder: readonly Change[] = ["worse", "unsure", "better", "same"];

/** The figures of a comparison: those of the latency that speaks for the run first, and of each kind the worst first. */
export function figuresInOrder({ base, figures }: Comparison): ComparedFigure[] {
  const [first] = base.runs;
  const leading = first?.kind === "load" ? leadingMetric(first) : undefined;
  const isLeading = ({ figure }: ComparedFigure): boolean => figure.slice(0, figure.lastIndexOf(".")) === leading;
  return figures.toSorted(
    (a, b) =>
      Number(isLeading(b)) - Number(isLeading(a)) || changeOrder.indexOf(a.outcome) - changeOrder.indexOf(b.outcome),
  );
}

/** What is tolerated, in few words: `30%`, or figure by figure where they differ. */
export function toleranceText(figures: readonly ComparedFigure[]): Phrase {
  const judged = figures.filter(({ interval }) => interval !== undefined);
  const byText = Map.groupBy(judged, ({ tolerance }) => percent(tolerance).slice(1));
  if (byText.size <= 1) return asIs([...byText.keys()].join(""));
  return comparisonLines.tolerances(
    [...byText].map(([share, ofShare]) => ({ share, figures: ofShare.map(({ figure }) => figure) })),
  );
}

/** A compared value with its unit. */
export function figureValue(value: number, unit: ComparedFigure["unit"]): string {
  if (unit === "ms") return formatLatency(value);
  return unit === "perSecond" ? `${formatNumber(value)}/s` : formatCount(value);
}

/** `+12%`, or nothing to divide by. */
export function changeText({ change }: ComparedFigure): string {
  return change === undefined ? "" : percent(change);
}

/** `+8.0% to +15%` */
export function intervalText({ interval }: ComparedFigure): Phrase {
  return interval === undefined ? asIs("") : comparisonLines.span(percent(interval.low), percent(interval.high));
}

import type { Figure } from "../headline.ts";
import { liveWords, stopWords } from "../words/live.ts";
import type { Phrase } from "../words/phrase.ts";
import { chartFigure } from "./chart-figure.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { htmlDocument } from "./document.ts";
import type { ChartsMessage, StateMessage, TailMessage } from "./live-messages.ts";
import { type ChartedLoad, loadCharts } from "./load-charts.ts";
import { html, type Markup } from "./markup.ts";

/** Points that each message repeats: what the target used in a second is known a moment after that second. */
const TAIL_POINTS = 2;

/** A running load at a glance. */
export interface LiveState {
  /** What is run against what. */
  readonly subject: Phrase;
  /** What the run is at, e.g. `traffic`. */
  readonly phase: Phrase;
  /** What there is to say about time. */
  readonly sentence: Phrase;
  readonly figures: readonly Figure[];
}

/**
 * The page of a running load: it draws what a stream of events at `/events` tells, and a post to `/stop` ends the run
 * in order.
 * @param key what the post has to show, so that no other page of the browser can end the run
 */
export function livePage({ tool, key, state }: { tool: string; key: string; state: LiveState }): string {
  return htmlDocument({
    title: liveWords.title(state.phase, state.subject),
    tool,
    isServed: true,
    body: html`<article data-live="${key}">
<div class="live-state" id="live-state">${stateMarkup(state)}</div>
<p class="live-controls"><button type="button" id="live-stop" class="scripted">${stopWords.stop}</button>
<span id="live-word" role="status">${stopWords.whatItDoes}</span></p>
<noscript><p>${liveWords.needsScript}</p></noscript>
<h2>${liveWords.overTime}</h2>
<div class="charts" id="live-charts"></div>
</article>`,
  });
}

/** The figures above the charts, as the page puts them in. */
export function stateMessage(state: LiveState): StateMessage {
  return { title: liveWords.title(state.phase, state.subject), state: stateMarkup(state).text };
}

function stateMarkup({ subject, phase, sentence, figures }: LiveState): Markup {
  return html`<section class="verdict">
<h1>${subject}</h1>
<p class="word">${phase}</p>
<p class="sentence">${sentence}</p>
<dl class="figures">${figures.map(
    ({ label, value, note, bad }) =>
      html`<div${bad === true && html` class="bad"`}><dt>${label}</dt><dd><div class="value">${value}</div><div class="note">${note}</div></dd></div>`,
  )}</dl>
</section>`;
}

/** The charts of a run as far as it has come: those of the report, without what only a whole run has. */
export class LiveCharts {
  readonly #specs: readonly ChartSpec[];
  readonly #figures: readonly Markup[];

  constructor(load: ChartedLoad) {
    const charts = loadCharts(load, "", { isRunning: true });
    this.#specs = charts.map(({ spec }) => spec);
    this.#figures = charts.map(({ spec, wide }) => chartFigure(spec, { wide, live: true }));
  }

  /** Changes when there is a chart, a view or a curve that was not there before: then the newest points do not do. */
  get shape(): string {
    return JSON.stringify(
      this.#specs.map(({ id, views }) => [
        id,
        views.map(({ label, series }) => [label, series.map((one) => one.label)]),
      ]),
    );
  }

  whole(): ChartsMessage {
    return { figures: this.#figures.map(({ text }) => text).join("\n"), specs: this.#specs };
  }

  tail(): TailMessage {
    const x = this.#specs[0]?.x ?? [];
    return {
      keep: x.length,
      x: x.slice(-TAIL_POINTS),
      values: Object.fromEntries(
        this.#specs.map(({ id, views }) => [
          id,
          views.map(({ series }) => series.map(({ values }) => values.slice(-TAIL_POINTS))),
        ]),
      ),
      bands: this.#specs[0]?.bands ?? [],
    };
  }
}

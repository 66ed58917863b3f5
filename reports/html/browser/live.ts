// The page of a running load: draws what the run tells, and becomes the report when it ends.

import { stopWords } from "../../words/live.ts";
import type { ChartsMessage, GoneMessage, ReportMessage, StateMessage, TailMessage } from "../live-messages.ts";
import { type Chart, createChart } from "./chart.ts";
import { put, translate } from "./language.ts";

/** Makes the page live, where it is one. @param charts the charts of the page, which redraws them with its theme */
export function setUpLive(charts: Map<string, Chart>): void {
  const key = document.querySelector<HTMLElement>("[data-live]")?.dataset["live"];
  if (key === undefined) return;
  const place = find("#live-charts");
  const word = find("#live-word");
  const stop = find("#live-stop") as HTMLButtonElement;
  const events = new EventSource("/events");
  const on = <Message>(name: string, take: (message: Message) => void): void => {
    events.addEventListener(name, ({ data }: MessageEvent<string>) => take(JSON.parse(data) as Message));
  };

  on<StateMessage>("state", ({ title, state }) => {
    put(find("title"), title);
    find("#live-state").innerHTML = state;
    translate(find("#live-state"));
  });
  on<ChartsMessage>("charts", ({ figures, specs }) => {
    place.innerHTML = figures;
    translate(place);
    charts.clear();
    for (const spec of specs) {
      const chart = createChart(find(`figure[data-chart="${spec.id}"]`), spec);
      charts.set(spec.id, chart);
      chart.draw();
    }
  });
  on<TailMessage>("tail", (tail) => {
    for (const [id, values] of Object.entries(tail.values)) {
      charts.get(id)?.extend({ keep: tail.keep, x: tail.x, values, bands: tail.bands });
    }
  });
  on<ReportMessage>("report", ({ document: report }) => {
    events.close();
    // The run's own page, in this one's place: nobody is left to ask for it under an address.
    document.open();
    document.write(report);
    document.close();
  });
  on<GoneMessage>("gone", ({ sentence }) => {
    events.close();
    stop.disabled = true;
    put(word, sentence);
  });
  events.addEventListener("error", () => {
    put(word, stopWords.noAnswer);
  });
  events.addEventListener("open", () => {
    if (!stop.disabled) put(word, stopWords.whatItDoes);
  });
  stop.addEventListener("click", () => {
    stop.disabled = true;
    put(word, stopWords.stopping);
    fetch("/stop", { method: "POST", headers: { "x-cupping-key": key } }).then(
      ({ ok }) => {
        if (!ok) put(word, stopWords.notTaken);
      },
      () => {
        put(word, stopWords.notStopped);
      },
    );
  });
}

function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`the page has no ${selector}`);
  return element;
}

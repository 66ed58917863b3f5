import { awakeDeadline } from "../awake-timeout.ts";
import { CuppingError, isCuppingError } from "../errors.ts";
import { type ProcessMetrics, readProcessMetrics } from "./metrics-text.ts";

/** A scrape must be over before the next second's. */
const SCRAPE_DEADLINE_MS = 900;
/** More than this is no exposition of one server, and reading it each second would cost too much. */
const LARGEST_BODY = 4 * 1024 * 1024;
/** So many failures in a row before the first success, and nobody is asked any more. */
const TRIES = 5;

/** Reads what a server says about its own process at `/metrics`, once per call; knows why when it says nothing. */
export class MetricsScraper {
  readonly url: string;
  #reached = false;
  #failures = 0;
  #underWay = false;
  #missing: string | undefined;

  /** @param url where the Prometheus text is, e.g. `http://127.0.0.1:18080/metrics` */
  constructor(url: string) {
    this.url = url;
  }

  /** Whether anything was ever read. */
  get reached(): boolean {
    return this.#reached;
  }

  /** Why nothing was ever read, one sentence; undefined when something was. */
  get missing(): string | undefined {
    return this.#reached ? undefined : (this.#missing ?? `${this.url} was not asked`);
  }

  /** What the server says now; undefined when it says nothing, or when the last call is still waiting. */
  async scrape(): Promise<ProcessMetrics | undefined> {
    if (this.#underWay || (!this.#reached && this.#failures >= TRIES)) return undefined;
    this.#underWay = true;
    try {
      const metrics = readProcessMetrics(await this.#fetch());
      if (Object.keys(metrics).length > 0) {
        this.#reached = true;
        return metrics;
      }
      this.#giveUp(`${this.url} has no process_cpu_seconds_total, no other process_… and no event loop metric`);
    } catch (error) {
      this.#failures += 1;
      this.#missing = isCuppingError(error, "target") ? error.message : `${this.url} did not answer: ${causeOf(error)}`;
    } finally {
      this.#underWay = false;
    }
    return undefined;
  }

  async #fetch(): Promise<string> {
    const { signal, clear } = awakeDeadline(SCRAPE_DEADLINE_MS);
    let response: Response;
    try {
      response = await fetch(this.url, { headers: { accept: "text/plain; version=0.0.4" }, signal });
      if (response.ok) return await bodyWithin(response, LARGEST_BODY);
      await response.body?.cancel();
    } finally {
      clear();
    }
    // A server without metrics will not have them in a second either; one that is overloaded may.
    if (response.status < 500) this.#giveUp(undefined);
    throw new CuppingError("target", `${this.url} answered ${response.status}`);
  }

  #giveUp(why: string | undefined): void {
    this.#failures = TRIES;
    if (why !== undefined) this.#missing = why;
  }
}

async function bodyWithin(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > limit) throw new CuppingError("target", `${response.url} is longer than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** fetch hides what happened in the cause, and in the first of several when it tried several addresses. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `nothing within ${SCRAPE_DEADLINE_MS} ms`;
  const cause = error.cause instanceof AggregateError ? error.cause.errors[0] : error.cause;
  return cause instanceof Error ? cause.message : error.message;
}

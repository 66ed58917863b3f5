import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CuppingError } from "../../../harness/errors.ts";
import type { Progress } from "../../../harness/load/index.ts";
import {
  type GoneMessage,
  LiveCharts,
  livePage,
  type Phrase,
  stateMessage,
  stopWords,
} from "../../../reports/index.ts";
import { RunSoFar } from "./run-so-far.ts";

/** Where the page is served: nobody but this machine's own users has any business with a run. */
const HOST = "127.0.0.1";
const LARGEST_PORT = 65_535;

/** Bytes that may wait for one page, e.g. in a browser that sleeps: it gets all charts anew when it wakes up. */
const LARGEST_BACKLOG = 4_000_000;

/** How long the last message may take, in milliseconds, before the server ends without it. */
const FAREWELL_MS = 2000;

/** One page that listens, and whether it has the charts to which the newest points belong. */
interface Listener {
  readonly response: ServerResponse;
  hasCharts: boolean;
}

/** What the server shows and whom it tells. */
export interface LiveOptions {
  /** Port on loopback; 0 for any that is free. */
  readonly port: number;
  /** What is run against what. */
  readonly subject: Phrase;
  /** What makes the page, e.g. `cupping 0.1.0`. */
  readonly tool: string;
  /** Somebody has pressed the page's stop button. */
  onStop(): void;
}

/**
 * The port that `--live` names.
 * @param text empty where the option stands alone: any port that is free
 * @throws CuppingError `usage`
 */
export function livePort(text: string): number {
  if (text === "") return 0;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= LARGEST_PORT) return port;
  throw new CuppingError(
    "usage",
    `--live: expected a port from 0 to ${LARGEST_PORT}, or nothing behind it, and got "${text}"`,
    {
      // Behind an option without a value of its own the scenario is taken for one.
      hint: /^[a-z./]/i.test(text)
        ? "the scenario stands in front of the options: cupping load chat --live"
        : undefined,
    },
  );
}

/** Serves the page of a running load on loopback, for as long as the load runs. */
export class LiveServer {
  readonly #options: LiveOptions;
  readonly #server: Server;
  readonly #key = randomUUID();
  readonly #run: RunSoFar;
  readonly #listeners = new Set<Listener>();
  #shape = "";

  private constructor(options: LiveOptions) {
    this.#options = options;
    this.#run = new RunSoFar(options.subject);
    this.#server = createServer((request, response) => this.#respond(request, response));
  }

  /** @throws CuppingError `usage` when the port is taken or not ours to take */
  static async open(options: LiveOptions): Promise<LiveServer> {
    const live = new LiveServer(options);
    live.#server.listen(options.port, HOST);
    try {
      await once(live.#server, "listening");
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const why = code === "EADDRINUSE" ? "is taken" : `cannot be listened on: ${message}`;
      throw new CuppingError("usage", `--live: port ${options.port} on ${HOST} ${why}`, { cause: error });
    }
    return live;
  }

  get url(): string {
    return `http://${HOST}:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Tells the pages how the run goes. */
  show(progress: Progress): void {
    const isAnotherSecond = this.#run.add(progress);
    if (this.#listeners.size === 0) return;
    this.#tellAll("state", stateMessage(this.#run.state));
    if (isAnotherSecond) this.#tellCharts();
  }

  /** Turns the pages into the report. @param report the whole document */
  async end(report: string): Promise<void> {
    this.#tellAll("report", { document: report });
    await this.#farewell();
  }

  /** Ends without a report, where {@link end} has not been called before: the pages are told. */
  async close(): Promise<void> {
    this.#tellAll("gone", { sentence: stopWords.endedWithoutReport } satisfies GoneMessage);
    await this.#farewell();
  }

  async #farewell(): Promise<void> {
    const ended = [...this.#listeners].map(async ({ response }) => {
      const { socket } = response;
      response.end();
      // The response is over before all of it has left; its connection is not.
      if (socket !== null && !socket.destroyed) await once(socket, "close");
    });
    this.#listeners.clear();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.allSettled(ended),
      new Promise((resolve) => {
        timer = setTimeout(resolve, FAREWELL_MS);
      }),
    ]);
    clearTimeout(timer);
    // Not earlier: it cuts connections whose responses are over for the server, but not yet for the page.
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #tellCharts(): void {
    const charts = new LiveCharts(this.#run.charted);
    const isOther = charts.shape !== this.#shape;
    this.#shape = charts.shape;
    for (const listener of this.#listeners) {
      if (isOther || !listener.hasCharts) listener.hasCharts = tell(listener, "charts", charts.whole());
      else listener.hasCharts = tell(listener, "tail", charts.tail());
    }
  }

  #tellAll(name: string, message: unknown): void {
    for (const listener of this.#listeners) tell(listener, name, message);
  }

  #respond(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    // A name of somebody else's that resolves to loopback would let his page read this one.
    if (!isOurs(request.headers.host)) {
      answer(response, 403, `This page is served under ${this.url} alone.\n`);
      return;
    }
    const path = `${request.method} ${(request.url ?? "").replace(/[?#].*$/, "")}`;
    if (path === "GET /") {
      const page = livePage({ tool: this.#options.tool, key: this.#key, state: this.#run.state });
      answer(response, 200, page, "text/html; charset=utf-8");
    } else if (path === "GET /events") {
      this.#listen(response);
    } else if (path === "POST /stop") {
      if (request.headers["x-cupping-key"] !== this.#key) {
        answer(response, 403, "Only the page of this run can end it.\n");
        return;
      }
      answer(response, 202, "The run ends in order.\n");
      this.#options.onStop();
    } else {
      answer(response, 404, `There is nothing here; the page is at ${this.url}\n`);
    }
  }

  #listen(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store", connection: "close" });
    // Comes back soon after a break, e.g. when the laptop slept.
    response.write("retry: 1000\n\n");
    const listener: Listener = { response, hasCharts: false };
    this.#listeners.add(listener);
    response.on("close", () => this.#listeners.delete(listener));
    tell(listener, "state", stateMessage(this.#run.state));
    const charts = new LiveCharts(this.#run.charted);
    if (charts.shape === this.#shape || this.#listeners.size === 1) {
      this.#shape = charts.shape;
      listener.hasCharts = tell(listener, "charts", charts.whole());
    }
  }
}

function isOurs(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/i.test(host ?? "");
}

function answer(response: ServerResponse, status: number, text: string, type = "text/plain; charset=utf-8"): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}

/** @returns whether it was sent; not where too much waits already */
function tell({ response }: Listener, name: string, message: unknown): boolean {
  if (response.writableLength > LARGEST_BACKLOG) return false;
  response.write(`event: ${name}\ndata: ${JSON.stringify(message)}\n\n`);
  return true;
}

import type { LogicContext } from "./context.ts";
import type { BackgroundEffect } from "./effect.ts";

/** What the logic runs on. */
export interface RuntimeParts
  extends Pick<
    LogicContext,
    "store" | "passwords" | "calls" | "callLimits" | "robots" | "now" | "hasOtherGates" | "isOnline"
  > {
  /** Carries out effects that answer no request. */
  emit(effect: BackgroundEffect): void;
  log(line: string): void;
}

/** The context of all handlers, with what it takes to end. */
export interface Runtime {
  readonly context: LogicContext;
  /** Runs work again and again, with a pause in milliseconds between two runs, until the server stops. */
  every(pauseMs: number, work: (context: LogicContext) => Promise<BackgroundEffect[]>): void;
  /** Cancels what has not started and waits for what has. */
  stop(): Promise<void>;
}

/** Makes the context in which handlers run. */
export function createRuntime({ emit, log, ...parts }: RuntimeParts): Runtime {
  const working = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();

  const background = (work: () => Promise<BackgroundEffect[]>): void => {
    const done = work()
      .then((effects) => effects.forEach(emit))
      .catch((error: unknown) => log(`background work failed: ${error instanceof Error ? error.message : error}`))
      .finally(() => working.delete(done));
    working.add(done);
  };

  const after = (delayMs: number, work: () => Promise<BackgroundEffect[]>): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      background(work);
    }, delayMs);
    timers.add(timer);
  };

  const context: LogicContext = { ...parts, nowSeconds: () => Math.floor(parts.now() / 1000), background, after };
  let stopped = false;

  const every: Runtime["every"] = (pauseMs, work) => {
    after(pauseMs, () => work(context).finally(() => stopped || every(pauseMs, work)));
  };

  return {
    context,
    every,
    async stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      while (working.size > 0) await Promise.all(working);
    },
  };
}

/** The exit code of a run that was interrupted: the command line's contract. */
export const INTERRUPTED = 130;

/** How long an end in order may take, in milliseconds, once somebody who does not watch has asked for it. */
const GRACE_MS = 3_500;

/** Ctrl-C, or a signal to the same end. */
export interface Interrupt {
  /** Aborted by the first one. */
  readonly signal: AbortSignal;
  /** From here on signals end the process at once again, as bin/cupping.js has it. */
  release(): void;
}

/** How a command wants to be interrupted. */
export interface InterruptOptions {
  /** Tells the user what happens now. Default: one line on standard error. */
  readonly onFirst?: (cause: Cause) => void;
  /** How long an end in order may take after SIGTERM or SIGHUP, in milliseconds; Infinity where something else bounds it. */
  readonly graceMs?: number;
  /** What SIGHUP does where it does not end the command. */
  readonly onHangup?: () => void;
}

/** What an end in order is asked for by: a terminal, a signal from elsewhere, lost output, the page of a running load. */
type Cause = "SIGINT" | "termination" | "lost output" | "live page";

/** What is going on, and can be ended in order. */
const current = new Set<(cause: Cause) => boolean>();

/**
 * Lets the first SIGINT, SIGTERM or SIGHUP end what is going on in order. A second SIGINT ends the process at once;
 * SIGTERM and SIGHUP come from where nobody waits for long, so that the process ends within five seconds whatever
 * goes on.
 */
export function catchInterrupt({ onFirst = tell, graceMs = GRACE_MS, onHangup }: InterruptOptions = {}): Interrupt {
  const controller = new AbortController();
  let wasAsked = false;
  const end = (cause: Cause): boolean => {
    wasAsked = true;
    if (controller.signal.aborted) return false;
    onFirst(cause);
    controller.abort(new Error("the run was interrupted"));
    return true;
  };
  const onSigint = (): void => {
    if (wasAsked) process.exit(INTERRUPTED);
    end("SIGINT");
  };
  const onTermination = (): void => {
    if (Number.isFinite(graceMs)) setTimeout(() => process.exit(INTERRUPTED), graceMs).unref();
    end("termination");
  };
  process.on("SIGINT", onSigint);
  process.on("SIGTERM", onTermination);
  const onSighup = onHangup ?? onTermination;
  process.on("SIGHUP", onSighup);
  current.add(end);
  return {
    signal: controller.signal,
    release() {
      process.off("SIGINT", onSigint);
      process.off("SIGTERM", onTermination);
      process.off("SIGHUP", onSighup);
      current.delete(end);
    },
  };
}

/** Ends what is going on in order, as the first Ctrl-C does. @returns whether there was anything, and whether it was ending already */
export function interruptCurrent(cause: "lost output" | "live page"): "nothing" | "ending" | "ended" {
  if (current.size === 0) return "nothing";
  const ended = [...current].filter((end) => end(cause));
  return ended.length > 0 ? "ended" : "ending";
}

function tell(cause: Cause): void {
  // Who reads nothing needs no word; what came of the output is told where it was lost.
  if (cause === "lost output") return;
  const advice = {
    SIGINT: "; press Ctrl-C again to end it at once",
    termination: ", within five seconds",
    "live page": ", as its page asks; press Ctrl-C to end it at once",
  }[cause];
  process.stderr.write(`\nending the run in order${advice}\n`);
}

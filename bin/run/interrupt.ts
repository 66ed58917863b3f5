/** The exit code of a run that was interrupted: the command line's contract. */
export const INTERRUPTED = 130;

/** Ctrl-C, or a signal to the same end. */
export interface Interrupt {
  /** Aborted by the first one. */
  readonly signal: AbortSignal;
  /** From here on signals do again what they do by themselves. */
  release(): void;
}

/** Lets the first SIGINT or SIGTERM end what is going on in order, and the second end the process at once. */
export function catchInterrupt(onFirst: () => void = tell): Interrupt {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    onFirst();
    controller.abort(new Error("the run was interrupted"));
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, stop);
  return {
    signal: controller.signal,
    release() {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}

function tell(): void {
  process.stderr.write("\nending the run in order; press Ctrl-C again to end it at once\n");
}

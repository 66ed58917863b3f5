import { setTimeout as delay } from "node:timers/promises";
import { hideInError, hideInLogs, type Secrets } from "../../harness/accounts/index.ts";
import { CuppingError, isCuppingError } from "../../harness/errors.ts";
import type { Target } from "../../harness/targets/index.ts";
import { catchInterrupt, INTERRUPTED } from "./interrupt.ts";

/** What is worked on. */
export interface Ready {
  readonly target: Target;
}

/** What is done on a target, from its start to its end. */
interface Deed<Opened extends Ready> {
  /** Makes the target ready. @param interrupt may end it earlier; what it opens after all is stopped again */
  open(interrupt: AbortSignal): Promise<Opened>;
  /** Does the work. After the first Ctrl-C `interrupt` is aborted. @returns the exit code */
  work(opened: Opened, interrupt: AbortSignal): Promise<number>;
  /** The folder that gets what the target's containers log. */
  readonly logs: string;
  /** What neither an error nor those logs may show. */
  readonly secrets: Secrets;
}

/**
 * Works on a target and stops it again. Interrupts are caught before anything is opened, so that none finds a server or
 * a container that nobody stops.
 * @returns the exit code of the work, or that of an interrupted run when there was nothing to tell, e.g. while accounts
 *   were registered
 */
export async function onTarget<Opened extends Ready>({ open, work, logs, secrets }: Deed<Opened>): Promise<number> {
  const interrupt = catchInterrupt();
  const { signal } = interrupt;
  const hide = (error: unknown): void => void hideInError(error, secrets);
  // What no promise waits for is told by whoever listens next.
  process.prependListener("uncaughtException", hide);
  let opened: Opened | undefined;
  try {
    opened = await open(signal);
    signal.throwIfAborted();
    return await work(opened, signal);
  } catch (error) {
    if (!isOf(signal, error)) throw hideInError(await asDeath(error, opened?.target), secrets);
    process.stderr.write("interrupted before anything was measured\n");
    return INTERRUPTED;
  } finally {
    try {
      await opened?.target.stop();
    } finally {
      await hideInLogs(logs, secrets);
      interrupt.release();
      process.off("uncaughtException", hide);
    }
  }
}

/** How long the end of a process may be told behind that of its connections, in milliseconds. */
const TOLD_LATER_MS = 500;

/** What came of the end of a server that was started for the run is told as that end, not as what it looked like from outside. */
async function asDeath(error: unknown, target: Target | undefined): Promise<unknown> {
  if (!target?.control || !isCuppingError(error, "target")) return error;
  if (target.control.death === undefined) await delay(TOLD_LATER_MS);
  const { death } = target.control;
  if (death === undefined) return error;
  const lines = target.logTail().map((line) => `\n  ${line}`);
  const tail = lines.length === 0 ? "" : `; its log ends with:${lines.join("")}`;
  return new CuppingError("target", `${death}, before anything was measured${tail}`, { cause: error });
}

/** Whether something ended with this error because the signal was aborted. */
function isOf({ aborted, reason }: AbortSignal, error: unknown): boolean {
  return aborted && (error === reason || (error instanceof Error && error.name === "AbortError"));
}

/**
 * What went wrong, for those who act on it; the text is for people alone.
 * - `usage`: the command line, the configuration or an input file is wrong
 * - `no-result`: a folder that was to hold results is missing or holds none, which may be how things start out
 * - `target`: the target could not be reached or started
 * - `port-taken`: a port on which a server of ours should listen belongs to another process
 * - `scenario`: the code of a load scenario of the user's own threw
 * - `harness`: the harness could not do its work, or could not write what it measured
 * - `internal`: a state that cannot be, a mistake of ours; the only code that shows a stack trace
 */
export type ErrorCode = "usage" | "no-result" | "target" | "port-taken" | "scenario" | "harness" | "internal";

/** The exit code of every error code: the command line's contract. */
export const exitCodeOfError: Readonly<Record<ErrorCode, number>> = {
  usage: 2,
  "no-result": 2,
  target: 3,
  "port-taken": 3,
  scenario: 4,
  harness: 4,
  internal: 4,
};

/** What an error carries beside its sentence. */
export interface ErrorDetails {
  /** What the person can do about it, as a sentence of its own. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The one error of harness and command line, apart from those of the protocol and of the client. Its message is one
 * sentence: what was wrong, what was expected and where.
 */
export class CuppingError extends Error {
  override readonly name = "CuppingError";
  readonly code: ErrorCode;
  hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }
}

/** Whether an error is ours, and of this code where one is named. */
export function isCuppingError(error: unknown, code?: ErrorCode): error is CuppingError {
  return error instanceof CuppingError && (code === undefined || error.code === code);
}

/** What to do about an `internal` error. */
const REPORT =
  "This is a mistake of cupping itself, not of your server. Please report it with this text, the command line and the output of `cupping --version`.";

/** What a machine can run out of anywhere, by the code of the system's error, and what to do about it. */
const EXHAUSTED: Readonly<Record<string, string>> = {
  EMFILE: "this process may have no more files and connections open: raise its limit (ulimit -n)",
  ENFILE: "this machine may have no more files and connections open: end what else runs on it",
  EAGAIN: "this user may have no more processes: raise the limit (ulimit -u), or end what else runs",
  ENOMEM: "this machine has no memory left: end what else runs on it",
};

/**
 * Any error as one of ours: what nobody expected is `internal`, and keeps its stack trace as the cause's. A machine that
 * has run out of something is no mistake of ours.
 */
export function asCuppingError(error: unknown): CuppingError {
  if (isCuppingError(error)) return error;
  const exhausted = EXHAUSTED[(error as NodeJS.ErrnoException | undefined)?.code ?? ""];
  if (exhausted !== undefined) return new CuppingError("harness", exhausted, { cause: error });
  return new CuppingError("internal", error instanceof Error ? error.message : String(error), { cause: error });
}

/**
 * An error as people read it: its sentence and its hint. Only `internal` ones show a stack trace, the one of where it
 * began, and ask to be reported.
 */
export function describeError(error: unknown): string {
  const ours = asCuppingError(error);
  if (ours.code !== "internal") return [ours.message, ours.hint].filter(Boolean).join("\n");
  const origin = ours.cause instanceof Error ? ours.cause : ours;
  return `${origin.stack ?? origin.message}\n${REPORT}`;
}

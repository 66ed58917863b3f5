import { mark } from "../marks.ts";
import { isStoreError } from "../store/errors.ts";
import type { LogicContext } from "./context.ts";
import { close, type Effect } from "./effect.ts";
import type { Handler, Request } from "./handler.ts";

/** Called with each error that a request ended with. */
export type ReportFailure = (handler: Pick<Handler, "command">, error: unknown) => void;

/**
 * What a request makes happen. Never throws and never rejects: an error behind the handler becomes the command's own
 * error answer, or silence where it has none (CONN-17, CONN-21), or the end of the connection where nobody knows what
 * to answer.
 */
export function perform(
  handler: Handler,
  request: Request<unknown>,
  context: LogicContext,
  report: ReportFailure,
): Effect[] | Promise<Effect[]> {
  const failed = (error: unknown): Effect[] => {
    report(handler, error);
    // MSG-20: what may have been done is not refused. The client comes back (HB-05) and finds out, or sends its message
    // again under the same id (MSG-07); silence alone would leave it waiting (MSG-13).
    if (isStoreError(error, "outcome-unknown")) return handler.failed ? [close] : [];
    return handler.failed?.(request, context) ?? [];
  };
  try {
    if (handler.claims && handler.claims(request.message) !== request.self) {
      mark("LOGIN-17");
      return [];
    }
    const effects = handler.handle(request, context);
    return effects instanceof Promise ? effects.catch(failed) : effects;
  } catch (error) {
    return failed(error);
  }
}

import { mark } from "../marks.ts";
import type { LogicContext } from "./context.ts";
import type { Effect } from "./effect.ts";
import type { Handler, Request } from "./handler.ts";

/** Told of each error that a request ended with. */
export type ReportFailure = (handler: Pick<Handler, "command">, error: unknown) => void;

/**
 * What a request makes happen. Never throws and never rejects: an error behind the handler becomes the command's own
 * error answer, or silence where it has none (CONN-17, CONN-21).
 */
export function perform(
  handler: Handler,
  request: Request<unknown>,
  context: LogicContext,
  report: ReportFailure,
): Effect[] | Promise<Effect[]> {
  const failed = (error: unknown): Effect[] => {
    report(handler, error);
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

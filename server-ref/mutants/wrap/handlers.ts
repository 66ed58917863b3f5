import type { Command, Partially } from "../../../codegen/index.ts";
import type { LogicContext } from "../../logic/context.ts";
import type { Effect, Push, Reply } from "../../logic/effect.ts";
import type { Handler, Request } from "../../logic/handler.ts";
import type { Seams } from "../../seams.ts";

type Effects = Effect[] | Promise<Effect[]>;

/** What a handler did before it was wrapped. */
export type Original<M> = (request: Request<M>, context: LogicContext) => Effects;

/** Replaces parts of the handler of a command. */
export function replaceHandler<M>(
  seams: Seams,
  command: Command<M>,
  parts: (original: Handler<M>) => Partial<Handler<M>>,
): void {
  const original = seams.handlers.get(command.id) as Handler<M> | undefined;
  if (!original) throw new Error(`no handler answers ${command.name}`);
  seams.handlers.set(command.id, { ...original, ...parts(original) } as Handler);
}

/** Puts something else in the place of what a command does. */
export function wrapHandle<M>(
  seams: Seams,
  command: Command<M>,
  handle: (request: Request<M>, context: LogicContext, original: Original<M>) => Effects,
): void {
  replaceHandler(seams, command, (original) => ({
    handle: (request, context) => handle(request, context, (again, same) => original.handle(again, same)),
  }));
}

/** Changes a command's message before its handler sees it. */
export function changeRequest<M>(
  seams: Seams,
  command: Command<M>,
  change: (message: M, self: bigint) => Partial<M>,
): void {
  wrapHandle(seams, command, (request, context, original) =>
    original({ ...request, message: { ...request.message, ...change(request.message, request.self) } }, context),
  );
}

/** Changes what a command makes happen. */
export function changeEffects<M>(
  seams: Seams,
  command: Command<M>,
  change: (effects: Effect[], request: Request<M>, context: LogicContext) => Effects,
): void {
  wrapHandle(seams, command, (request, context, original) => {
    const effects = original(request, context);
    return effects instanceof Promise
      ? effects.then((done) => change(done, request, context))
      : change(effects, request, context);
  });
}

/** The message of an effect, as the type that the effect's command has. */
export function messageOf<M>(effect: Reply | Push, _command: Command<M>): Partially<M> {
  return effect.message as Partially<M>;
}

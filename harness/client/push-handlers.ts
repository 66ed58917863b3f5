import type { Command } from "../../codegen/index.ts";
import type { Push } from "./push-queue.ts";

/** Is called with every push of a command, in order. */
export type PushHandler<M> = (message: M, push: Push<M>) => void;

/** Whom to call with the pushes of each command. */
export class PushHandlers {
  readonly #byCommand = new Map<number, Set<PushHandler<unknown>>>();

  /** @returns takes the handler off the list again */
  add<M>(command: Command<M>, handler: PushHandler<M>): () => void {
    const handlers = this.#byCommand.get(command.id) ?? new Set();
    this.#byCommand.set(command.id, handlers);
    handlers.add(handler as PushHandler<unknown>);
    return () => handlers.delete(handler as PushHandler<unknown>);
  }

  call(push: Push): void {
    for (const handler of this.#byCommand.get(push.command.id) ?? []) {
      try {
        handler(push.message, push);
      } catch (error) {
        // The handler's mistake must neither stop the read loop nor go unseen.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

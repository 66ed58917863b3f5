import type { Command } from "../../codegen/index.ts";
import type { LogicContext } from "./context.ts";
import type { BackgroundEffect, Effect } from "./effect.ts";

/** A decoded packet of a client and what the server knows of its connection. */
export interface Request<M> {
  /** The user logged in on the connection; 0 before login. */
  readonly self: bigint;
  /** Self's nickname as of login. */
  readonly nickname: string;
  readonly message: M;
}

/** What one command does. */
export interface Handler<M = unknown> {
  readonly command: Command<M>;
  /** The user in whose name the body speaks. When it is not Self the request is ignored (LOGIN-17). */
  claims?(message: M): bigint;
  /**
   * Whether later requests of the connection may start before this one is finished. Only for a handler that makes
   * its one store call before its first `await`: then everything still takes effect in order (CONN-16). Nor is
   * one that is {@link large}.
   */
  readonly pipelined?: boolean;
  /**
   * Whether the answer carries contents of messages. Many clients may ask for megabytes of them at the same moment, so
   * that they are made one after another, with time for what others ask in between.
   */
  readonly large?: boolean;
  /** An error that it throws or rejects with is answered by `failed`, or by silence. */
  handle(request: Request<M>, context: LogicContext): Effect[] | Promise<Effect[]>;
  /** The answer when the store fails (CONN-21, LOGIN-07). */
  failed?(request: Request<M>, context: LogicContext): Effect[];
}

/** The behaviour of one section of the rules. */
export interface Section {
  readonly handlers: readonly Handler[];
  /** Called when the last connection of a user, over all gates, has gone. */
  userOffline?(userId: bigint, context: LogicContext): BackgroundEffect[] | Promise<BackgroundEffect[]>;
}

/** Keeps the types of one handler together. */
export function handler<M>(definition: Handler<M>): Handler {
  return definition as Handler;
}

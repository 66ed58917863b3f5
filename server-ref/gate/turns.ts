import type { Command } from "../../codegen/index.ts";
import type { Effect, Push } from "../logic/effect.ts";

/** A request whose effects are not all carried out. */
export interface Turn {
  readonly command: Command;
  /** The request's `seq_num`. */
  readonly number: number;
  /** Undefined until its handler is finished. */
  effects: readonly Effect[] | undefined;
}

/** Carries out an effect of a request. */
export type CarryOut = (effect: Effect, turn: Turn) => void;

function isPush(effect: Effect): effect is Push {
  return effect.kind === "push";
}

/**
 * The requests of one connection that are being handled, oldest first. Answers leave in the order of the requests
 * (CONN-16). Pushes of a request that finishes out of turn do not wait: their order is that of the store (PUSH-05).
 */
export class Turns {
  readonly #turns: Turn[] = [];

  get size(): number {
    return this.#turns.length;
  }

  begin(command: Command, number: number): Turn {
    const turn: Turn = { command, number, effects: undefined };
    this.#turns.push(turn);
    return turn;
  }

  finish(turn: Turn, effects: readonly Effect[], carryOut: CarryOut): void {
    turn.effects = effects;
    if (this.#turns[0] !== turn) {
      for (const effect of effects) if (isPush(effect)) carryOut(effect, turn);
      turn.effects = effects.filter((effect) => !isPush(effect));
      return;
    }
    for (let head = this.#turns[0]; head?.effects; head = this.#turns[0]) {
      this.#turns.shift();
      for (const effect of head.effects) carryOut(effect, head);
    }
  }
}

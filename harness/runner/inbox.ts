import type { BodyCodec, Command, Frame, Registry } from "../../codegen/index.ts";

/** A frame that came from the target. */
export interface Received<M = unknown> {
  /** Place among all frames of the connection, from 0. */
  readonly index: number;
  /** `performance.now()` when it came. */
  readonly at: number;
  readonly frame: Frame;
  /** Undefined when the contract has no such command. */
  readonly command: Command<M> | undefined;
  /** Undefined when the body could not be decoded; then `error` says why. */
  readonly message: M | undefined;
  readonly error?: string;
}

/** Everything that came on one connection, in order, and what of it has been taken as an answer or push. */
export class Inbox {
  readonly #registry: Registry;
  readonly #frames: Received[] = [];
  readonly #taken = new Set<number>();
  #strangers = 0;

  /** @param registry the commands of the contract that the target speaks */
  constructor(registry: Registry) {
    this.#registry = registry;
  }

  get length(): number {
    return this.#frames.length;
  }

  /** `performance.now()` when the first frame came. */
  get oldestAt(): number | undefined {
    return this.#frames[0]?.at;
  }

  /** `performance.now()` when the newest frame came. */
  get newestAt(): number | undefined {
    return this.#frames.at(-1)?.at;
  }

  /** How many frames have come that no command of the contract has. */
  get strangers(): number {
    return this.#strangers;
  }

  add(frame: Frame): Received {
    const received = decode(frame, this.#frames.length, this.#registry);
    this.#frames.push(received);
    if (received.command === undefined) this.#strangers += 1;
    return received;
  }

  /** All frames of a command from a place on, taken or not. */
  all<M>(command: Command<M>, from: number = 0): Received<M>[] {
    return this.#frames.slice(from).filter((one) => one.frame.header.command_id === command.id) as Received<M>[];
  }

  /** Every frame from a place on. */
  since(from: number): Received[] {
    return this.#frames.slice(from);
  }

  /** The first frame of a command, not yet taken, that fits; it is taken now. */
  take<M>(
    command: { readonly id: number },
    fits: (one: Received<M>) => boolean,
    from: number = 0,
  ): Received<M> | undefined {
    for (const one of this.#frames.slice(from)) {
      if (this.#taken.has(one.index) || one.frame.header.command_id !== command.id) continue;
      if (!fits(one as Received<M>)) continue;
      this.#taken.add(one.index);
      return one as Received<M>;
    }
    return undefined;
  }
}

function decode(frame: Frame, index: number, registry: Registry): Received {
  const command = registry.byId(frame.header.command_id);
  const base = { index, at: performance.now(), frame, command };
  if (!command) return { ...base, message: undefined, error: "no command has this id" };
  return { ...base, ...read(frame, command.body) };
}

/** A frame that the contract does not have, read as the answer that it is. Others stay as they are. */
export function readAsAnswer<M>(received: Received<M>, body: BodyCodec<M> | undefined): Received<M> {
  if (received.command !== undefined || body === undefined) return received;
  const { error: _, ...rest } = received;
  return { ...rest, ...read(received.frame, body) };
}

function read<M>(frame: Frame, body: BodyCodec<M>): { message: M } | { message: undefined; error: string } {
  try {
    return { message: body.decode(frame.body) };
  } catch (error) {
    return { message: undefined, error: (error as Error).message };
  }
}

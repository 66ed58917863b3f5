import {
  type BodyCodec,
  type CIMMsgData,
  type Command,
  commands,
  type Frame,
  type Registry,
} from "../../codegen/index.ts";

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

/** Most packets that nobody asked for on one connection before it counts as flooded. */
const MOST_UNASKED = 10_000;
/** Most bytes on one connection before it counts as flooded. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Everything that came on one connection, in order, and what of it has been taken as an answer or push. */
export class Inbox {
  readonly #registry: Registry;
  readonly #frames: Received[] = [];
  /** The same by command: a flood of one hides no packet of another. */
  readonly #queues = new Map<number, Queue>();
  readonly #pushed = new Set<string>();
  /** Commands that answer a request. */
  readonly #replies: ReadonlySet<number | undefined>;
  #answers = 0;
  #bytes = 0;
  #strangers = 0;
  #repeats = 0;
  #unaskedAt: number | undefined;

  /** @param registry the commands of the contract that the target speaks */
  constructor(registry: Registry) {
    this.#registry = registry;
    this.#replies = new Set(registry.commands.map(({ replyId }) => replyId));
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

  /** How many frames have come that answer a request. */
  get answers(): number {
    return this.#answers;
  }

  /** How many frames have come that no command of the contract has, and pushes of a message that had come before. */
  get unasked(): number {
    return this.#strangers + this.#repeats;
  }

  /** `performance.now()` when the first of them came. */
  get unaskedAt(): number | undefined {
    return this.#unaskedAt;
  }

  /**
   * Why nothing more need be read here, in words: more has come than any case asks for.
   * @param sent packets that were sent here, each of which may have an answer
   */
  tooMuch(sent: number): string | undefined {
    if (this.#frames.length - sent > MOST_UNASKED) return `more than ${MOST_UNASKED} packets that nobody asked for`;
    return this.#bytes > MOST_BYTES ? `more than ${MOST_BYTES / 2 ** 20} MiB` : undefined;
  }

  add(frame: Frame): Received {
    const received = decode(frame, this.#frames.length, this.#registry);
    this.#frames.push(received);
    this.#bytes += frame.bytes.length;
    const id = frame.header.command_id;
    const queue = this.#queues.get(id);
    if (queue) queue.frames.push(received);
    else this.#queues.set(id, { frames: [received], taken: new Set(), begin: 0 });
    if (this.#replies.has(id)) this.#answers += 1;
    this.#countUnasked(received);
    return received;
  }

  /** All frames of a command from a place on, taken or not. */
  all<M>(command: Command<M>, from: number = 0): Received<M>[] {
    const frames = this.#queues.get(command.id)?.frames ?? [];
    return frames.slice(placeOf(frames, from)) as Received<M>[];
  }

  /** How many frames of a command have come from a place on. */
  count(command: { readonly id: number }, from: number = 0): number {
    const frames = this.#queues.get(command.id)?.frames ?? [];
    return frames.length - placeOf(frames, from);
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
    const queue = this.#queues.get(command.id);
    if (!queue) return undefined;
    const { frames, taken } = queue;
    for (let at = Math.max(queue.begin, placeOf(frames, from)); at < frames.length; at++) {
      const one = frames[at] as Received<M>;
      if (taken.has(at) || !fits(one)) continue;
      taken.add(at);
      while (taken.delete(queue.begin)) queue.begin += 1;
      return one;
    }
    return undefined;
  }

  #countUnasked({ command, message, at }: Received): void {
    if (command === undefined) this.#strangers += 1;
    else if (command.id === commands.MSG_DATA.id && message !== undefined) {
      const { from_user_id, client_msg_id, server_msg_id } = message as CIMMsgData;
      const key = `${from_user_id} ${client_msg_id} ${server_msg_id}`;
      if (!this.#pushed.has(key)) {
        this.#pushed.add(key);
        return;
      }
      this.#repeats += 1;
    } else return;
    this.#unaskedAt ??= at;
  }
}

/** What came of one command. */
interface Queue {
  readonly frames: Received[];
  /** Places of those that were taken, from `begin` on; before it all were. */
  readonly taken: Set<number>;
  begin: number;
}

/** The place in a queue of the first frame from a place of the connection on. */
function placeOf(frames: readonly Received[], from: number): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((frames[middle] as Received).index < from) low = middle + 1;
    else high = middle;
  }
  return low;
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

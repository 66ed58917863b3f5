import { type CIMMsgData, type CIMMsgDataAck, commands, type Partially } from "../../codegen/index.ts";
import type { Channel } from "./channel.ts";
import { ClientError, isClientError } from "./errors.ts";
import type { NewMessage } from "./messages.ts";
import { type Settle, type WaitOptions, waitWithDeadline } from "./wait.ts";

/** A message whose acknowledgement has not come. */
interface Unacknowledged {
  readonly message: Partially<CIMMsgData>;
  readonly settle: Settle<CIMMsgDataAck>;
  readonly giveUp: AbortController;
}

/**
 * Messages on their way to the server. One whose connection broke before the acknowledgement came is sent again, with
 * the same `client_msg_id`, over the next connection; the server's de-duplication (MSG-07) makes that safe.
 */
export class Outbox {
  readonly #channel: Channel;
  readonly #waiting = new Map<string, Unacknowledged>();

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** Whether the message with this `client_msg_id` still waits for its acknowledgement. */
  has(clientMsgId: string): boolean {
    return this.#waiting.has(clientMsgId);
  }

  /**
   * Sends a message as soon as `ready`, and again after each break, until it is acknowledged.
   * @throws ClientError `deadline`, `aborted`
   */
  post(message: NewMessage, ready: boolean, options: WaitOptions): Promise<CIMMsgDataAck> {
    const { client_msg_id } = message;
    const deadlineMs = options.deadlineMs ?? this.#channel.deadlineMs;
    const about = { connection: this.#channel.label, command: commands.MSG_DATA };
    return waitWithDeadline<CIMMsgDataAck>(
      { deadlineMs, signal: options.signal },
      (settle) => {
        const entry = { message, settle, giveUp: new AbortController() };
        this.#waiting.set(client_msg_id, entry);
        if (ready) this.#send(entry);
        return () => {
          this.#waiting.delete(client_msg_id);
          entry.giveUp.abort();
        };
      },
      () => {
        const what = `${this.#channel.label}: message ${client_msg_id} not acknowledged within ${deadlineMs} ms`;
        return new ClientError("deadline", what, about);
      },
      about,
    );
  }

  /** Sends what is not acknowledged again, in the order in which it was first sent. */
  resend(): void {
    for (const entry of this.#waiting.values()) this.#send(entry);
  }

  /** Gives everything up: no connection will follow. */
  shut(error: Error): void {
    for (const { settle } of [...this.#waiting.values()]) settle.reject(error);
  }

  #send({ message, settle, giveUp }: Unacknowledged): void {
    const wait = { deadlineMs: Number.POSITIVE_INFINITY, signal: giveUp.signal };
    this.#channel.request(commands.MSG_DATA, message, wait).then(settle.resolve, (error: unknown) => {
      const isBroken = isClientError(error, "closed") || isClientError(error, "not-connected");
      if (!isBroken) settle.reject(error as Error);
    });
  }
}

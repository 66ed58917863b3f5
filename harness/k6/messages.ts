import { vu } from "k6/execution";
import { type CIMMsgData, CIMMsgType, type Partially } from "../../codegen/index.ts";

/** Says which message this is: carried by every message, read again by whoever receives it. */
export interface K6MessageMark {
  /** Number of the sender within its virtual user, 16 bits. */
  readonly sender: number;
  /** How many messages this sender had sent before, 32 bits. */
  readonly index: number;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** Writes the messages of one virtual user and knows its own again. */
export class MarkedMessages {
  readonly #run: number;
  readonly #payloadBytes: number;

  /** @param run tag of the run: messages of other runs in the same conversation are not ours */
  constructor(run: string, payloadBytes: number) {
    let hash = 0;
    for (let index = 0; index < run.length; index++) hash = (Math.imul(hash, 31) + run.charCodeAt(index)) >>> 0;
    this.#run = hash;
    this.#payloadBytes = payloadBytes;
  }

  /**
   * @param sender number of the sender within the virtual user
   * @param index how many messages this sender had sent before
   */
  write(sender: number, index: number): Partially<CIMMsgData> & { client_msg_id: string; msg_data: Uint8Array } {
    const client_msg_id = this.#idOf(sender, index);
    const msg_data = new Uint8Array(this.#payloadBytes).fill(0x2e);
    for (let at = 0; at < client_msg_id.length; at++) msg_data[at] = client_msg_id.charCodeAt(at);
    return { client_msg_id, msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT, msg_data };
  }

  /** The mark of a message of this virtual user, or undefined when it is not one. */
  read(clientMsgId: string): K6MessageMark | undefined {
    const sender = Number.parseInt(clientMsgId.slice(9, 13), 16);
    const index = Number.parseInt(clientMsgId.slice(28), 16);
    return clientMsgId === this.#idOf(sender, index) ? { sender, index } : undefined;
  }

  /**
   * A well-formed UUID (version 8, whose bits are free). It is put together digit by digit: a table of digits, as the
   * load engine has, would be made anew for each of k6's virtual users and cost megabytes in each.
   */
  #idOf(sender: number, index: number): string {
    const number = hex(vu.idInTest, 6);
    return `${hex(this.#run, 8)}-${hex(sender, 4)}-8${number.slice(0, 3)}-8${number.slice(3)}-0000${hex(index, 8)}`;
  }

  /** Whether a content is the one that {@link write} gave the message. */
  isIntact(clientMsgId: string, content: Uint8Array): boolean {
    if (content.length !== this.#payloadBytes) return false;
    for (let at = 0; at < content.length; at++) {
      const expected = at < clientMsgId.length ? clientMsgId.charCodeAt(at) : 0x2e;
      if (content[at] !== expected) return false;
    }
    return true;
  }
}

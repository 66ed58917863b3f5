import { vu } from "k6/execution";
import { type CIMMsgData, CIMMsgType, type Partially } from "../../codegen/index.ts";
import { decodeMark, encodeMark, type MessageMark } from "../check/message-mark.ts";

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
    const client_msg_id = encodeMark({ run: this.#run, sender, conversation: vu.idInTest, index });
    const msg_data = new Uint8Array(this.#payloadBytes).fill(0x2e);
    for (let at = 0; at < client_msg_id.length; at++) msg_data[at] = client_msg_id.charCodeAt(at);
    return { client_msg_id, msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT, msg_data };
  }

  /** The mark of a message of this virtual user, or undefined when it is not one. */
  read(clientMsgId: string): MessageMark | undefined {
    const mark = decodeMark(clientMsgId);
    return mark?.run === this.#run && mark.conversation === vu.idInTest ? mark : undefined;
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

import {
  type CIMMsgData,
  type CIMMsgDataAck,
  type CIMMsgDataReadNotify,
  CIMMsgType,
  CIMResCode,
  CIMSessionType,
  commands,
  encodeFrame,
  FrameBatch,
} from "../../codegen/index.ts";
import {
  type AnomalyName,
  type Checker,
  type Conversation,
  decodeMark,
  describeAnomaly,
  isGroup,
  type PayloadFormat,
  type Violations,
} from "../check/index.ts";
import { confirmationOf } from "../confirmation.ts";
import { nowMicros, type Recorder } from "../measure/index.ts";
import { ANOTHER_RUN, messageRefusedError } from "./error-kinds.ts";
import type { JudgedUser, MessageJudge } from "./user-host.ts";

/** Whether a message is for the user by what it says itself: its own copy, or in a group, counts too (PUSH-03, PUSH-04). */
function isAddressedTo(message: CIMMsgData, userId: bigint): boolean {
  const isInGroup = message.session_type === CIMSessionType.kCIM_SESSION_TYPE_GROUP;
  return isInGroup || message.to_session_id === userId || message.from_user_id === userId;
}

/** What a judge needs of the worker's engine. */
export interface JudgeSurroundings {
  readonly run: number;
  readonly checker: Checker;
  readonly recorder: Recorder;
  readonly violations: Violations;
  readonly payload: PayloadFormat;
  /** A user in words, for examples of violations. @param user number within the run */
  nameOf(user: number): string;
  sessionIdFor(conversation: Conversation, position: number): bigint;
  /** The id that the server knows a user by. @param user number within the run */
  userIdOf(user: number): bigint;
}

/** What acknowledgements, pushes and read notifications mean: each is checked, measured and confirmed here. */
export class Judge implements MessageJudge {
  readonly #around: JudgeSurroundings;
  readonly #joinsPackets: boolean;
  readonly #confirmations = new FrameBatch();
  /** When a read receipt was sent whose notification is due at the peer, by conversation and position. */
  readonly #readsInFlight = new Map<number, number>();
  /** Kinds of refusals met, by `res_code`. */
  readonly #refusals = new Map<number, string>();

  /** @param joinsPackets whether the confirmations of one read may leave in one write */
  constructor(around: JudgeSurroundings, { joinsPackets }: { readonly joinsPackets: boolean }) {
    this.#around = around;
    this.#joinsPackets = joinsPackets;
  }

  /** The server has acknowledged, or refused, a message (MSG-04, MSG-13). */
  acknowledged(user: JudgedUser, ack: CIMMsgDataAck, seqNum: number): void {
    const mark = decodeMark(ack.client_msg_id);
    const conversation = mark && this.#around.checker.conversation(mark.conversation);
    if (!mark || !conversation || mark.run !== this.#around.run || mark.sender !== user.number) {
      this.#around.violations.violated("acknowledgement", () =>
        describeAnomaly(
          "leak across sessions",
          `${this.#around.nameOf(user.number)} got an acknowledgement of a message that is not its own: "${ack.client_msg_id}"`,
        ),
      );
      return;
    }
    const sender = user.positionIn(conversation);
    const sighting = { conversation, sender, index: mark.index, serverMsgId: ack.server_msg_id };
    const message = user.unanswered?.get(seqNum);
    user.unanswered?.delete(seqNum);
    const at = message?.at;
    if (ack.res_code !== CIMResCode.kCIM_RES_CODE_OK) {
      this.#around.recorder.error(this.#refusalOf(ack.res_code, mark.index), at ?? nowMicros());
      this.#around.checker.refused(conversation, sender, mark.index);
      return;
    }
    const isRight =
      ack.from_user_id === user.userId &&
      ack.to_session_id === this.#around.sessionIdFor(conversation, sender) &&
      ack.session_type === conversation.kind;
    if (!isRight)
      this.#violated("acknowledgement", sighting, sender, "was acknowledged with another sender or session");
    if (!this.#around.checker.acknowledged(sighting)) return;
    if (at === undefined) {
      this.#violated("acknowledgement", sighting, sender, `was acknowledged under the unknown number ${seqNum}`);
      return;
    }
    this.#around.recorder.latency("msg_ack", nowMicros() - at, at);
    if (message?.isRepeat) this.#around.recorder.latency("resent", nowMicros() - at, at);
    this.#around.recorder.count("acknowledged", at);
  }

  /** A message was delivered (PUSH-01 to PUSH-05). */
  pushed(user: JudgedUser, message: CIMMsgData): void {
    if (message.msg_type === CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION) return;
    this.#confirm(user, message);
    const mark = decodeMark(message.client_msg_id);
    if (mark && mark.run !== this.#around.run && isAddressedTo(message, user.userId)) {
      this.#around.recorder.error(ANOTHER_RUN, nowMicros());
      return;
    }
    const conversation =
      mark?.run === this.#around.run ? this.#around.checker.conversation(mark.conversation) : undefined;
    const receiver = conversation ? user.positionIn(conversation) : -1;
    const sender = conversation && mark ? conversation.members.indexOf(mark.sender) : -1;
    this.#around.violations.checked("foreign");
    if (!mark || !conversation || receiver < 0 || sender < 0 || sender === receiver) {
      const isOwn = sender >= 0 && sender === receiver;
      const what = isOwn ? "its own message" : "a message of a conversation that is not its own";
      this.#around.violations.violated("foreign", () =>
        describeAnomaly(
          isOwn ? "own push" : "leak across sessions",
          `${this.#around.nameOf(user.number)} received ${what}: from ${message.from_user_id} to session ${message.to_session_id}, id ${message.client_msg_id}`,
        ),
      );
      return;
    }
    const sighting = { conversation, sender, index: mark.index, serverMsgId: message.server_msg_id };
    this.#around.violations.checked("content");
    const at = this.#around.payload.verify(message.msg_data, message.client_msg_id, mark.index);
    const isRight =
      message.from_user_id === this.#around.userIdOf(mark.sender) &&
      message.to_session_id === (isGroup(conversation) ? conversation.groupId : user.userId) &&
      message.session_type === conversation.kind;
    if (at === undefined) {
      const difference = this.#around.payload.describeDifference(message.msg_data, message.client_msg_id, mark.index);
      const what = `arrived with another content than was sent: ${difference}`;
      this.#violated("content", sighting, receiver, what, "content changed");
    } else if (!isRight) this.#violated("content", sighting, receiver, "arrived with another sender or session");
    if (!this.#around.checker.delivered(sighting, receiver) || at === undefined) return;
    this.#around.recorder.latency(isGroup(conversation) ? "fanout" : "msg_e2e", nowMicros() - at, at);
    this.#around.recorder.count("delivered", at);
  }

  /** A member is about to say that it has read. @returns the id up to which, 0 for nothing */
  reading(conversation: Conversation, position: number, at: number): bigint {
    const upTo = this.#around.checker.reading(conversation, position);
    if (upTo !== 0n && !isGroup(conversation)) this.#readsInFlight.set(conversation.number * 2 + position, at);
    return upTo;
  }

  /** The peer of a one-to-one conversation has read (READ-04). */
  readNotified(user: JudgedUser, notify: CIMMsgDataReadNotify): void {
    const conversation = user.conversations.find(
      (candidate, at) =>
        !isGroup(candidate) && this.#around.sessionIdFor(candidate, user.positions[at] as number) === notify.user_id,
    );
    if (!conversation) return;
    const key = conversation.number * 2 + (1 - user.positionIn(conversation));
    const at = this.#readsInFlight.get(key);
    if (at === undefined) return;
    this.#readsInFlight.delete(key);
    this.#around.recorder.latency("read_notify", nowMicros() - at, at);
  }

  /** The confirmations gathered since the last call, as one piece of bytes; undefined when there are none. */
  takeConfirmations(): Uint8Array | undefined {
    return this.#confirmations.count > 0 ? this.#confirmations.take() : undefined;
  }

  /** Confirms a push as a real client does (ACK-01). */
  #confirm(user: JudgedUser, message: CIMMsgData): void {
    const confirmation = confirmationOf(message, user.userId);
    const seqNum = user.nextSeqNum();
    if (this.#joinsPackets) this.#confirmations.add(commands.MSG_DATA_ACK, confirmation, seqNum);
    else user.sendBytes(encodeFrame(commands.MSG_DATA_ACK, confirmation, seqNum));
  }

  /** The kind of error that a refusal is, with what the first refused message said where that may be why. */
  #refusalOf(code: number, index: number): string {
    const known = this.#refusals.get(code);
    if (known !== undefined) return known;
    const kind = messageRefusedError(code, this.#around.payload.telling(index));
    this.#refusals.set(code, kind);
    return kind;
  }

  #violated(
    check: "acknowledgement" | "content",
    sighting: { conversation: Conversation; sender: number; index: number; serverMsgId: bigint },
    observer: number,
    what: string,
    anomaly: AnomalyName = "phantom",
  ): void {
    this.#around.violations.violated(check, () => this.#around.checker.example(sighting, observer, anomaly, what));
  }
}

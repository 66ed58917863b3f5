import {
  type CIMMsgData,
  type CIMMsgDataAck,
  type CIMMsgDataReadNotify,
  CIMMsgType,
  CIMResCode,
  commands,
  encodeFrame,
  FrameBatch,
} from "../../codegen/index.ts";
import type { Account } from "../accounts/index.ts";
import {
  Checker,
  type Conversation,
  decodeMark,
  type MessageMark,
  PayloadFormat,
  tellAnomaly,
  Violations,
} from "../check/index.ts";
import type { Address } from "../client/index.ts";
import { nowMicros, Recorder, SelfMonitor } from "../measure/index.ts";
import { type LoginRequest, loginRequestOf } from "./accounts.ts";
import type { CloseCause } from "./link/close-cause.ts";
import type { LoadPlan, WorkerShare } from "./plan.ts";
import type { ConversationLayer } from "./scenario.ts";
import { TimerWheel } from "./timer-wheel.ts";
import type { UserState, VirtualUser } from "./virtual-user.ts";

/** The timers of one user. */
export const timerKinds = ["heartbeat", "action", "request", "login", "sleep"] as const;

/** What a timer is for. */
export type TimerKind = (typeof timerKinds)[number];

/** Conversations of one worker are numbered from here, so that no two workers share a number. */
const CONVERSATIONS_PER_WORKER = 2 ** 20;

/** Who is told when a user comes or goes. */
export interface EngineListener {
  userOnline(user: VirtualUser): void;
  /** @param before state in which the connection was lost */
  userLost(user: VirtualUser, before: UserState, cause: CloseCause | string): void;
  timerDue(user: VirtualUser, kind: TimerKind, dueMillis: number): void;
}

/** The users of one worker and all that they share: checker, recorder, timers. */
export class Engine {
  readonly run: number;
  readonly isClosedModel: boolean;
  readonly violations: Violations = new Violations();
  readonly recorder: Recorder = new Recorder();
  readonly monitor: SelfMonitor = new SelfMonitor();
  readonly checker: Checker;
  readonly payload: PayloadFormat;
  readonly wheel: TimerWheel;
  readonly users: VirtualUser[] = [];
  readonly #plan: LoadPlan;
  readonly #share: WorkerShare;
  readonly #listener: EngineListener;
  readonly #confirmations = new FrameBatch();
  /** WebSocket carries one packet per message, so packets are not joined there. */
  readonly #joinsPackets: boolean;
  /** When a read receipt was sent whose notification is due at the peer, by conversation and position. */
  readonly #readsInFlight = new Map<number, number>();
  #refusedCode = 0;
  online = 0;

  constructor(plan: LoadPlan, share: WorkerShare, layers: readonly ConversationLayer[], listener: EngineListener) {
    this.#plan = plan;
    this.#share = share;
    this.#listener = listener;
    this.run = plan.run;
    this.isClosedModel = plan.model === "closed";
    this.payload = new PayloadFormat(plan.payloadBytes, plan.seed);
    this.#joinsPackets = plan.addresses.every((address) => address.scheme === "tcp" || address.scheme === "tls");
    this.checker = new Checker(this.violations, {
      conversations: countConversations(share.users, layers),
      firstNumber: share.worker * CONVERSATIONS_PER_WORKER,
      run: plan.run,
      nameOf: (number) => `user ${this.#user(number).userId} (${this.#account(number).user_name})`,
    });
    this.wheel = new TimerWheel(share.users * timerKinds.length, performance.now(), (timer, due) => {
      const user = this.users[Math.floor(timer / timerKinds.length)] as VirtualUser;
      this.#listener.timerDue(user, timerKinds[timer % timerKinds.length] as TimerKind, due);
    });
  }

  /** Adds the users and their conversations. @param create makes the user with a number */
  populate(layers: readonly ConversationLayer[], create: (number: number) => VirtualUser): void {
    const { firstUser, users } = this.#share;
    for (let number = firstUser; number < firstUser + users; number++) {
      const user = create(number);
      user.userId = this.#account(number).user_id ?? 0n;
      this.users.push(user);
    }
    for (const layer of layers) {
      const size = layer.kind === "pair" ? 2 : layer.size;
      for (let at = 0; at + 1 < users; at += size) {
        const members = this.users.slice(at, at + size);
        const conversation = this.checker.addConversation(
          layer.kind === "pair" ? 1 : 2,
          members.map((user) => user.number),
        );
        members.forEach((user, position) => {
          user.conversations.push(conversation);
          user.positions.push(position);
        });
      }
    }
  }

  setTimer(user: VirtualUser, kind: TimerKind, dueMillis: number): void {
    this.wheel.set(this.#timer(user, kind), dueMillis);
  }

  clearTimer(user: VirtualUser, kind: TimerKind): void {
    this.wheel.clear(this.#timer(user, kind));
  }

  addressFor(user: number): Address {
    return this.#plan.addresses[user % this.#plan.addresses.length] as Address;
  }

  loginRequestOf(user: number): LoginRequest {
    return loginRequestOf(this.#account(user));
  }

  nameOf(user: VirtualUser): string {
    return `user ${user.userId} (${this.#account(user.number).user_name})`;
  }

  /** The id by which a member addresses a conversation: the peer, or the group. 0 while it is not known. */
  sessionIdFor(conversation: Conversation, position: number): bigint {
    if (conversation.kind === 2) return conversation.groupId;
    return this.#user(conversation.members[1 - position] as number).userId;
  }

  /** The member at a position of a conversation. */
  userOf(conversation: Conversation, position: number): VirtualUser {
    return this.#user(conversation.members[position] as number);
  }

  userIdOf(user: number): bigint {
    return this.#user(user).userId;
  }

  armLoginTimeout(user: VirtualUser): void {
    this.setTimer(user, "login", performance.now() + this.#plan.loginTimeoutMs);
  }

  requestDeadline(): number {
    return performance.now() + this.#plan.requestTimeoutMs;
  }

  armRequestTimeout(user: VirtualUser, deadlineMillis: number): void {
    if (!this.wheel.isSet(this.#timer(user, "request"))) this.setTimer(user, "request", deadlineMillis);
  }

  loggedIn(user: VirtualUser, sentAt: number): void {
    const now = nowMicros();
    this.online++;
    user.attempts = 0;
    this.clearTimer(user, "login");
    this.recorder.latency("login", now - sentAt, sentAt);
    this.recorder.count("logins", sentAt);
    user.conversations.forEach((conversation, at) => {
      this.checker.cameOnline(conversation, user.positions[at] as number);
    });
    // The first heartbeat comes at any time within the interval, or all would come at once for ever.
    this.setTimer(user, "heartbeat", performance.now() + this.#plan.heartbeatMs * Math.random());
    user.sendAgain();
    this.#listener.userOnline(user);
  }

  loginRefused(_user: VirtualUser, code: number): void {
    this.#refusedCode = code;
  }

  userClosed(user: VirtualUser, before: UserState, cause: CloseCause): void {
    this.clearTimer(user, "login");
    this.clearTimer(user, "heartbeat");
    if (before === "online") {
      this.online--;
      user.conversations.forEach((conversation, at) => {
        this.checker.wentOffline(conversation, user.positions[at] as number);
      });
    }
    let why: string = before === "logging-in" ? `login: ${cause}` : cause;
    if (this.#refusedCode !== 0) why = `login refused with ${this.#refusedCode}`;
    this.#refusedCode = 0;
    this.#listener.userLost(user, before, why);
  }

  /** A message was sent for the first time. @param at intended time */
  sent(at: number): void {
    this.recorder.count("sent", at);
    if (this.recorder.isMeasured(at)) this.monitor.sentLate(nowMicros() - at);
  }

  acknowledged(user: VirtualUser, ack: CIMMsgDataAck, seqNum: number, mark: MessageMark | undefined): void {
    const conversation = mark && this.checker.conversation(mark.conversation);
    if (!mark || !conversation || mark.run !== this.run || mark.sender !== user.number) {
      this.violations.violated("acknowledgement", () =>
        tellAnomaly(
          "leak across sessions",
          `${this.nameOf(user)} got an acknowledgement of a message that is not its own: "${ack.client_msg_id}"`,
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
      this.recorder.error(`message refused with ${ack.res_code}`, at ?? nowMicros());
      this.checker.refused(conversation, sender, mark.index);
      return;
    }
    const isRight =
      ack.from_user_id === user.userId &&
      ack.to_session_id === this.sessionIdFor(conversation, sender) &&
      ack.session_type === conversation.kind;
    if (!isRight)
      this.#violated("acknowledgement", sighting, sender, "was acknowledged with another sender or session");
    if (!this.checker.acknowledged(sighting)) return;
    if (at === undefined) {
      this.#violated("acknowledgement", sighting, sender, `was acknowledged under the unknown number ${seqNum}`);
      return;
    }
    this.recorder.latency("msg_ack", nowMicros() - at, at);
    if (message?.isRepeat) this.recorder.latency("resent", nowMicros() - at, at);
    this.recorder.count("acknowledged", at);
  }

  pushed(user: VirtualUser, message: CIMMsgData, _seqNum: number): void {
    if (message.msg_type === CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION) return;
    this.#confirm(user, message);
    const mark = decodeMark(message.client_msg_id);
    const conversation = mark?.run === this.run ? this.checker.conversation(mark.conversation) : undefined;
    const receiver = conversation ? user.positionIn(conversation) : -1;
    const sender = conversation && mark ? conversation.members.indexOf(mark.sender) : -1;
    this.violations.checked("foreign");
    if (!mark || !conversation || receiver < 0 || sender < 0 || sender === receiver) {
      const isOwn = sender >= 0 && sender === receiver;
      const what = isOwn ? "its own message" : "a message of a conversation that is not its own";
      this.violations.violated("foreign", () =>
        tellAnomaly(
          isOwn ? "own push" : "leak across sessions",
          `${this.nameOf(user)} received ${what}: from ${message.from_user_id} to session ${message.to_session_id}, id ${message.client_msg_id}`,
        ),
      );
      return;
    }
    const sighting = { conversation, sender, index: mark.index, serverMsgId: message.server_msg_id };
    this.violations.checked("content");
    const at = this.payload.verify(message.msg_data, message.client_msg_id, mark.index);
    const isRight =
      message.from_user_id === this.userIdOf(mark.sender) &&
      message.to_session_id === (conversation.kind === 2 ? conversation.groupId : user.userId) &&
      message.session_type === conversation.kind;
    if (at === undefined) this.#violated("content", sighting, receiver, "arrived with another content than was sent");
    else if (!isRight) this.#violated("content", sighting, receiver, "arrived with another sender or session");
    if (!this.checker.delivered(sighting, receiver) || at === undefined) return;
    this.recorder.latency(conversation.kind === 1 ? "msg_e2e" : "fanout", nowMicros() - at, at);
    this.recorder.count("delivered", at);
  }

  /** A member is about to say that it has read. @returns the id up to which */
  reading(_user: VirtualUser, conversation: Conversation, position: number, at: number): bigint {
    const { members } = this.checker;
    const row = conversation.firstMember + position;
    const upTo = members.receivedId[row] as bigint;
    if (upTo <= (members.readId[row] as bigint)) return 0n;
    members.readId[row] = upTo;
    members.readInFlight[row] = this.checker.hasOutstanding(conversation) ? 1 : 0;
    if (conversation.kind === 1) this.#readsInFlight.set(conversation.number * 2 + position, at);
    return upTo;
  }

  readNotified(user: VirtualUser, notify: CIMMsgDataReadNotify): void {
    const conversation = user.conversations.find(
      (candidate, at) =>
        candidate.kind === 1 && this.sessionIdFor(candidate, user.positions[at] as number) === notify.user_id,
    );
    if (!conversation) return;
    const key = conversation.number * 2 + (1 - user.positionIn(conversation));
    const at = this.#readsInFlight.get(key);
    if (at === undefined) return;
    this.#readsInFlight.delete(key);
    this.recorder.latency("read_notify", nowMicros() - at, at);
  }

  /** Sends the confirmations that a read has made, in one write where the transport allows it. */
  flushConfirmations(user: VirtualUser): void {
    if (this.#confirmations.count > 0) user.sendBytes(this.#confirmations.take());
  }

  /** Confirms a push as a real client does (ACK-01). */
  #confirm(user: VirtualUser, message: CIMMsgData): void {
    const confirmation = {
      from_user_id: user.userId,
      to_session_id: message.session_type === 2 ? message.to_session_id : message.from_user_id,
      client_msg_id: message.client_msg_id,
      session_type: message.session_type,
      res_code: CIMResCode.kCIM_RES_CODE_OK,
    };
    const seqNum = user.nextSeqNum();
    if (this.#joinsPackets) this.#confirmations.add(commands.MSG_DATA_ACK, confirmation, seqNum);
    else user.sendBytes(encodeFrame(commands.MSG_DATA_ACK, confirmation, seqNum));
  }

  #violated(
    check: "acknowledgement" | "content",
    sighting: { conversation: Conversation; sender: number; index: number; serverMsgId: bigint },
    observer: number,
    what: string,
  ): void {
    this.violations.violated(check, () => this.checker.example(sighting, observer, "phantom", what));
  }

  #timer(user: VirtualUser, kind: TimerKind): number {
    return (user.number - this.#share.firstUser) * timerKinds.length + timerKinds.indexOf(kind);
  }

  #account(number: number): Account {
    return this.#share.accounts[number - this.#share.firstUser] as Account;
  }

  #user(number: number): VirtualUser {
    return this.users[number - this.#share.firstUser] as VirtualUser;
  }
}

function countConversations(users: number, layers: readonly ConversationLayer[]): number {
  return layers.reduce((sum, layer) => sum + Math.ceil(users / (layer.kind === "pair" ? 2 : layer.size)), 0);
}

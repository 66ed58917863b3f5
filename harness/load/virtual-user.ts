import {
  CIMErrorCode,
  type CIMGetMsgListRsp,
  CIMMsgType,
  type CIMRecentContactSessionRsp,
  CIMResCode,
  type Command,
  commands,
  encodeFrame,
  isProtocolError,
  type Partially,
} from "../../codegen/index.ts";
import { type Conversation, encodeMark } from "../check/index.ts";
import { nowMicros } from "../measure/index.ts";
import { FLOODED, NO_SESSION, SENDER_OFFLINE, UNASKED_ANSWERS, unansweredError } from "./error-kinds.ts";
import type { CloseCause } from "./link/close-cause.ts";
import { cutFrames } from "./link/frame-cutter.ts";
import { Link, type LinkOwner } from "./link/link.ts";
import { CONNECTION_GONE, PendingAnswers, UNDECODABLE } from "./pending-answers.ts";
import type { JudgedUser, Unanswered, UserHost, UserState } from "./user-host.ts";

/** Largest page of history (HIST-06). */
export const HISTORY_PAGE: number = 100;

/** The commands of the contract that answer a request. */
const ANSWERS: ReadonlySet<number | undefined> = new Set(
  Object.values<Pick<Command, "replyId">>({ ...commands }).map(({ replyId }) => replyId),
);

/**
 * One simulated client: a connection, a login, a sequence counter. It owns no timer, no buffer and no closure while it
 * idles, so that it costs little more than its socket.
 */
export class VirtualUser implements LinkOwner, JudgedUser {
  /** Number within the run, from 0. */
  readonly number: number;
  /** Conversations that the user is in, and the user's position among the members of each. */
  readonly conversations: Conversation[] = [];
  readonly positions: number[] = [];
  /** Sent and not acknowledged, by sequence number, in the order of sending. */
  unanswered: Map<number, Unanswered> | undefined;
  readonly #host: UserHost;
  /** As the server knows it; 0 until the first login unless the account says it. */
  userId: bigint = 0n;
  state: UserState = "offline";
  /** How often the connection was lost and tried again since it was last up. */
  attempts: number = 0;
  /** Whether it has lost its connection before in this run: a client is counted once. */
  wasLost: boolean = false;
  #link: Link | undefined;
  #tail: Buffer | undefined;
  #seqNum = 0;
  #startedAt = 0;
  #pending: PendingAnswers | undefined;
  /** Answers that the connection is owed, messages' apart; negative when more came than were asked for. */
  #owed = 0;

  constructor(host: UserHost, number: number) {
    this.#host = host;
    this.number = number;
  }

  /** Whether the user is logged in and its connection stands. */
  get isOnline(): boolean {
    return this.state === "online";
  }

  /** Whether it connects or waits for its login to be answered. */
  get isComing(): boolean {
    return this.state === "connecting" || this.state === "logging-in";
  }

  /** Connects and logs in. @param at intended time, microseconds; @returns whether the user is online */
  login(at: number = nowMicros()): Promise<boolean> {
    this.startLogin(at);
    if (this.state === "online") return Promise.resolve(true);
    if (this.state === "offline") return Promise.resolve(false);
    return this.#answers().untilOnline();
  }

  /** As {@link login}, for callers that do not wait. */
  startLogin(at: number): void {
    if (this.state !== "offline") return;
    this.state = "connecting";
    this.#startedAt = at;
    this.#link = new Link(this, this.#host.addressFor(this.number, this.attempts));
    this.#host.armLoginTimeout(this.number);
  }

  /** Closes the connection as a client does that goes away. */
  logout(): void {
    this.#link?.close();
  }

  /** Lets go of the connection without a word, as a lost network does. */
  drop(): void {
    this.#link?.destroy("closed by us");
  }

  /** @internal the login took too long */
  loginTimedOut(): void {
    this.#link?.destroy("timeout");
  }

  /**
   * Sends one marked and checked message into a conversation. In the closed model the promise settles with its
   * acknowledgement; in the open model nothing waits.
   */
  send(conversation: Conversation, at: number = nowMicros()): Promise<unknown> | undefined {
    const { checker, recorder, isOver } = this.#host;
    if (isOver) return undefined;
    if (this.state !== "online") {
      recorder.error(SENDER_OFFLINE, at);
      return undefined;
    }
    const position = this.positionIn(conversation);
    if (this.#host.sessionIdFor(conversation, position) === 0n) {
      recorder.error(NO_SESSION, at);
      return undefined;
    }
    const index = checker.sending(conversation, position);
    const seqNum = this.#writeMessage({ conversation, index, at, isRepeat: false });
    this.#host.sent(at);
    return this.#host.isClosedModel ? this.#acknowledgement(seqNum) : undefined;
  }

  /**
   * Sends what was not acknowledged before the connection was lost once more, as clients do: under the same
   * `client_msg_id`, so that the server can tell a repeat (MSG-07), and before anything new.
   */
  sendAgain(): void {
    if (!this.unanswered?.size) return;
    const waiting = [...this.unanswered.values()];
    this.unanswered.clear();
    for (const { conversation, index, at } of waiting) {
      this.#host.checker.sendingAgain(conversation, this.positionIn(conversation), index);
      this.#writeMessage({ conversation, index, at, isRepeat: true });
    }
  }

  /** Sends a message and waits for its acknowledgement, whatever the model. @returns false when none came */
  sendAndWait(conversation: Conversation, at: number = nowMicros()): Promise<boolean> {
    if (this.#host.isOver) return Promise.resolve(false);
    this.send(conversation, at);
    return this.isOnline ? this.#acknowledgement(this.#seqNum) : Promise.resolve(false);
  }

  /** Settles when the message with this sequence number is acknowledged, or with false when that takes too long. */
  #acknowledgement(seqNum: number): Promise<boolean> {
    const deadline = this.#host.requestDeadline();
    this.#host.armRequestTimeout(this.number, deadline);
    return this.#answers()
      .wait({ replyId: commands.MSG_DATA_ACK.id }, seqNum, deadline)
      .then((answer) => answer !== undefined && answer !== CONNECTION_GONE);
  }

  /**
   * Sends any frame, of the contract or of one's own, and waits for its answer. An answer that is missing or not the
   * message that is due counts as an error of the run. Rejects for a command that has no answer.
   * @param unanswered what the error is called when none comes
   * @returns undefined when no such answer came in time
   */
  request<M, Reply>(
    command: Command<M, Reply>,
    message: Partially<M>,
    metric?: string,
    at: number = nowMicros(),
    unanswered: string = unansweredError(command.name),
  ): Promise<Reply | undefined> {
    const { replyId, replyBody } = command;
    if (replyId === undefined || replyBody === undefined) {
      return Promise.reject(new TypeError(`${command.name} has no answer to wait for; use notify()`));
    }
    if (this.state !== "online") return Promise.resolve(undefined);
    const seqNum = this.#write(command, message);
    const deadline = this.#host.requestDeadline();
    this.#host.armRequestTimeout(this.number, deadline);
    return this.#answers()
      .wait({ replyId, body: replyBody }, seqNum, deadline)
      .then((answer) => {
        const { recorder } = this.#host;
        if (answer === CONNECTION_GONE) return undefined;
        if (answer !== undefined && answer !== UNDECODABLE) {
          if (metric) recorder.latency(metric, nowMicros() - at, at);
          return answer as Reply;
        }
        const kind =
          answer === undefined ? unanswered : `${command.name} answered with a body that is no ${replyBody.typeName}`;
        recorder.error(kind, at);
        return undefined;
      });
  }

  /** Sends a frame that has no answer. */
  notify<M>(command: Command<M>, message: Partially<M>): void {
    if (this.state === "online") this.#write(command, message);
  }

  /** One page of history, newest last. @param before asks for what is older than this `server_msg_id`; 0 for the newest */
  history(
    conversation: Conversation,
    before: bigint = 0n,
    limit: number = HISTORY_PAGE,
    at: number = nowMicros(),
    unanswered?: string,
  ): Promise<CIMGetMsgListRsp | undefined> {
    const request = {
      user_id: this.userId,
      session_type: conversation.kind,
      session_id: this.#host.sessionIdFor(conversation, this.positionIn(conversation)),
      end_msg_id: before,
      limit_count: limit,
    };
    return this.request(commands.LIST_MSG_REQ, request, "history", at, unanswered);
  }

  /** The list of recent sessions. */
  sessions(at: number = nowMicros()): Promise<CIMRecentContactSessionRsp | undefined> {
    const request = { user_id: this.userId, latest_update_time: 0 };
    return this.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, request, "sessions", at);
  }

  /** Says that everything received so far in a conversation has been read. */
  read(conversation: Conversation, at: number = nowMicros()): void {
    if (this.state !== "online" || this.#host.isOver) return;
    const position = this.positionIn(conversation);
    const upTo = this.#host.judge.reading(conversation, position, at);
    if (upTo === 0n) return;
    this.#write(commands.MSG_READ_ACK, {
      user_id: this.userId,
      session_id: this.#host.sessionIdFor(conversation, position),
      msg_id: upTo,
      session_type: conversation.kind,
    });
  }

  /** Shows the server that the client is alive (HB-02). */
  heartbeat(): void {
    if (this.state !== "online") return;
    this.#write(commands.LOGIN_HEARTBEAT, {});
  }

  /** The user's position among the members; -1 for a conversation of others. */
  positionIn(conversation: Conversation): number {
    return this.positions[this.conversations.indexOf(conversation)] ?? -1;
  }

  linkOpened(): void {
    const now = nowMicros();
    this.state = "logging-in";
    this.#owed = 0;
    this.#host.recorder.latency("connect", now - this.#startedAt, this.#startedAt);
    // The login counts from the moment it could be sent: connecting has its own figure.
    this.#startedAt = now;
    const { method, request } = this.#host.loginRequestOf(this.number);
    if (method === "token") this.#write(commands.LOGIN_AUTH_TOKEN_REQ, request);
    else this.#write(commands.LOGIN_AUTH_REQ, request);
  }

  linkBytes(bytes: Buffer): void {
    try {
      this.#tail = cutFrames(bytes, this.#tail, this);
    } catch (error) {
      if (!isProtocolError(error)) throw error;
      this.#link?.destroy("bad bytes");
    }
    const confirmations = this.#host.judge.takeConfirmations();
    if (confirmations) this.sendBytes(confirmations);
  }

  linkClosed(cause: CloseCause): void {
    const before = this.state;
    this.state = "offline";
    this.#link = undefined;
    this.#tail = undefined;
    this.#pending?.giveUp(cause !== "closed by us");
    this.#host.userClosed(this.number, before, cause);
  }

  takeFrame(commandId: number, seqNum: number, body: Buffer): void {
    // What the scenario asked for is the scenario's, also when it comes by a command that means something to the engine.
    if (this.#pending?.take(commandId, seqNum, body)) {
      this.#owed -= 1;
      return;
    }
    switch (commandId) {
      case commands.MSG_DATA.id:
        this.#host.judge.pushed(this, commands.MSG_DATA.body.decode(body));
        return;
      case commands.MSG_DATA_ACK.id:
        this.#takeAcknowledgement(seqNum, body);
        return;
      case commands.LOGIN_HEARTBEAT.id:
        this.#host.recorder.count("heartbeats", nowMicros());
        this.#answered();
        return;
      case commands.LOGIN_AUTH_RSP.id:
      case commands.LOGIN_AUTH_TOKEN_RSP.id:
        this.#answered();
        this.#takeLoginAnswer(body);
        return;
      case commands.MSG_READ_NOTIFY.id:
        this.#host.judge.readNotified(this, commands.MSG_READ_NOTIFY.body.decode(body));
        return;
      default:
        // An answer that comes too late is owed still, so only more than that is nobody's.
        if (ANSWERS.has(commandId)) this.#answered();
    }
  }

  /** @internal takes the requests off the list that have waited too long. @param nowMillis on the clock of their deadlines */
  expire(nowMillis: number): number | undefined {
    return this.#pending?.expire(nowMillis);
  }

  /** @internal sends packets that were gathered */
  sendBytes(packets: Uint8Array): void {
    this.#link?.send(packets);
  }

  /** @internal the next sequence number: 1 to 65535, never 0 */
  nextSeqNum(): number {
    this.#seqNum = this.#seqNum >= 65_535 ? 1 : this.#seqNum + 1;
    return this.#seqNum;
  }

  /** An answer came that nobody waits for any more, or ever did. */
  #answered(): void {
    this.#owed -= 1;
    if (this.#owed === -UNASKED_ANSWERS) this.#host.recorder.error(FLOODED, nowMicros());
  }

  #write<M>(command: Command<M>, message: Partially<M>): number {
    if (command.replyId !== undefined && command.id !== commands.MSG_DATA.id) this.#owed += 1;
    const seqNum = this.nextSeqNum();
    this.#link?.send(encodeFrame(command, message, seqNum));
    return seqNum;
  }

  #writeMessage(message: Unanswered): number {
    const { conversation, index, at } = message;
    const { run, payload } = this.#host;
    const clientMsgId = encodeMark({ run, sender: this.number, conversation: conversation.number, index });
    const seqNum = this.#write(commands.MSG_DATA, {
      from_user_id: this.userId,
      from_nick_name: "",
      to_session_id: this.#host.sessionIdFor(conversation, this.positionIn(conversation)),
      client_msg_id: clientMsgId,
      create_time: Math.floor(Date.now() / 1000),
      msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT,
      session_type: conversation.kind,
      msg_data: payload.write(clientMsgId, index, at),
    });
    this.unanswered ??= new Map();
    // A number that comes round again while its message waits still: that one is given up.
    this.unanswered.delete(seqNum);
    this.unanswered.set(seqNum, message);
    return seqNum;
  }

  #takeAcknowledgement(seqNum: number, body: Buffer): void {
    const ack = commands.MSG_DATA_ACK.body.decode(body);
    this.#host.judge.acknowledged(this, ack, seqNum);
    const isStored = ack.res_code === CIMResCode.kCIM_RES_CODE_OK;
    this.#pending?.settle(commands.MSG_DATA_ACK.id, seqNum, isStored ? ack : undefined);
  }

  #takeLoginAnswer(body: Buffer): void {
    if (this.state !== "logging-in") return;
    const answer = commands.LOGIN_AUTH_RSP.body.decode(body);
    if (answer.result_code !== CIMErrorCode.kCIM_ERR_SUCCESS) {
      this.#link?.destroy({ refusedWith: answer.result_code });
      return;
    }
    this.userId = answer.user_info?.user_id ?? 0n;
    this.state = "online";
    this.#host.loggedIn(this.number, this.#startedAt, answer.server_time);
    this.#pending?.announceOnline();
  }

  #answers(): PendingAnswers {
    this.#pending ??= new PendingAnswers();
    return this.#pending;
  }
}

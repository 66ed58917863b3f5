import { randomUUID } from "node:crypto";
import {
  CIMClientType,
  CIMErrorCode,
  type CIMMsgData,
  type CIMMsgDataAck,
  type CIMMsgInfo,
  CIMMsgType,
  type CIMRecentContactSessionRsp,
  CIMResCode,
  CIMSessionType,
  type CIMUserInfo,
  type Command,
  commandById,
  commands,
  type Frame,
  type Partially,
} from "../../codegen/index.ts";
import { type Address, parseAddress } from "./address.ts";
import { Connection, type ConnectionOptions, describeClose } from "./connection.ts";
import { ClientError, describeCommand } from "./errors.ts";
import { type HistoryPageOptions, historyPage, historyPages } from "./history.ts";
import {
  type ClientKind,
  type Credentials,
  isLoginReply,
  type LoginReply,
  type LoginResult,
  loginRequest,
} from "./login.ts";
import { PendingRequests } from "./pending-requests.ts";
import { type Push, type PushPredicate, PushQueue, type PushWaiter } from "./push-queue.ts";
import type { ReconnectOptions } from "./reconnection.ts";
import { SequenceNumbers } from "./sequence.ts";
import { type SessionRef, withUser } from "./session-ref.ts";
import type { ClientState } from "./state.ts";
import type { CloseReason } from "./transport.ts";
import { type WaitOptions, waitWithDeadline } from "./wait.ts";

/** How a client behaves. */
export interface ClientOptions extends ConnectionOptions {
  /** Longest wait for an answer or a push unless a call says otherwise, in milliseconds. Default 10,000. */
  readonly deadlineMs?: number | undefined;
  /** Pause between heartbeats in milliseconds, `false` for none. Default 30,000 (HB-04). */
  readonly heartbeatMs?: number | false | undefined;
  /** Whether every pushed message is confirmed by itself (ACK-01). Default `auto`. */
  readonly acknowledge?: "auto" | "manual" | undefined;
  /** How many pushes are kept for {@link CimClient.waitFor}; 0 keeps none. Default 1,024. */
  readonly pushQueueLimit?: number | undefined;
  /** Whether to connect, log in and catch up by itself after a break. Default false. */
  readonly reconnect?: boolean | ReconnectOptions | undefined;
  /** Kind of client that a login announces. Default `kCIM_CLIENT_TYPE_WEB`. */
  readonly clientType?: CIMClientType | undefined;
  /** Free text that a login announces. Default `cupping`. */
  readonly clientVersion?: string | undefined;
  /** `seq_num` of the first packet. Default 1. */
  readonly firstSeqNum?: number | undefined;
}

/** How to make one request. */
export interface RequestOptions extends WaitOptions {
  /** `seq_num` to send instead of the next one; it must not be outstanding. */
  readonly seqNum?: number | undefined;
}

/** Is called with every push of a command, in order. */
export type PushHandler<M> = (message: M, push: Push<M>) => void;

/**
 * A client of a CIM server: one connection, one user.
 *
 * ```ts
 * const client = await CimClient.connect("tcp://127.0.0.1:8000");
 * await client.login({ user_name: "alice", password: "secret" });
 * const ack = await client.sendText(13n, "hi");
 * ```
 */
export class CimClient {
  readonly #address: Address;
  readonly #options: ClientOptions;
  readonly #pending = new PendingRequests();
  readonly #pushes: PushQueue;
  readonly #sequence: SequenceNumbers;
  readonly #handlers = new Map<number, Set<PushHandler<unknown>>>();
  readonly #stateHandlers = new Set<(state: ClientState) => void>();
  #pushWaits = new Set<(error: Error) => void>();
  #connection: Connection | undefined;
  #state: ClientState = { status: "connecting", attempt: 1 };
  #heartbeat: NodeJS.Timeout | undefined;

  private constructor(address: Address, options: ClientOptions) {
    this.#address = address;
    this.#options = options;
    this.#pushes = new PushQueue(options.pushQueueLimit ?? 1_024);
    this.#sequence = new SequenceNumbers((options.firstSeqNum ?? 1) - 1);
  }

  /**
   * Connects to a server; log in next.
   * @param target e.g. `tcp://127.0.0.1:8000`
   * @throws ClientError `connect-failed` or `aborted`
   */
  static async connect(target: Address | string, options: ClientOptions = {}): Promise<CimClient> {
    const client = new CimClient(typeof target === "string" ? parseAddress(target) : target, options);
    await client.#open();
    return client;
  }

  get state(): ClientState {
    return this.#state;
  }

  /** Name in traces and errors. */
  get label(): string {
    return this.#options.label ?? "client";
  }

  /** The user logged in on this connection; 0 before the login. */
  get userId(): bigint {
    return this.user?.user_id ?? 0n;
  }

  /** The user logged in on this connection. */
  get user(): CIMUserInfo | undefined {
    return this.#state.status === "ready" || this.#state.status === "resuming" ? this.#state.user : undefined;
  }

  /** Local port of the current connection, 0 when there is none. */
  get localPort(): number {
    return this.#connection?.localPort ?? 0;
  }

  /** Pushes that were let go because nobody took them and the queue was full. */
  get droppedPushes(): number {
    return this.#pushes.dropped;
  }

  /** Calls the handler at every change of state; the result stops it. */
  onState(handler: (state: ClientState) => void): () => void {
    this.#stateHandlers.add(handler);
    return () => this.#stateHandlers.delete(handler);
  }

  /**
   * Logs in.
   * @throws ClientError `login-refused` with the server's `resultCode`; the connection stays open (LOGIN-09)
   */
  async login(credentials: Credentials, options: RequestOptions = {}): Promise<LoginResult> {
    const kind: ClientKind = {
      client_type: this.#options.clientType ?? CIMClientType.kCIM_CLIENT_TYPE_WEB,
      client_version: this.#options.clientVersion ?? "cupping",
    };
    const { command, message } = loginRequest(credentials, kind);
    const reply = await this.request(command, message, options);
    if (reply.result_code !== CIMErrorCode.kCIM_ERR_SUCCESS || !reply.user_info) {
      const what = `login refused with code ${reply.result_code} "${reply.result_string}"`;
      throw new ClientError("login-refused", what, { ...this.#about(command), resultCode: reply.result_code });
    }
    return { user: reply.user_info, server_time: reply.server_time };
  }

  /** Logs out (LOGOUT-01); the server closes the connection. Returns the server's `result_code`. */
  async logout(options: RequestOptions = {}): Promise<number> {
    const client_type = this.#options.clientType ?? CIMClientType.kCIM_CLIENT_TYPE_WEB;
    const reply = await this.request(commands.LOGIN_AUTH_LOGOUT_REQ, { user_id: this.userId, client_type }, options);
    return reply.result_code;
  }

  /**
   * Sends a request and waits for its answer: the command's reply id with the same `seq_num` (heartbeat: the reply id
   * alone).
   * @throws ClientError `deadline`, `closed`, `aborted`, `not-connected`, `bad-answer`
   */
  request<M, Reply>(command: Command<M, Reply>, message: Partially<M>, options: RequestOptions = {}): Promise<Reply> {
    if (command.replyId === undefined) {
      return Promise.reject(new TypeError(`${describeCommand(command)} has no answer to wait for; use send()`));
    }
    const connection = this.#connection;
    if (!connection || connection.closeReason) return Promise.reject(this.#notConnected(command));
    const seqNum = options.seqNum ?? this.#nextSeqNum();
    if (this.#pending.has(seqNum)) {
      return Promise.reject(new TypeError(`the answer to a request with seq_num ${seqNum} is still due`));
    }
    const about = { ...this.#about(command), seqNum };
    const deadlineMs = options.deadlineMs ?? this.#deadlineMs;
    return waitWithDeadline<Reply>(
      { deadlineMs, signal: options.signal },
      (settle) => {
        const request = {
          command: command as Command,
          seqNum,
          resolve: settle.resolve as (reply: unknown) => void,
          reject: settle.reject,
        };
        this.#pending.add(request);
        connection.sendFrame(command, message, seqNum);
        return () => this.#pending.remove(request);
      },
      () => {
        const what = `no answer to ${describeCommand(command)} with seq_num ${seqNum} within ${deadlineMs} ms`;
        return new ClientError("deadline", `${this.label}: ${what}${this.#misnumbered(command)}`, about);
      },
      about,
    );
  }

  /**
   * Sends a packet without waiting for anything.
   * @returns its `seq_num`
   * @throws ClientError `not-connected`
   */
  send<M>(command: Command<M>, message: Partially<M>, options: { seqNum?: number } = {}): number {
    const connection = this.#connection;
    if (!connection || connection.closeReason) throw this.#notConnected(command);
    const seqNum = options.seqNum ?? this.#nextSeqNum();
    connection.sendFrame(command, message, seqNum);
    return seqNum;
  }

  /** Calls the handler with every push of this command; the result stops it. Does not empty the queue. */
  onPush<M>(command: Command<M>, handler: PushHandler<M>): () => void {
    const handlers = this.#handlers.get(command.id) ?? new Set();
    this.#handlers.set(command.id, handlers);
    handlers.add(handler as PushHandler<unknown>);
    return () => handlers.delete(handler as PushHandler<unknown>);
  }

  /**
   * The first push of this command that suits and that no earlier wait has taken; it may have come long ago. Pushes
   * that do not suit stay for later waits.
   * @throws ClientError `deadline`, `closed`, `aborted`
   */
  waitFor<M>(command: Command<M>, matches?: PushPredicate<M>, options: WaitOptions = {}): Promise<Push<M>> {
    const deadlineMs = options.deadlineMs ?? this.#deadlineMs;
    return waitWithDeadline<Push<M>>(
      { deadlineMs, signal: options.signal },
      (settle) => {
        const waiter: PushWaiter = {
          command: command as Command,
          matches: matches as PushPredicate<unknown> | undefined,
          resolve: (push) => settle.resolve(push as Push<M>),
        };
        this.#pushes.wait(waiter);
        if (this.#state.status === "closed") settle.reject(this.#closedError(command, this.#state.reason));
        this.#pushWaits.add(settle.reject);
        return () => {
          this.#pushWaits.delete(settle.reject);
          this.#pushes.stopWaiting(waiter);
        };
      },
      () => new ClientError("deadline", this.#noPush(command, deadlineMs), this.#about(command)),
      this.#about(command),
    );
  }

  /** Takes all kept pushes of a command, oldest first, without waiting. */
  takePushes<M>(command: Command<M>): Push<M>[] {
    return this.#pushes.take(command as Command) as Push<M>[];
  }

  /** Confirms a pushed message (ACK-01). Only needed with `acknowledge: "manual"`. */
  acknowledge(message: CIMMsgData): void {
    const { session_type, client_msg_id, to_session_id, from_user_id } = message;
    const isGroup = session_type === CIMSessionType.kCIM_SESSION_TYPE_GROUP;
    this.send(commands.MSG_DATA_ACK, {
      from_user_id: this.userId,
      to_session_id: isGroup ? to_session_id : from_user_id,
      client_msg_id,
      session_type,
      res_code: CIMResCode.kCIM_RES_CODE_OK,
    });
  }

  /** Sends a text; see {@link sendMessage}. */
  sendText(to: bigint | SessionRef, text: string, options: RequestOptions = {}): Promise<CIMMsgDataAck> {
    const message = { msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT, msg_data: Buffer.from(text, "utf8") };
    return this.sendMessage(to, message, options);
  }

  /**
   * Sends a message and waits for the server's acknowledgement.
   * @param to a user's id, or {@link inGroup}
   * @param message what differs from the defaults: a fresh `client_msg_id`, text type, this user as sender
   * @throws ClientError `refused` when the acknowledgement's `res_code` is not OK
   */
  async sendMessage(
    to: bigint | SessionRef,
    message: Partially<CIMMsgData>,
    options: RequestOptions = {},
  ): Promise<CIMMsgDataAck> {
    const { session_id, session_type } = typeof to === "bigint" ? withUser(to) : to;
    const whole = {
      from_user_id: this.userId,
      from_nick_name: this.user?.nick_name ?? "",
      to_session_id: session_id,
      session_type,
      client_msg_id: randomUUID(),
      create_time: Math.floor(Date.now() / 1000),
      msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT,
      ...message,
    };
    const ack = await this.request(commands.MSG_DATA, whole, options);
    if (ack.res_code !== CIMResCode.kCIM_RES_CODE_OK) {
      const about = { ...this.#about(commands.MSG_DATA), resultCode: ack.res_code };
      throw new ClientError("refused", `message ${whole.client_msg_id} refused with code ${ack.res_code}`, about);
    }
    return ack;
  }

  /** Says that this user has read a session up to a message, 0 for all of it (READ-01, READ-02). No answer comes. */
  markRead(session: bigint | SessionRef, upTo: bigint = 0n): void {
    const { session_id, session_type } = typeof session === "bigint" ? withUser(session) : session;
    this.send(commands.MSG_READ_ACK, { user_id: this.userId, session_id, session_type, msg_id: upTo });
  }

  /** The session list with unread counts (SESS-01). */
  sessions(options: RequestOptions = {}): Promise<CIMRecentContactSessionRsp> {
    const message = { user_id: this.userId, latest_update_time: 0 };
    return this.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, message, options);
  }

  /** One page of a conversation, ascending; by default the newest 100 messages. */
  historyPage(session: bigint | SessionRef, options: HistoryPageOptions = {}): Promise<CIMMsgInfo[]> {
    return historyPage(this, typeof session === "bigint" ? withUser(session) : session, options);
  }

  /** Every page of a conversation, from the newest back to the beginning. */
  historyPages(
    session: bigint | SessionRef,
    options: HistoryPageOptions = {},
  ): AsyncGenerator<CIMMsgInfo[], void, undefined> {
    return historyPages(this, typeof session === "bigint" ? withUser(session) : session, options);
  }

  /** Sends a heartbeat and waits for its answer (HB-01). */
  async heartbeat(options: RequestOptions = {}): Promise<void> {
    await this.request(commands.LOGIN_HEARTBEAT, {}, options);
  }

  /** Closes the connection in order, for good. */
  close(): void {
    this.#connection?.close();
    this.#shut({ how: "local" });
  }

  /** Closes the connection with a TCP reset, for good. */
  reset(): void {
    this.#connection?.reset();
    this.#shut({ how: "local" });
  }

  [Symbol.dispose](): void {
    this.close();
  }

  get #deadlineMs(): number {
    return this.#options.deadlineMs ?? 10_000;
  }

  async #open(): Promise<void> {
    const handler = {
      onFrame: (frame: Frame) => this.#onFrame(frame),
      onClose: (reason: CloseReason) => this.#onClose(reason),
    };
    this.#connection = await Connection.open(this.#address, handler, { ...this.#options, label: this.label });
    this.#setState({ status: "connected" });
  }

  #nextSeqNum(): number {
    return this.#sequence.next((seqNum) => this.#pending.has(seqNum));
  }

  #onFrame(frame: Frame): void {
    const { command_id, seq_num } = frame.header;
    const request = this.#pending.take(command_id, seq_num);
    const command = commandById(command_id);
    // An unknown command is ignored, as a server ignores one (wire contract §2.1).
    if (!command) return;
    let message: unknown;
    try {
      message = command.body.decode(frame.body);
    } catch (cause) {
      const what = `the answer ${describeCommand(command)} cannot be read`;
      request?.reject(new ClientError("bad-answer", what, { ...this.#about(request.command), cause }));
      return;
    }
    if (isLoginReply(frame)) this.#onLoginReply(message as LoginReply);
    if (request) request.resolve(message);
    else this.#onPush({ command, message, seqNum: seq_num, receivedAt: performance.now(), origin: "live" });
  }

  #onLoginReply(reply: LoginReply): void {
    if (reply.result_code !== CIMErrorCode.kCIM_ERR_SUCCESS || !reply.user_info) return;
    this.#setState({ status: "ready", user: reply.user_info });
    const interval = this.#options.heartbeatMs ?? 30_000;
    clearInterval(this.#heartbeat);
    if (interval !== false) this.#heartbeat = setInterval(() => this.#beat(interval), interval);
  }

  #beat(interval: number): void {
    this.heartbeat({ deadlineMs: interval }).catch((error: unknown) => {
      // A server that does not answer a heartbeat for a whole interval is gone, whatever TCP thinks.
      if (error instanceof ClientError && error.code === "deadline") this.#connection?.reset();
    });
  }

  #onPush(push: Push): void {
    for (const handler of this.#handlers.get(push.command.id) ?? []) handler(push.message, push);
    const isMessage = push.command.id === commands.MSG_DATA.id;
    if (isMessage && (this.#options.acknowledge ?? "auto") === "auto") this.acknowledge(push.message as CIMMsgData);
    this.#pushes.add(push);
  }

  #onClose(reason: CloseReason): void {
    this.#shut(reason);
  }

  #shut(reason: CloseReason): void {
    clearInterval(this.#heartbeat);
    if (this.#state.status === "closed") return;
    this.#setState({ status: "closed", reason });
    for (const request of this.#pending.takeAll())
      request.reject(this.#closedError(request.command, reason, request.seqNum));
    for (const reject of [...this.#pushWaits]) reject(this.#closedError(undefined, reason));
  }

  #setState(state: ClientState): void {
    this.#state = state;
    for (const handler of this.#stateHandlers) handler(state);
  }

  #about<M>(command: Command<M> | undefined): { connection: string; command: Command | undefined } {
    return { connection: this.label, command: command as Command | undefined };
  }

  #notConnected<M>(command: Command<M>): ClientError {
    const what = `${this.label}: ${describeCommand(command as Command)} cannot be sent, the connection is ${this.#state.status}`;
    return new ClientError("not-connected", what, this.#about(command));
  }

  #closedError<M>(command: Command<M> | undefined, reason: CloseReason, seqNum?: number): ClientError {
    const waitedFor = command ? ` before ${describeCommand(command as Command)} was answered` : "";
    const what = `${this.label}: ${describeClose(reason)}${waitedFor}`;
    return new ClientError("closed", what, { ...this.#about(command), seqNum, cause: reason });
  }

  /** Says when an answer of the right kind came under a wrong number: the likeliest reason for a missed deadline. */
  #misnumbered<M>(command: Command<M>): string {
    const reply = command.replyId === undefined ? undefined : commandById(command.replyId);
    const numbers = reply ? this.#pushes.peek(reply).map((push) => push.seqNum) : [];
    return numbers.length === 0 ? "" : ` (answers of this kind came with seq_num ${numbers.join(", ")})`;
  }

  #noPush<M>(command: Command<M>, deadlineMs: number): string {
    const others = this.#pushes.peek(command as Command).length;
    const dropped = this.#pushes.dropped;
    return (
      `${this.label}: no ${describeCommand(command as Command)} as asked for within ${deadlineMs} ms` +
      (others > 0 ? ` (${others} of this command came that did not suit)` : "") +
      (dropped > 0 ? ` (${dropped} pushes were dropped from a full queue)` : "")
    );
  }
}

import {
  CIMClientType,
  CIMErrorCode,
  type CIMMsgData,
  type CIMMsgDataAck,
  type CIMMsgInfo,
  type CIMRecentContactSessionRsp,
  CIMResCode,
  type CIMUserInfo,
  type Command,
  cimRegistry,
  commands,
  type Partially,
} from "../../codegen/index.ts";
import { confirmationOf } from "../confirmation.ts";
import { type Address, parseAddress } from "./address.ts";
import { Channel, type RequestOptions } from "./channel.ts";
import type { ClientOptions } from "./client-options.ts";
import { describeClose } from "./connection.ts";
import { Deliveries } from "./deliveries.ts";
import { ClientError, isClientError } from "./errors.ts";
import { type HistoryPageOptions, type HistoryPagesOptions, historyPage, historyPages } from "./history.ts";
import { type Credentials, isFinalRefusal, isLoginReply, type LoginReply, type LoginResult, logIn } from "./login.ts";
import { newMessage } from "./messages.ts";
import { Outbox } from "./outbox.ts";
import { PageSize } from "./page-size.ts";
import { type PushHandler, PushHandlers } from "./push-handlers.ts";
import type { Push, PushPredicate } from "./push-queue.ts";
import { type ReconnectOptions, reconnect } from "./reconnection.ts";
import { missedMessages, noteBaseline } from "./resume.ts";
import { asSession, type SessionRef } from "./session-ref.ts";
import type { ClientState } from "./state.ts";
import type { CloseReason } from "./transport.ts";
import { type WaitOptions, waitWithDeadline } from "./wait.ts";

const DEFAULT_HEARTBEAT_MS = 30_000;
/** What waits for a server that does not read, in bytes. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024;

/**
 * A client of a CIM server: one user, one connection at a time.
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
  readonly #channel: Channel;
  /** Only with `reconnect`: without it a test sees every duplicate that a server sends. */
  readonly #deliveries: Deliveries | undefined;
  /** Only with `reconnect`. */
  readonly #outbox: Outbox | undefined;
  // These are made when they are needed: an idle client should cost little.
  #closing: AbortController | undefined;
  #pushHandlers: PushHandlers | undefined;
  #stateHandlers: Set<(state: ClientState) => void> | undefined;
  #pageSize: PageSize | undefined;
  #state: ClientState = { status: "connecting", attempt: 1 };
  #user: CIMUserInfo | undefined;
  #credentials: Credentials | undefined;
  #isReconnecting = false;
  #heartbeat: NodeJS.Timeout | undefined;

  private constructor(address: Address, options: ClientOptions) {
    this.#address = address;
    this.#options = options;
    this.#channel = new Channel(options, options.registry ?? cimRegistry, {
      onReply: (command, message) => this.#onReply(command, message),
      onPush: (push) => this.#onPush(push),
      onClose: (reason) => this.#onClose(reason),
    });
    if (options.reconnect) {
      this.#deliveries = new Deliveries();
      this.#outbox = new Outbox(this.#channel);
    }
  }

  /**
   * Connects to a server; log in next.
   * @param target e.g. `tcp://127.0.0.1:8000`
   * @throws ClientError `connect-failed` or `aborted`
   */
  static async connect(target: Address | string, options: ClientOptions = {}): Promise<CimClient> {
    const client = new CimClient(typeof target === "string" ? parseAddress(target) : target, options);
    await client.#channel.open(client.#address);
    client.#setState({ status: "connected" });
    return client;
  }

  /** Where the client is between connecting and its end; `onState` tells changes. */
  get state(): ClientState {
    return this.#state;
  }

  /** Name in traces and errors. */
  get label(): string {
    return this.#channel.label;
  }

  /** Id of the user who logged in, also during a break; 0 before the login. */
  get userId(): bigint {
    return this.#user?.user_id ?? 0n;
  }

  /** The user who logged in, also during a break. */
  get user(): CIMUserInfo | undefined {
    return this.#user;
  }

  /** Local port of the current or last connection. */
  get localPort(): number {
    return this.#channel.localPort;
  }

  /** Pushes that were let go because nobody took them and the queue was full. */
  get droppedPushes(): number {
    return this.#channel.pushes.dropped;
  }

  /** With `reconnect`: messages that came again and were not delivered again. */
  get duplicatePushes(): number {
    return this.#deliveries?.duplicates ?? 0;
  }

  /** Calls the handler at every change of state; the result stops it. */
  onState(handler: (state: ClientState) => void): () => void {
    this.#stateHandlers ??= new Set();
    this.#stateHandlers.add(handler);
    return () => this.#stateHandlers?.delete(handler);
  }

  /**
   * Waits until the client is logged in and caught up, after a break for instance.
   * @throws ClientError `deadline`, `aborted`; `closed` when it is over for good
   */
  ready(options: WaitOptions = {}): Promise<void> {
    const deadlineMs = options.deadlineMs ?? this.#channel.deadlineMs;
    const about = { connection: this.label };
    return waitWithDeadline<void>(
      { deadlineMs, signal: options.signal },
      (settle) => {
        const look = (state: ClientState): void => {
          if (state.status === "ready") settle.resolve();
          else if (state.status === "closed") {
            const what = `${this.label}: ${describeClose(state.reason)}`;
            settle.reject(new ClientError("closed", what, { ...about, reason: state.reason }));
          }
        };
        look(this.#state);
        return this.onState(look);
      },
      () => new ClientError("deadline", `${this.label}: still ${this.#state.status} after ${deadlineMs} ms`, about),
      about,
    );
  }

  /**
   * Logs in. With `reconnect` it also reads the session list, so that a later break can be caught up.
   * @throws ClientError `login-refused` with the server's `resultCode`; the connection stays open (LOGIN-09)
   */
  async login(credentials: Credentials, options: RequestOptions = {}): Promise<LoginResult> {
    this.#deliveries?.hold();
    const result = await this.#logIn(credentials, options);
    if (this.#deliveries) {
      await noteBaseline(this, this.#deliveries.seen);
      this.#credentials = credentials;
      this.#resumed(result.user);
    }
    return result;
  }

  /** Logs out (LOGOUT-01); the server closes the connection. Returns the server's `result_code`. */
  async logout(options: RequestOptions = {}): Promise<number> {
    this.#credentials = undefined;
    const message = { user_id: this.userId, client_type: this.#clientType };
    return (await this.request(commands.LOGIN_AUTH_LOGOUT_REQ, message, options)).result_code;
  }

  /**
   * Sends a request and waits for its answer: the command's reply id with the same `seq_num` (heartbeat: the reply id
   * alone, HB-01).
   * @throws ClientError `deadline`, `closed`, `aborted`, `not-connected`, `bad-answer`
   */
  request<M, Reply>(command: Command<M, Reply>, message: Partially<M>, options?: RequestOptions): Promise<Reply> {
    return this.#channel.request(command, message, options);
  }

  /**
   * Sends a packet without waiting for anything.
   * @returns its `seq_num`
   * @throws ClientError `not-connected`
   */
  send<M>(command: Command<M>, message: Partially<M>, options?: { seqNum?: number }): number {
    return this.#channel.send(command, message, options);
  }

  /** Calls the handler with every push of this command; the result stops it. Takes nothing from the queue. */
  onPush<M>(command: Command<M>, handler: PushHandler<M>): () => void {
    this.#pushHandlers ??= new PushHandlers();
    return this.#pushHandlers.add(command, handler);
  }

  /**
   * The first push of this command that suits and that no earlier wait has taken; it may have come long ago. Pushes
   * that do not suit stay for later waits. With `reconnect` the wait goes on over a break.
   * @throws ClientError `deadline`, `closed`, `aborted`
   */
  waitFor<M>(command: Command<M>, matches?: PushPredicate<M>, options?: WaitOptions): Promise<Push<M>> {
    return this.#channel.waitFor(command, matches, options);
  }

  /** Takes all kept pushes of a command, oldest first, without waiting. */
  takePushes<M>(command: Command<M>): Push<M>[] {
    return this.#channel.pushes.take(command as Command) as Push<M>[];
  }

  /** Confirms a pushed message (ACK-01). Only needed with `acknowledge: "manual"`. */
  acknowledge(message: CIMMsgData): void {
    this.send(commands.MSG_DATA_ACK, confirmationOf(message, this.userId));
  }

  /** Sends a text; see {@link sendMessage}. */
  sendText(to: bigint | SessionRef, text: string, options?: WaitOptions): Promise<CIMMsgDataAck> {
    return this.sendMessage(to, { msg_data: Buffer.from(text, "utf8") }, options);
  }

  /**
   * Sends a message and waits for the server's acknowledgement. With `reconnect` it is kept while there is no
   * connection and sent again after a break, always with the same `client_msg_id` (MSG-07).
   * @param to a user's id, or `inGroup(id)`
   * @param message what differs from the defaults: a fresh `client_msg_id`, text type, this user as sender
   * @throws ClientError `refused` when the acknowledgement's `res_code` is not OK
   */
  async sendMessage(
    to: bigint | SessionRef,
    message: Partially<CIMMsgData>,
    options: WaitOptions = {},
  ): Promise<CIMMsgDataAck> {
    const whole = newMessage(this.#user, asSession(to), message);
    const ack = this.#outbox
      ? await this.#outbox.post(whole, this.#state.status === "ready", options)
      : await this.request(commands.MSG_DATA, whole, options);
    if (ack.res_code === CIMResCode.kCIM_RES_CODE_OK) return ack;
    throw new ClientError("refused", `message ${whole.client_msg_id} refused with code ${ack.res_code}`, {
      connection: this.label,
      command: commands.MSG_DATA as Command,
      resultCode: ack.res_code,
    });
  }

  /** Says that this user has read a session up to a message, 0 for all of it (READ-01, READ-02). No answer comes. */
  markRead(session: bigint | SessionRef, upTo: bigint = 0n): void {
    this.send(commands.MSG_READ_ACK, { user_id: this.userId, ...asSession(session), msg_id: upTo });
  }

  /** The session list with unread counts (SESS-01). */
  sessions(options?: RequestOptions): Promise<CIMRecentContactSessionRsp> {
    return this.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: this.userId }, options);
  }

  /** One page of a conversation, ascending; by default the newest 100 messages. */
  historyPage(session: bigint | SessionRef, options?: HistoryPageOptions): Promise<CIMMsgInfo[]> {
    return historyPage(this, asSession(session), options);
  }

  /** Every page of a conversation, from the newest back to the beginning. */
  historyPages(
    session: bigint | SessionRef,
    options?: HistoryPagesOptions,
  ): AsyncGenerator<CIMMsgInfo[], void, undefined> {
    return historyPages(this, asSession(session), { size: this.#pages, ...options });
  }

  /** Sends a heartbeat and waits for its answer (HB-01). */
  async heartbeat(options?: RequestOptions): Promise<void> {
    await this.request(commands.LOGIN_HEARTBEAT, {}, options);
  }

  /** Closes the connection in order, for good. */
  close(): void {
    this.#channel.close();
    this.#shut({ how: "local" });
  }

  /** Closes the connection with a TCP reset, for good. */
  reset(): void {
    this.#channel.reset();
    this.#shut({ how: "local" });
  }

  [Symbol.dispose](): void {
    this.close();
  }

  get #pages(): PageSize {
    this.#pageSize ??= new PageSize();
    return this.#pageSize;
  }

  get #clientType(): CIMClientType {
    return this.#options.clientType ?? CIMClientType.kCIM_CLIENT_TYPE_WEB;
  }

  #logIn(credentials: Credentials, options: RequestOptions): Promise<LoginResult> {
    const client_version = this.#options.clientVersion ?? "cupping";
    return logIn(this.#channel, credentials, { client_type: this.#clientType, client_version }, options);
  }

  /** Looks at answers, so that a login or message by {@link request} counts like one by its own method. */
  #onReply(command: Command, message: unknown): void {
    if (isLoginReply(command)) {
      const { result_code, user_info } = message as LoginReply;
      if (result_code === CIMErrorCode.kCIM_ERR_SUCCESS && user_info) this.#loggedIn(user_info);
    } else if (command.id === commands.MSG_DATA_ACK.id) {
      const ack = message as CIMMsgDataAck;
      const session = { session_id: ack.to_session_id, session_type: ack.session_type };
      if (ack.server_msg_id > 0n) this.#deliveries?.seen.addId(session, ack.server_msg_id);
    }
  }

  #loggedIn(user: CIMUserInfo): void {
    this.#user = user;
    this.#setState({ status: this.#deliveries ? "resuming" : "ready", user });
    const pause = this.#options.heartbeatMs ?? DEFAULT_HEARTBEAT_MS;
    clearInterval(this.#heartbeat);
    if (pause !== false) this.#heartbeat = setInterval(() => this.#beat(pause), pause);
  }

  #beat(pause: number): void {
    this.heartbeat({ deadlineMs: pause }).catch((error: unknown) => {
      // A server that does not answer a heartbeat for a whole pause is gone, whatever TCP thinks.
      if (isClientError(error, "deadline")) this.#channel.reset(error);
    });
  }

  #onPush(push: Push): void {
    if (push.command.id !== commands.MSG_DATA.id) {
      this.#deliver(push);
      return;
    }
    this.#deliverOnce(push as Push<CIMMsgData>);
    const isAutomatic = (this.#options.acknowledge ?? "auto") === "auto";
    if (!isAutomatic || !this.#channel.isOpen) return;
    // Who pushes and never reads would have every confirmation wait in memory.
    if (this.#channel.bufferedBytes > MOST_UNREAD_BYTES) this.#channel.reset(new Error("the server does not read"));
    else this.acknowledge(push.message as CIMMsgData);
  }

  #deliverOnce(push: Push<CIMMsgData>): void {
    if (!this.#deliveries || this.#deliveries.admit(push, this.userId)) this.#deliver(push as Push);
  }

  #deliver(push: Push): void {
    this.#pushHandlers?.call(push);
    this.#channel.pushes.add(push);
  }

  #onClose(reason: CloseReason): void {
    clearInterval(this.#heartbeat);
    if (this.#isReconnecting || this.#state.status === "closed") return;
    if (this.#credentials && this.#options.reconnect) void this.#reconnect(reason, this.#credentials);
    else this.#shut(reason);
  }

  async #reconnect(reason: CloseReason, credentials: Credentials): Promise<void> {
    const options = this.#options.reconnect === true ? {} : (this.#options.reconnect as ReconnectOptions);
    const steps = {
      onWaiting: (attempt: number, delayMs: number) => this.#setState({ status: "waiting", attempt, delayMs, reason }),
      attempt: (attempt: number) => this.#tryAgain(attempt, credentials),
    };
    this.#isReconnecting = true;
    this.#closing ??= new AbortController();
    try {
      if (!(await reconnect(options, steps, this.#closing.signal))) this.#shut(reason);
    } catch (error) {
      this.#channel.close();
      this.#shut({ how: "error", error: error as Error });
    } finally {
      this.#isReconnecting = false;
    }
  }

  /** Connects, logs in, and delivers what was missed, then what came meanwhile. */
  async #tryAgain(attempt: number, credentials: Credentials): Promise<boolean> {
    const deliveries = this.#deliveries as Deliveries;
    this.#setState({ status: "connecting", attempt });
    deliveries.hold();
    try {
      await this.#channel.open(this.#address, this.#closing?.signal);
      const { user } = await this.#logIn(credentials, {});
      this.#resumed(user, await missedMessages(this, deliveries.seen, user, this.#pages));
      return true;
    } catch (error) {
      this.#channel.reset();
      if (isFinalRefusal(error)) throw error;
      return false;
    }
  }

  #resumed(user: CIMUserInfo, missed: readonly CIMMsgData[] = []): void {
    const held = (this.#deliveries as Deliveries).release();
    const receivedAt = performance.now();
    for (const message of missed) {
      // The server has it, only the acknowledgement was lost: sending it again below brings that.
      if (message.from_user_id === user.user_id && this.#outbox?.has(message.client_msg_id)) continue;
      this.#deliverOnce({ command: commands.MSG_DATA, message, seqNum: 0, receivedAt, origin: "history" });
    }
    for (const push of held) this.#deliverOnce(push);
    if (!this.#channel.isOpen) return;
    this.#setState({ status: "ready", user });
    this.#outbox?.resend();
  }

  #shut(reason: CloseReason): void {
    clearInterval(this.#heartbeat);
    if (this.#state.status === "closed") return;
    this.#closing?.abort();
    this.#setState({ status: "closed", reason });
    this.#channel.shut(reason);
    const what = `${this.label}: ${describeClose(reason)} before the message was acknowledged`;
    this.#outbox?.shut(new ClientError("closed", what, { connection: this.label, reason }));
  }

  #setState(state: ClientState): void {
    this.#state = state;
    for (const handler of this.#stateHandlers ?? []) handler(state);
  }
}

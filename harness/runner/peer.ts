import { setTimeout } from "node:timers/promises";
import {
  type Command,
  commands,
  encodeFrame,
  type Frame,
  formatCommandId,
  HEADER_LENGTH,
  type Partially,
  type Registry,
  readHeader,
} from "../../codegen/index.ts";
import { type Address, type CloseReason, Connection, describeClose } from "../client/index.ts";
import type { ConnectionTrace } from "../result/index.ts";
import { OwnFrameWrong, RuleFailure } from "./failure.ts";
import { Inbox, type Received, readAsAnswer } from "./inbox.ts";
import { wrongInOwnFrame } from "./own-frame.ts";
import { PacketEnd } from "./packet-end.ts";
import type { CaseRecorder } from "./recording.ts";
import type { CaseTrace } from "./trace.ts";
import { Waiting } from "./waiting.ts";

/** Answers whose command also travels as a push, so that their number alone tells the two apart. */
const ALSO_PUSHED: readonly number[] = [commands.VOIP_INVITE_REPLY.id, commands.VOIP_INVITE_REPLY_ACK.id];

const LOGINS: readonly number[] = [commands.LOGIN_AUTH_REQ.id, commands.LOGIN_AUTH_TOKEN_REQ.id];

/** Answers with which the target begins its heartbeat clock (HB-02). */
const LOGIN_ANSWERS: readonly number[] = [commands.LOGIN_AUTH_RSP.id, commands.LOGIN_AUTH_TOKEN_RSP.id];

/** A request on its way. */
export interface Sent<R = unknown> {
  readonly command: Command<never, R>;
  readonly seq: number;
  /** How many frames had come before it was sent. */
  readonly mark: number;
  /** `performance.now()` when it was sent. */
  readonly at: number;
}

/** How a frame of the suite is sent. */
export interface SendOptions {
  /** Default: the next of the connection's own numbers. */
  readonly seq?: number;
  /** Why the frame breaks the contract on purpose. Without it a wrong frame is an error of the suite. */
  readonly wrong?: string;
}

/** What a peer needs of its case. */
export interface PeerSurroundings {
  readonly address: Address;
  readonly registry: Registry;
  readonly trace: CaseTrace;
  readonly recorder: CaseRecorder;
  /** Longest wait for an answer or push, in milliseconds. */
  readonly patienceMs: number;
  /** Raised when the case is over. */
  readonly signal: AbortSignal;
  /** Told when more comes than any case asks for: the connection is reset then. */
  onFlood?(why: string): void;
  /** Told of every request that is due an answer. */
  noteAnswer?(command: string, sentAt: number, isAnswered: boolean): void;
  /** Whether users come and go one after another; see `CaseSurroundings`. */
  readonly oneByOne?: boolean | undefined;
  /** Whether the answers to a command come too late, so that whoever waits for one learns nothing of what came before it. */
  isLate?(command: string): boolean;
}

/** How a connection ended, and when. */
export interface Closing {
  readonly reason: CloseReason;
  /** `performance.now()`. */
  readonly at: number;
}

/** What is known of a request once a fence behind it has been answered, or the connection has been closed. */
export interface Aftermath<R> {
  readonly answer: Received<R> | undefined;
  readonly closing: Closing | undefined;
}

/** How long behind a sign of life an end is read that was sent before it, in milliseconds. */
const ON_ITS_WAY_MS = 1_000;

/** What we ask for after this share of a timer of the target was late because of us. */
const LATE_SHARE = 0.5;

/** Longest wait for the target to end a connection that was ended here, in milliseconds. */
const END_MS = 300;
/** Pause behind an end, in milliseconds: a target may close first and forget the user then. */
const FORGET_MS = 5;

/** Who ends a connection within this time turns it away, in milliseconds. */
const TURNED_AWAY_MS = 1_000;

/** Who leaves more requests than these without an answer floods the target. */
const MOST_OPEN_REQUESTS = 100;

/** One connection of a case, seen from the client. */
export class Peer {
  readonly name: string;
  /** `performance.now()` just before connecting: never later than the target's own clock starts. */
  readonly openedAt: number = performance.now();
  readonly inbox: Inbox;
  /** The user logged in here; checks of the suite's own frames go by it. */
  self: bigint | undefined;
  readonly #around: PeerSurroundings;
  readonly #waiting = new Waiting();
  readonly #description: ConnectionTrace;
  readonly #unanswered = new Set<Sent>();
  /** Requests that were sent in a form that breaks the contract. */
  readonly #provocations = new Set<Command>();
  /** By the command of its answer, the numbers under which something was asked. */
  readonly #numbers = new Map<number, Set<number>>();
  readonly #recorded: number;
  #connection: Connection | undefined;
  #closing: Closing | undefined;
  #seq = 0;
  #heartbeatsSent = 0;
  /** Most packets that may have been sent, each of which may have an answer. */
  #sent = 0;
  readonly #packetEnd = new PacketEnd();
  #isFlooded = false;
  #isWaking = false;
  #provoked = false;
  #paused = false;
  #hasPaused = false;
  #isReleased = false;
  #hasLoggedOut = false;
  /** Whether something else than a login was asked here. */
  #hasAskedMore = false;
  #gone: Promise<boolean> = Promise.resolve(true);
  /** Whether our side has ended the connection. */
  #ended = false;
  /** Whether it had when the connection closed. */
  #endedFirst = false;
  /**
   * When we last gave a sign of life: asked for the login that was answered, or sent a heartbeat; before, the opening.
   * Never when an answer came: a suite that is late itself reads it long after the target has begun its clock.
   */
  #aliveAt: number = this.openedAt;
  /** The longest time without one that has ended of late, and when it ended, in milliseconds. */
  #silence = { ms: 0, endedAt: this.openedAt };
  /** When something was sent here for the first and for the last time. */
  #firstWroteAt: number | undefined;
  #wroteAt: number = this.openedAt;
  /** When we last asked for a login. */
  #loginAskedAt: number | undefined;

  private constructor(name: string, around: PeerSurroundings) {
    this.name = name;
    this.#around = around;
    this.inbox = new Inbox(around.registry);
    this.#recorded = around.recorder.open(name, around.address.scheme);
    this.#description = { name, transport: around.address.scheme, openedAt: new Date().toISOString() };
  }

  /** @throws ClientError `connect-failed` */
  static async open(name: string, around: PeerSurroundings): Promise<Peer> {
    const peer = new Peer(name, around);
    const connection = await Connection.open(
      around.address,
      {
        onFrame: (frame) => peer.#take(frame),
        onClose: (reason) => {
          peer.#closing = { reason, at: performance.now() };
          peer.#endedFirst = peer.#ended;
          around.trace.event(name, reason.how === "rst" ? "reset" : "closed", describeClose(reason));
          peer.#waiting.wake();
        },
      },
      { label: name, signal: around.signal, connectDeadlineMs: around.patienceMs },
    );
    peer.#connection = connection;
    peer.#description.localPort = connection.localPort;
    around.trace.event(name, "opened", `connected from port ${connection.localPort}`);
    return peer;
  }

  /** How the connection ended; undefined while it is open. */
  get closing(): Closing | undefined {
    return this.#closing;
  }

  /** What of the target's bytes cannot be read, when that ended the connection. */
  get unreadable(): string | undefined {
    const reason = this.#closing?.reason;
    return reason?.how === "error" && reason.isUnreadable ? reason.error.message : undefined;
  }

  /**
   * Whether the target may have ended the connection because one of its timers ran out: we were too slow to log in
   * (LOGIN-10) or to send a heartbeat (HB-02), so that the end says nothing about anything else.
   */
  timedOut({ login, heartbeat }: { readonly login: number; readonly heartbeat: number }): boolean {
    if (this.#closing?.reason.how !== "fin" && this.#closing?.reason.how !== "rst") return false;
    const { at } = this.#closing;
    if (this.self !== undefined) return this.#cameTooLate(at, heartbeat) || at - this.#aliveAt >= heartbeat;
    // A target that was asked early and did not answer has only itself to blame.
    const askedAt = this.#loginAskedAt ?? at;
    return at - this.openedAt >= login && askedAt - this.openedAt >= login * LATE_SHARE;
  }

  /**
   * Whether it was by our doing that a timer of the target ran out ({@link timedOut}): nothing that it was asked in time is
   * unanswered. What a target leaves undone until its timer runs out is no lateness of ours.
   */
  wasTooLate(timers: { readonly login: number; readonly heartbeat: number }): boolean {
    if (!this.timedOut(timers)) return false;
    if (this.self === undefined) {
      const firstAt = this.#firstWroteAt ?? this.#closing?.at ?? this.openedAt;
      return firstAt - this.openedAt >= timers.login * LATE_SHARE;
    }
    if (this.#cameTooLate(this.#closing?.at ?? this.openedAt, timers.heartbeat)) return true;
    const wasAskedInTime = this.#unanswered.size > 0 && this.#wroteAt - this.#aliveAt < timers.heartbeat * LATE_SHARE;
    return !wasAskedInTime;
  }

  /** Logged in, open and reading: a request is due an answer. */
  get isServed(): boolean {
    return this.self !== undefined && this.#closing === undefined && !this.#paused && !this.#ended;
  }

  /** Requests that are due an answer that has not been taken. */
  get unanswered(): { readonly command: string; readonly sentAt: number }[] {
    return [...this.#unanswered].map(({ command, at }) => ({ command: command.name, sentAt: at }));
  }

  /** Commands of requests that broke the contract and to which no answer of any kind has come: names. */
  get unansweredProvocations(): string[] {
    const silent = [...this.#provocations].filter(({ replyId = 0 }) => this.inbox.count({ id: replyId }) === 0);
    return silent.map(({ name }) => name);
  }

  /** Whether something that breaks the contract was sent here. */
  get hasProvoked(): boolean {
    return this.#provoked;
  }

  /** Logged in, and did nothing for which a target may end the connection: it reads, writes no flood, stays logged in. */
  get isWelcome(): boolean {
    const isFlood = this.#unanswered.size > MOST_OPEN_REQUESTS;
    const hasLeft = this.#hasLoggedOut || this.#ended || this.#isReleased;
    return this.self !== undefined && !this.#provoked && !this.#hasPaused && !hasLeft && !isFlood;
  }

  /** Ended by the target as soon as it came, without a word, although it had asked for nothing but to be let in. */
  get isTurnedAway(): boolean {
    const { reason, at = 0 } = this.#closing ?? {};
    const isTheirs = (reason?.how === "fin" || reason?.how === "rst") && !this.#endedFirst;
    const isQuiet = !this.#provoked && !this.#hasAskedMore && this.inbox.answers === 0;
    return isTheirs && isQuiet && at - this.openedAt < TURNED_AWAY_MS;
  }

  /** Whether the end of the connection would be noticed: it is read, and our side has not ended it. */
  get notices(): boolean {
    return !this.#paused && !this.#ended;
  }

  /** Whether the target ended its side because ours had ended before. */
  get endedFirst(): boolean {
    return this.#endedFirst;
  }

  /** Whether it was reset because more came than any case asks for. */
  get isFlooded(): boolean {
    return this.#isFlooded;
  }

  /** Bytes sent that the kernel has not taken yet. */
  get bufferedBytes(): number {
    return this.#connection?.bufferedBytes ?? 0;
  }

  /** The connection as the result file describes it. */
  describe(): ConnectionTrace {
    const end = this.#closing && { end: describeClose(this.#closing.reason) };
    return { ...this.#description, ...(this.self !== undefined && { userId: this.self.toString() }), ...end };
  }

  /** Sends one packet. */
  send<M, R>(command: Command<M, R>, message: Partially<M>, options: SendOptions = {}): Sent<R> {
    const seq = options.seq ?? this.nextSeq();
    const wrong = wrongInOwnFrame(command as Command, message, seq, this.self);
    if (wrong !== undefined && options.wrong === undefined) {
      throw new OwnFrameWrong(`the case sends a ${command.name} that breaks the contract: ${wrong}`);
    }
    const sent = this.expectAnswer(command, seq);
    this.sendBytes(encodeFrame(command, message, seq), options.wrong);
    return sent;
  }

  /** Notes a request that is about to leave in some other way than {@link send}. */
  expectAnswer<M, R>(command: Command<M, R>, seq: number): Sent<R> {
    const mark = this.inbox.length;
    const sent: Sent<R> = { command: command as unknown as Command<never, R>, seq, mark, at: performance.now() };
    if (command.replyId !== undefined) {
      this.#unanswered.add(sent);
      const numbers = this.#numbers.get(command.replyId) ?? new Set();
      this.#numbers.set(command.replyId, numbers.add(seq));
    }
    if (LOGINS.includes(command.id)) this.#loginAskedAt = sent.at;
    else this.#hasAskedMore = true;
    if (command.id === commands.LOGIN_AUTH_LOGOUT_REQ.id) this.#hasLoggedOut = true;
    if (command.id === commands.LOGIN_HEARTBEAT.id) {
      this.#heartbeatsSent += 1;
      this.#isAlive(sent.at);
    }
    return sent;
  }

  /**
   * Sends any bytes.
   * @param wrong why they break the contract, or undefined when they are (a part of) a proper packet
   */
  sendBytes(bytes: Uint8Array, wrong: string | undefined): void {
    this.#note(bytes, wrong !== undefined);
    if (wrong !== undefined) this.#noteProvocation(bytes);
    this.#around.recorder.sent(this.#recorded, bytes);
    this.#connection?.sendBytes(bytes);
  }

  /**
   * Sends a part of a packet, which {@link sendBytes} ends: over WebSocket as a fragment of its message.
   * @param wrong as there
   */
  sendPart(bytes: Uint8Array, wrong: string | undefined): void {
    this.#note(bytes, wrong !== undefined);
    this.#around.recorder.sentPart(this.#recorded, bytes);
    this.#connection?.sendPart(bytes);
  }

  /** The next number of this connection: 1, 2, … */
  nextSeq(): number {
    this.#seq = this.#seq >= 0xffff ? 1 : this.#seq + 1;
    return this.#seq;
  }

  /** @throws RuleFailure when no answer comes in time, or one that cannot be decoded */
  async answer<R>(sent: Sent<R>): Promise<Received<R> & { message: R }> {
    const what = `an answer ${formatCommandId(sent.command.replyId ?? 0)} to ${sent.command.name} (seq ${sent.seq})`;
    const received = await this.#wait(() => this.#takeAnswer(sent));
    if (received || this.isServed) this.#around.noteAnswer?.(sent.command.name, sent.at, received !== undefined);
    if (!received) throw this.#insteadOf(sent, what) ?? this.#late(what, `${sent.command.name} is unanswered`);
    return decoded(readAsAnswer(received, sent.command.replyBody), what);
  }

  /** Sends a request and gives the answer's message. */
  async ask<M, R>(command: Command<M, R>, message: Partially<M>, options: SendOptions = {}): Promise<R> {
    return (await this.answer(this.send(command, message, options))).message;
  }

  /**
   * A push that fits, not taken before.
   * @param what the push in words, for the failure
   * @throws RuleFailure when none comes in time
   */
  async push<M>(
    command: Command<M>,
    fits: (message: M) => boolean,
    what: string,
  ): Promise<Received<M> & { message: M }> {
    const received = await this.#wait(() =>
      this.inbox.take<M>(command, (one) => one.message !== undefined && fits(one.message)),
    );
    if (!received) {
      const expected = `a push ${formatCommandId(command.id)} on ${this.name}: ${what}`;
      throw this.#late(expected, `${command.name} is not pushed`);
    }
    return decoded(received, what);
  }

  /** Every message of a command that has come so far and fits. */
  seen<M>(command: Command<M>, fits: (message: M) => boolean = () => true): M[] {
    const messages = this.inbox.all(command).map((one) => one.message);
    return messages.filter((message): message is M => message !== undefined && fits(message));
  }

  /**
   * Sends requests with a known answer and waits until one is answered: what was sent before has been handled then,
   * because requests of one connection are handled in order (CONN-16). Two kinds of request stand in for each other,
   * so that a target that breaks one of them does not fail every case; the one that comes late is left out.
   * @throws RuleFailure when neither an answer nor the end of the connection comes in time
   */
  async fence(): Promise<"answered" | "closed"> {
    const isLate = ({ name }: { name: string }): boolean => this.#around.isLate?.(name) === true;
    const list = isLate(commands.LIST_RECENT_CONTACT_SESSION_REQ)
      ? undefined
      : this.send(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: this.self ?? 0n });
    const heartbeat =
      list !== undefined && isLate(commands.LOGIN_HEARTBEAT) ? undefined : this.send(commands.LOGIN_HEARTBEAT, {});
    const due = this.#heartbeatsSent;
    const passed = await this.#wait(() => {
      if (list && this.#takeAnswer(list)) return true;
      return heartbeat && this.inbox.count(commands.LOGIN_HEARTBEAT) >= due ? true : undefined;
    });
    if (list) this.#unanswered.delete(list);
    if (heartbeat) this.#unanswered.delete(heartbeat);
    if (passed) return "answered";
    if (this.#closing) return "closed";
    throw this.#late(`${this.name} answers a session list request or a heartbeat`);
  }

  /** Whether a request was answered, and whether the connection survived it, concluded by a fence behind it. */
  async aftermath<R>(sent: Sent<R>): Promise<Aftermath<R>> {
    await this.fence();
    const answer = this.#takeAnswer(sent);
    this.#unanswered.delete(sent);
    return { answer, closing: this.#closing };
  }

  /** Waits for the target to end the connection; undefined when it does not in time. */
  async closed(deadlineMs: number = this.#around.patienceMs): Promise<Closing | undefined> {
    await this.#waiting.until(() => this.#closing, deadlineMs, this.#around.signal);
    return this.#closing;
  }

  /** Waits until something is true of what has come; undefined when it is not in time. */
  async until<T>(probe: () => T | undefined, deadlineMs: number = this.#around.patienceMs): Promise<T | undefined> {
    return await this.#waiting.until(probe, deadlineMs, this.#around.signal);
  }

  /** Sends a heartbeat now and then until the case is over, so that HB-02 does not end a long case. */
  keepAlive(intervalMs: number): void {
    const timer = setInterval(() => {
      if (this.#closing) clearInterval(timer);
      // In the middle of a packet it would become a part of that, and what is left of the packet no packet at all.
      else if (!this.#packetEnd.isInside) this.#unanswered.delete(this.send(commands.LOGIN_HEARTBEAT, {}));
    }, intervalMs);
    this.#around.signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  }

  close(): void {
    this.#did("close");
    this.#close();
  }

  /** Whether the target has ended what was ended here; known at once where users do not go one by one. */
  get gone(): Promise<boolean> {
    return this.#gone;
  }

  #close(): void {
    if (!this.#around.oneByOne || this.#closing) this.#connection?.close();
    else this.#gone = this.#leave();
  }

  async #leave(): Promise<boolean> {
    this.#connection?.endWriting();
    const end = await this.#waiting.until(() => this.#closing, END_MS, new AbortController().signal);
    this.#connection?.close();
    return await setTimeout(FORGET_MS, end !== undefined);
  }

  /** Lets go of the connection, whatever state it is in: one that reads nothing would never close in order. */
  release(): void {
    if (this.#closing === undefined) this.#isReleased = true;
    if (this.#paused) this.#reset();
    else this.#close();
  }

  /** Closes with a TCP reset. */
  reset(): void {
    this.#did("reset");
    this.#reset();
  }

  #reset(): void {
    this.#connection?.reset();
    if (this.#around.oneByOne) this.#gone = setTimeout(FORGET_MS, true);
  }

  /** Closes the sending side alone. */
  endWriting(): void {
    this.#did("end-writing");
    this.#connection?.endWriting();
  }

  /** Stops reading, so that the target's send queue fills up. */
  pause(): void {
    this.#paused = true;
    this.#hasPaused = true;
    this.#did("pause");
    this.#connection?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#did("resume");
    this.#connection?.resume();
  }

  #take(frame: Frame): void {
    if (this.#isFlooded) return;
    const { trace, recorder } = this.#around;
    trace.frame(this.name, "received", frame.bytes);
    recorder.received(this.#recorded, frame.bytes);
    const { at } = this.inbox.add(frame);
    if (LOGIN_ANSWERS.includes(frame.header.command_id)) this.#isAlive(this.#loginAskedAt ?? at);
    this.#wakeSoon();
    const tooMuch = this.inbox.tooMuch(this.#sent);
    if (tooMuch === undefined) return;
    this.#isFlooded = true;
    this.#ended = true;
    this.#connection?.reset();
    this.#around.onFlood?.(`the target floods ${this.name}: ${tooMuch} came on one connection`);
  }

  /** Once for all packets of a read: whoever waits looks at everything that has come. */
  #wakeSoon(): void {
    if (this.#isWaking) return;
    this.#isWaking = true;
    queueMicrotask(() => {
      this.#isWaking = false;
      this.#waiting.wake();
    });
  }

  /** Whether a sign of life came too late for an end at a time: it undoes nothing, the end was on its way already. */
  #cameTooLate(endAt: number, heartbeat: number): boolean {
    return this.#silence.ms >= heartbeat && endAt - this.#silence.endedAt < ON_ITS_WAY_MS;
  }

  #isAlive(at: number): void {
    const ms = at - this.#aliveAt;
    if (ms > this.#silence.ms || at - this.#silence.endedAt > ON_ITS_WAY_MS) this.#silence = { ms, endedAt: at };
    this.#aliveAt = at;
  }

  #did(what: "close" | "reset" | "end-writing" | "pause" | "resume"): void {
    if (what === "close" || what === "reset" || what === "end-writing") this.#ended = true;
    this.#around.recorder.did(this.#recorded, what);
  }

  /** What breaks the contract may be taken for the request that it looks like, and hold up what is asked behind it. */
  #noteProvocation(bytes: Uint8Array): void {
    const command = bytes.length < HEADER_LENGTH ? undefined : this.#around.registry.byId(readHeader(bytes).command_id);
    if (command?.replyId !== undefined) this.#provocations.add(command);
  }

  #note(bytes: Uint8Array, deliberate: boolean): void {
    if (deliberate) this.#provoked = true;
    else this.#packetEnd.take(bytes);
    this.#wroteAt = performance.now();
    this.#firstWroteAt ??= this.#wroteAt;
    this.#sent += Math.ceil(bytes.length / HEADER_LENGTH);
    this.#around.trace.frame(this.name, "sent", bytes, deliberate);
  }

  #wait<T>(probe: () => T | undefined): Promise<T | undefined> {
    return this.#waiting.until(probe, this.#around.patienceMs, this.#around.signal, () => this.#closing !== undefined);
  }

  /**
   * Answers are matched by number (CONN-10). When a request is the only one of its kind that is unanswered, its answer
   * is taken whatever its number: that fault has cases of its own, and the others should not fail for it too.
   */
  #takeAnswer<R>(sent: Sent<R>): Received<R> | undefined {
    const id = sent.command.replyId;
    if (id === undefined) return undefined;
    const rivals = [...this.#unanswered].filter((one) => one !== sent && one.command.replyId === id);
    const anyNumber = sent.command.replyNumberedAsPush || (rivals.length === 0 && !ALSO_PUSHED.includes(id));
    const answer =
      this.inbox.take<R>({ id }, (one) => one.frame.header.seq_num === sent.seq, sent.mark) ??
      (anyNumber ? this.inbox.take<R>({ id }, () => true, sent.mark) : undefined);
    if (answer) this.#unanswered.delete(sent);
    return answer;
  }

  /** What came in the place of an answer: the answer under a number that nobody asked with, or another one under its number. */
  #insteadOf({ command, seq, mark }: Sent, what: string): RuleFailure | undefined {
    const { name, replyId } = command;
    const wasAsked = (id: number, number: number): boolean => this.#numbers.get(id)?.has(number) === true;
    for (const { frame, command: came } of this.inbox.since(mark)) {
      const { command_id, seq_num } = frame.header;
      // Heartbeats and pushes have numbers of their own.
      if (command_id === commands.LOGIN_HEARTBEAT.id || ALSO_PUSHED.includes(command_id)) continue;
      const seen = `${came?.name ?? "a packet"} ${formatCommandId(command_id)}`;
      if (command_id === replyId && !wasAsked(command_id, seq_num)) {
        const lack = `${name} is answered under another number`;
        return new RuleFailure(what, `${seen} came under the number ${seq_num}`, { lack });
      }
      const isAnswer = came === undefined || this.#around.registry.commands.some((one) => one.replyId === command_id);
      if (isAnswer && command_id !== replyId && seq_num === seq && !wasAsked(command_id, seq_num)) {
        const lack = `${name} is answered by ${formatCommandId(command_id)}`;
        return new RuleFailure(what, `${seen} came under its number instead`, { lack });
      }
    }
    return undefined;
  }

  /**
   * What was due has not come, or never will on a connection that is closed.
   * @param lack what the target leaves undone then, in the same words whichever case meets it
   */
  #late(expected: string, lack?: string): RuleFailure {
    if (this.#closing) return new RuleFailure(expected, `${this.name} was ${describeClose(this.#closing.reason)}`);
    const actual = `nothing of the kind within ${this.#around.patienceMs} ms`;
    return new RuleFailure(expected, actual, { lack, isLate: true });
  }
}

function decoded<M>(received: Received<M>, what: string): Received<M> & { message: M } {
  if (received.message === undefined) throw new RuleFailure(what, `a body that cannot be decoded: ${received.error}`);
  return received as Received<M> & { message: M };
}

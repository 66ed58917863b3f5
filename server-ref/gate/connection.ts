import {
  type Command,
  commands,
  type Frame,
  HEADER_LENGTH,
  isProtocolError,
  ProtocolError,
  readHeader,
} from "../../codegen/index.ts";
import type { Effect } from "../logic/effect.ts";
import type { Handler } from "../logic/handler.ts";
import { perform } from "../logic/perform.ts";
import { mark } from "../marks.ts";
import type { ConnectionView, FrameCutter, PacketAction, PushView } from "../seams.ts";
import type { ConnectionHost } from "./connection-host.ts";
import type { Watched } from "./deadlines.ts";
import type { TurnTaker } from "./fair-turns.ts";
import { Outbox } from "./outbox.ts";
import { RateLimit } from "./rate-limit.ts";
import { CloseCode, type GateSocket, type SocketListener } from "./socket.ts";
import { type Turn, Turns } from "./turns.ts";
import { Unconfirmed } from "./unconfirmed.ts";

/** Requests of one connection that may be handled at the same time; more wait unread. */
const MOST_TURNS = 64;

/** Requests of a connection that are started as soon as they come; who makes more waits for turns, as others may too. */
const PROMPT_REQUESTS = 16;

/** How many requests of a connection are forgotten in a millisecond. */
const FORGOTTEN_PER_MS = 1;

/** Requests that a connection starts when its turn has come. */
const TURN_REQUESTS = 8;

/** Bytes of answers that count as one more request, as a power of 2: 4 KiB. Whether the client has them is all the same. */
const REQUEST_BYTES_LOG2 = 12;

/** Unread bytes of waiting requests beyond which the socket is not read. */
const ENOUGH_UNREAD = 64 * 1024;

/** Unsent bytes that keep no request waiting: a stream signals `drain` only after more than this has been queued. */
const SMALL_BACKLOG = 64 * 1024;

/** How long an answer waits until other gates have its pushes, in milliseconds: less than clients wait for it. */
const PUBLISH_PATIENCE_MS = 2000;

/** How long what had come before the client's end or a drain may take to be handled, in milliseconds. */
const FINISH_MS = 5000;

/** How long a closed connection waits for the client to close its side, in milliseconds. */
const LINGER_MS = 500;

/**
 * `open`: takes requests. `finishing`: offline and reads no more; what has come is handled. `closing`: offline and takes
 * none; what was asked is still answered, then the socket is closed. `closed`: the socket is gone.
 */
type State = "open" | "finishing" | "closing" | "closed";

function isOnePacket(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER_LENGTH && readHeader(bytes).length === bytes.length;
}

/** One client: cuts its bytes into requests, has them handled in order, and sends what they make happen. */
export class Connection implements ConnectionView, SocketListener, TurnTaker, Watched {
  readonly id: number;
  self = 0n;
  bucket: Set<Watched> | undefined = undefined;
  readonly #gate: ConnectionHost<Connection>;
  readonly #socket: GateSocket;
  readonly #framer: FrameCutter;
  readonly #turns = new Turns();
  readonly #outbox = new Outbox();
  readonly #rate: RateLimit | undefined;
  readonly #connectedAt = performance.now();
  #state: State = "open";
  #nickname = "";
  #unconfirmed: Unconfirmed | undefined;
  #aliveAt = 0;
  #pushNumber = 0;
  /** A handler runs that no later request may overtake. */
  #alone = false;
  /** A request that waits for a turn, or that the rate limit holds back. */
  #held: Frame | undefined;
  /** Requests that were started lately, and when they were last counted, in whole milliseconds. */
  #lately = 0;
  #countedAt = 0;
  #awaitsTurn = false;
  #paused = false;
  #hungUp = false;
  /** Bytes that the transport holds of a message that is not whole yet, and those that were told to the gate. */
  #partial = 0;
  #holds = 0;

  constructor(gate: ConnectionHost<Connection>, socket: GateSocket, id: number) {
    this.id = id;
    this.#gate = gate;
    this.#socket = socket;
    const { maxFrameLength, requestRate } = gate.limits;
    this.#framer = gate.seams.gate.createFramer(maxFrameLength);
    this.#rate = requestRate > 0 ? new RateLimit(requestRate) : undefined;
    gate.deadlines.watch(this, this.#connectedAt + gate.seams.timers.loginTimeoutMs);
    for (const frame of gate.seams.gate.greet(this)) gate.seams.gate.write(socket, frame);
  }

  get isOnline(): boolean {
    return this.self !== 0n && this.#state === "open";
  }

  get transport(): "tcp" | "ws" {
    return this.#socket.transport;
  }

  get isBusy(): boolean {
    return this.#alone;
  }

  /** The client's. */
  get address(): string {
    return this.#socket.address;
  }

  onData(bytes: Uint8Array): void {
    if (this.#state !== "open") return;
    if (this.#socket.framed && !isOnePacket(bytes)) {
      const code = this.#isTooLarge(bytes) ? "length-too-long" : "truncated-stream";
      this.#badFrame(new ProtocolError(code, "a WebSocket message is not exactly one packet"));
      return;
    }
    this.#framer.push(bytes);
    this.#pull();
  }

  #isTooLarge(bytes: Uint8Array): boolean {
    return bytes.length >= HEADER_LENGTH && readHeader(bytes).length > this.#gate.limits.maxFrameLength;
  }

  onPartial(bytes: number): void {
    this.#partial = bytes;
    this.#tellWhatIsHeld();
  }

  onDrain(): void {
    // Many may drain at once, and each would have something large made at once.
    this.#awaitTurn();
    this.#pauseOrResume();
  }

  /** The client closed its side: offline at once (CONN-20, LOGOUT-02), but what it asked is answered. */
  onEnd(): void {
    this.finish();
  }

  onClosed(): void {
    this.#goOffline();
    this.#state = "closed";
    this.#rate?.stop();
    this.#outbox.clear();
    this.#gate.forget(this);
  }

  /** Queues a push; it leaves with the others of this turn of the event loop. */
  push({ command, message, confirmedBy }: PushView, frame: Uint8Array): void {
    if (confirmedBy !== undefined) this.#awaitConfirmation(confirmedBy);
    if (this.#gate.seams.timers.isPushSignOfLife) this.#aliveAt = performance.now();
    this.#send(command, message, frame, this.#nextPushNumber(), false);
  }

  /** Writes what is queued, or drops a client that has not read for too long (CONN-18). */
  flush(): void {
    if (this.#state === "closed" || this.#outbox.isEmpty) return;
    if (this.#socket.backlog > this.#gate.limits.maxOutgoingBytes) {
      mark("CONN-18");
      this.#gate.meter.slowReadersDropped++;
      this.drop();
      return;
    }
    this.#outbox.flush(this.#socket, this.#gate.seams.gate);
  }

  /** Ends the connection of a client that takes too much: at once, with nothing said. */
  drop(): void {
    this.#outbox.clear();
    this.#goOffline();
    this.#state = "closing";
    this.#socket.destroy();
  }

  /** Reads no more; closes once all that had come is answered. */
  finish(): void {
    if (this.#state !== "open") return;
    if (this.#framer.pendingBytes === 0 && this.#held === undefined) {
      this.close();
      return;
    }
    this.#goOffline();
    this.#state = "finishing";
    this.#gate.deadlines.watch(this, performance.now() + FINISH_MS);
    this.#pull();
  }

  /** Takes no more requests; closes once those that were taken are answered. */
  close(): void {
    if (!this.#takesRequests) return;
    this.#goOffline();
    this.#state = "closing";
    this.#hangUpWhenDone();
  }

  /** Closes the socket without waiting for requests or for the client. */
  cut(): void {
    this.#socket.destroy();
  }

  expire(now: number): number | undefined {
    const { loginTimeoutMs, heartbeatTimeoutMs } = this.#gate.seams.timers;
    if (this.#state === "finishing") {
      this.#state = "closing";
      this.#hangUp();
      return undefined;
    }
    if (this.#state !== "open") {
      this.#socket.destroy();
      return undefined;
    }
    this.#forgetUnconfirmed(now);
    // LOGIN-10: failed attempts do not extend the limit. HB-02: the clock starts at login. CONN-22: there is no other
    // clock, and nobody counts requests.
    const loggedIn = this.self !== 0n;
    const due = loggedIn ? this.#aliveAt + heartbeatTimeoutMs : this.#connectedAt + loginTimeoutMs;
    if (now <= due) return due;
    if (loggedIn) this.#gate.meter.heartbeatTimeouts++;
    else this.#gate.meter.loginTimeouts++;
    mark(loggedIn ? "HB-02" : "LOGIN-10");
    this.#goOffline();
    this.#state = "closing";
    this.#hangUp();
    return undefined;
  }

  /** Starts requests as long as there are whole ones and nothing forbids it; reads on or stops reading. */
  readonly #pull = (): void => {
    this.#goOn(0);
  };

  /** @param turn requests that may be started in any case */
  #goOn(turn: number): void {
    if (!this.#awaitsTurn) this.#startRequests(turn);
    this.#pauseOrResume();
    this.#tellWhatIsHeld();
  }

  #tellWhatIsHeld(): void {
    if (!this.#takesRequests) return;
    const bytes = this.#framer.pendingBytes + this.#partial + (this.#held?.bytes.length ?? 0);
    if (bytes === this.#holds) return;
    this.#holds = bytes;
    this.#gate.holds(this, bytes);
  }

  /** Goes on with requests that an earlier turn of the event loop had no room for. */
  takeTurn(): void {
    this.#awaitsTurn = false;
    this.#goOn(TURN_REQUESTS);
  }

  #startRequests(turn: number): void {
    for (let left = turn; this.#mayStart(); left--) {
      const frame = this.#held ?? this.#nextFrame();
      if (!frame) {
        if (this.#state === "finishing") this.close();
        return;
      }
      this.#held = frame;
      if (left <= 0 && !this.#isPrompt(frame)) {
        this.#awaitTurn();
        return;
      }
      if (this.#rate?.take(this.#pull) === false) return;
      this.#held = undefined;
      this.#count(1);
      this.#start(frame);
    }
    // What is queued is written at the end of this turn, and nothing else tells that it has left.
    if (!this.#outbox.isEmpty) this.#awaitTurn();
  }

  /** Whether a request need not wait for a turn: it takes little, and so did the connection lately. */
  #isPrompt(frame: Frame): boolean {
    const { turns, seams } = this.#gate;
    const { now } = turns;
    this.#lately = Math.max(0, this.#lately - (now - this.#countedAt) * FORGOTTEN_PER_MS);
    this.#countedAt = now;
    return this.#lately < PROMPT_REQUESTS && seams.handlers.get(frame.header.command_id)?.large !== true;
  }

  #count(requests: number): void {
    this.#lately += requests;
    this.#gate.turns.did(requests);
  }

  #awaitTurn(): void {
    if (this.#awaitsTurn || !this.#takesRequests) return;
    if (this.#framer.pendingBytes === 0 && this.#held === undefined && this.#state === "open") return;
    this.#awaitsTurn = true;
    this.#gate.turns.wait(this);
  }

  #pauseOrResume(): void {
    const waiting = this.#held !== undefined || this.#awaitsTurn || !this.#mayStart();
    const pause = this.#state === "open" && waiting && this.#framer.pendingBytes > ENOUGH_UNREAD;
    if (pause === this.#paused) return;
    this.#paused = pause;
    if (pause) this.#socket.pause();
    else this.#socket.resume();
  }

  get #takesRequests(): boolean {
    return this.#state === "open" || this.#state === "finishing";
  }

  #mayStart(): boolean {
    return (
      this.#takesRequests &&
      !this.#alone &&
      this.#turns.size < MOST_TURNS &&
      this.#outbox.length + this.#socket.backlog + this.#socket.inTransit <=
        Math.max(this.#gate.limits.maxOutgoingBytes / 4, SMALL_BACKLOG)
    );
  }

  #nextFrame(): Frame | undefined {
    try {
      return this.#framer.next();
    } catch (error) {
      if (!isProtocolError(error)) throw error;
      this.#badFrame(error);
      return undefined;
    }
  }

  /** CONN-06: the stream cannot be cut any more. */
  #badFrame(error: ProtocolError): void {
    mark("CONN-06");
    if (this.#gate.seams.gate.onBadFrame(error, this) !== "close") return;
    const isTooLarge = error.code === "length-too-long";
    this.#socket.closeCode = isTooLarge ? CloseCode.packetTooLarge : CloseCode.malformedPacket;
    this.close();
  }

  #start(frame: Frame): void {
    const { seams, meter } = this.#gate;
    const { command_id, seq_num } = frame.header;
    meter.packetsIn++;
    const handler = seams.handlers.get(command_id);
    if (this.self === 0n && (handler?.command.needsLogin ?? true)) {
      // CONN-15
      if (!this.#apply(seams.gate.onEarlyCommand(command_id, this))) return;
    }
    if (seams.timers.isSignOfLife(command_id)) this.#aliveAt = performance.now();
    if (!handler) {
      // CONN-13
      this.#apply(seams.gate.onUnknownCommand(command_id, this));
      return;
    }
    const message = this.#decode(handler, frame.body);
    if (message === undefined) return;
    const request = { self: this.self, nickname: this.#nickname, message };
    const effects = perform(handler, request, this.#gate.context, this.#gate.reportFailure);
    if (Array.isArray(effects) && this.#turns.size === 0) {
      const turn: Turn = { command: handler.command, number: seq_num, effects };
      for (const effect of effects) this.#carryOut(effect, turn);
      return;
    }
    this.#await(handler, seq_num, effects);
  }

  #await(handler: Handler, number: number, effects: Effect[] | Promise<Effect[]>): void {
    const turn = this.#turns.begin(handler.command, number);
    if (Array.isArray(effects)) {
      // Nothing behind a logout is handled, though it waits itself for what was asked before it (LOGOUT-01).
      if (effects.some(({ kind }) => kind === "close")) this.#alone = true;
      this.#turns.finish(turn, effects, this.#carryOut);
      return;
    }
    if (!handler.pipelined) this.#alone = true;
    const { meter } = this.#gate;
    const startedAt = handler.command.id === commands.MSG_DATA.id ? performance.now() : undefined;
    meter.requestsInFlight++;
    const done = this.#gate.hasOtherGates ? effects.then((results) => this.#tellOtherGates(results, turn)) : effects;
    done.then((results) => {
      meter.requestsInFlight--;
      if (startedAt !== undefined) meter.acknowledged(performance.now() - startedAt);
      if (!handler.pipelined) this.#alone = false;
      this.#turns.finish(turn, results, this.#carryOut);
      if (this.#takesRequests) this.#pull();
      else this.#hangUpWhenDone();
    });
  }

  /**
   * Lets the other gates know what they have to before the answer leaves: a gate that dies between the two would have said
   * that a message is there, and nobody else would push it; and who is told to be logged in is pushed to from then on.
   * @returns what is left to do
   */
  async #tellOtherGates(effects: readonly Effect[], turn: Turn): Promise<Effect[]> {
    for (const effect of effects) if (effect.kind === "login") await this.#gate.announce(effect.user_id);
    return this.#publish(effects, turn);
  }

  async #publish(effects: readonly Effect[], turn: Turn): Promise<Effect[]> {
    const published: (Promise<void> | undefined)[] = [];
    const left: Effect[] = [];
    for (const effect of effects) {
      if (effect.kind !== "push") left.push(effect);
      else {
        try {
          published.push(this.#gate.fanOut(effect, this.id));
        } catch (error) {
          this.#gate.reportFailure(turn, error);
        }
      }
    }
    if (published.length === 0) return left;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PUBLISH_PATIENCE_MS);
    });
    await Promise.race([Promise.all(published), late]);
    clearTimeout(timer);
    return left;
  }

  /** CONN-14: a body that does not parse is ignored. */
  #decode(handler: Handler, body: Uint8Array): unknown {
    try {
      return handler.command.body.decode(body);
    } catch (error) {
      if (!isProtocolError(error)) throw error;
      mark("CONN-14");
      const action = this.#gate.seams.gate.onUndecodableBody(handler.command, this);
      return this.#apply(action) ? handler.command.body.create() : undefined;
    }
  }

  /** @returns whether to go on with the packet */
  #apply(action: PacketAction): boolean {
    if (action === "close") this.close();
    return action === "handle";
  }

  readonly #carryOut = (effect: Effect, turn: Turn): void => {
    try {
      this.#do(effect, turn);
    } catch (error) {
      // CONN-17: an effect that cannot be carried out, such as a message that cannot be encoded, ends nothing else.
      this.#gate.reportFailure(turn, error);
    }
  };

  #do(effect: Effect, turn: Turn): void {
    switch (effect.kind) {
      case "reply":
        this.#reply(effect.command, effect.message, turn);
        effect.release?.();
        break;
      case "push":
        void this.#gate.fanOut(effect, this.id);
        break;
      case "confirmed":
        this.#unconfirmed?.confirmed(effect.client_msg_id);
        break;
      case "login":
        this.#goOnline(effect.user_id, effect.nick_name);
        break;
      case "close":
        this.close();
        break;
    }
  }

  #awaitConfirmation(clientMsgId: string): void {
    const now = performance.now();
    this.#unconfirmed ??= new Unconfirmed();
    this.#unconfirmed.pushed(clientMsgId, now + this.#gate.seams.timers.ackTimeoutMs);
    this.#forgetUnconfirmed(now);
  }

  #forgetUnconfirmed(now: number): void {
    this.#gate.meter.pushesUnconfirmed += this.#unconfirmed?.forgetOverdue(now) ?? 0;
  }

  #reply(command: Command, message: unknown, turn: Turn): void {
    if (this.#state === "closed") return;
    if (this.self === 0n) this.#gate.meter.loginsFailed++;
    const seam = this.#gate.seams.gate;
    const number = seam.replyNumber(turn.command, turn.number, this.#nextPushNumber);
    this.#send(command, message, seam.encode(command, message), number, true);
  }

  readonly #nextPushNumber = (): number => {
    this.#pushNumber = this.#gate.seams.gate.nextPushNumber(this.#pushNumber);
    return this.#pushNumber;
  };

  #send(command: Command, message: unknown, frame: Uint8Array, seq_num: number, isReply: boolean): void {
    const { outgoing, encode } = this.#gate.seams.gate;
    if (isReply) this.#count(frame.length >> REQUEST_BYTES_LOG2);
    if (outgoing === undefined) {
      this.#queue(frame, seq_num, !isReply);
      return;
    }
    for (const packet of outgoing({ command, message, isReply, seq_num, connection: this })) {
      this.#queue(encode(packet.command, packet.message), packet.seq_num, true);
    }
  }

  #queue(frame: Uint8Array, number: number, isShared: boolean): void {
    if (this.#outbox.isEmpty) this.#gate.flushSoon(this);
    this.#outbox.add(frame, number, isShared);
    this.#gate.meter.packetsOut++;
  }

  #goOnline(userId: bigint, nickname: string): void {
    if (!this.#takesRequests) return;
    this.self = userId;
    this.#nickname = nickname;
    if (this.#state !== "open") return;
    this.#aliveAt = performance.now();
    this.#gate.deadlines.watch(this, this.#aliveAt + this.#gate.seams.timers.heartbeatTimeoutMs);
    this.#gate.online(this);
  }

  #goOffline(): void {
    if (this.#state === "open" && this.self !== 0n) this.#gate.offline(this);
  }

  #hangUpWhenDone(): void {
    if (this.#state === "closing" && this.#turns.size === 0) this.#hangUp();
  }

  #hangUp(): void {
    if (this.#hungUp) return;
    this.#hungUp = true;
    this.flush();
    this.#gate.seams.gate.hangUp(this.#socket);
    if (this.#paused) this.#socket.resume();
    this.#gate.deadlines.watch(this, performance.now() + LINGER_MS);
  }
}

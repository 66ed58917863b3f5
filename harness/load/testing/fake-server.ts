import { createServer, type Server, type Socket } from "node:net";
import {
  type CIMMsgData,
  CIMSessionType,
  type Command,
  commands,
  encodeFrame,
  encodeRawFrame,
  type Frame,
  Framer,
  type Partially,
} from "../../../codegen/index.ts";
import { echo, echoed } from "../../../codegen/testing/echo-commands.ts";
import type { Target } from "../../targets/index.ts";
import { FakeStore } from "./fake-store.ts";
import { FaultCounter, type Faults } from "./faults.ts";

const QUOTES: readonly number[] = [...Buffer.from("'\"\\")];
/** Any result code but success. */
const REFUSED = 2;

interface FakeConnection {
  socket: Socket;
  userId: bigint;
  pushNumber: number;
  /** Work that waits for its turn: messages of one sender are handled in order, also when one is delayed. */
  queue: Promise<void>;
  isCut: boolean;
}

/**
 * A server of the tests with exactly known faults and delays. It keeps the rules apart from those, so that every
 * alarm on it is either proven right or proven false.
 */
export class FakeServer {
  readonly faults: FaultCounter;
  readonly #options: Faults;
  readonly #store = new FakeStore();
  readonly #server: Server;
  readonly #connections = new Set<FakeConnection>();
  readonly #byUser = new Map<bigint, FakeConnection>();
  readonly #ids = new Map<string, bigint>();
  /** Pushes held back until the next one of the same sender to the same receiver. */
  readonly #held = new Map<string, CIMMsgData>();
  #messages = 0;
  /** Messages that came again and had been stored before. */
  readonly repeated: Set<string> = new Set();
  #stalledUntil = 0;
  #nextSlot = 0;
  #logins: Promise<void> = Promise.resolve();
  /** When the stall began, on the clock of `performance.now`. */
  stallStartedAt: number | undefined;

  private constructor(options: Faults) {
    this.#options = options;
    this.faults = new FaultCounter(options);
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  }

  static async start(options: Faults = {}): Promise<FakeServer> {
    const server = new FakeServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", 4096, resolve));
    return server;
  }

  /** Connections that were made. */
  accepted = 0;

  /** Messages that came. */
  get messages(): number {
    return this.#messages;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  /** The server as a target of a load run. */
  get target(): Target {
    const address = { scheme: "tcp", host: "127.0.0.1", port: this.port, path: "/" } as const;
    return {
      startedBy: "external",
      address,
      addresses: { tcp: address },
      http: undefined,
      control: undefined,
      logTail: () => [],
      usage: async () => undefined,
      stop: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    };
  }

  /** Cuts all connections and takes no more, as a server that dies. */
  async die(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const { socket } of this.#connections) socket.resetAndDestroy();
    await closed;
  }

  #accept(socket: Socket): void {
    this.accepted += 1;
    const framer = new Framer();
    const connection: FakeConnection = { socket, userId: 0n, pushNumber: 0, queue: Promise.resolve(), isCut: false };
    this.#connections.add(connection);
    const { patienceMs } = this.#options;
    if (patienceMs !== undefined) socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on("data", (chunk) => {
      framer.push(chunk);
      for (let frame = framer.next(); frame; frame = framer.next()) this.#take(connection, frame);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#connections.delete(connection);
      if (this.#byUser.get(connection.userId) === connection) this.#byUser.delete(connection.userId);
    });
  }

  #take(connection: FakeConnection, frame: Frame): void {
    const { command_id, seq_num } = frame.header;
    const reply = <M>(command: Command<M>, message: Partially<M>): void => {
      connection.socket.write(encodeFrame(command, message, seq_num));
    };
    switch (command_id) {
      case commands.LOGIN_AUTH_REQ.id: {
        if (this.#options.ignoresLogins) return;
        const { user_name } = commands.LOGIN_AUTH_REQ.body.decode(frame.body);
        connection.userId = this.#idOf(user_name);
        this.#byUser.set(connection.userId, connection);
        void this.#waitForLogin().then(() =>
          reply(commands.LOGIN_AUTH_RSP, { result_code: 200, user_info: { user_id: connection.userId } }),
        );
        return;
      }
      case echo.id:
        if (this.#options.ownCommand) {
          const body = this.#options.ownCommand === "broken" ? Uint8Array.of(0x08) : frame.body;
          const answer = this.#options.ownCommand === "acknowledged" ? commands.MSG_DATA_ACK.id : echoed.id;
          connection.socket.write(encodeRawFrame({ command_id: answer, seq_num }, body));
        }
        return;
      case commands.LOGIN_HEARTBEAT.id:
        reply(commands.LOGIN_HEARTBEAT, {});
        return;
      case commands.MSG_DATA.id: {
        const message = commands.MSG_DATA.body.decode(frame.body);
        this.#messages++;
        const { onQuotes } = this.#options;
        if (onQuotes && hasQuotes(message)) {
          if (onQuotes === "refuse") this.#acknowledge(connection, message, seq_num, REFUSED);
          if (onQuotes !== "eat") return;
          message.msg_data = message.msg_data.filter((byte) => !QUOTES.includes(byte));
        }
        connection.queue = connection.queue.then(() => this.#handleMessage(connection, message, seq_num));
        return;
      }
      case commands.MSG_READ_ACK.id: {
        const { user_id, session_id, msg_id, session_type } = commands.MSG_READ_ACK.body.decode(frame.body);
        this.#store.read(user_id, session_id, session_type);
        if (session_type === CIMSessionType.kCIM_SESSION_TYPE_SINGLE)
          this.#push(session_id, commands.MSG_READ_NOTIFY, { user_id, session_id, msg_id, session_type });
        return;
      }
      case commands.LIST_MSG_REQ.id: {
        const request = commands.LIST_MSG_REQ.body.decode(frame.body);
        const { user_id, session_id, session_type, end_msg_id, limit_count } = request;
        const { most, larger } = this.#options.pages ?? { most: limit_count, larger: "shorter" };
        if (limit_count > most && larger === "unanswered") return;
        const page = this.#store.history(user_id, session_id, session_type, end_msg_id, Math.min(limit_count, most));
        const msg_list = limit_count > most && larger === "empty" ? [] : page;
        reply(commands.LIST_MSG_RSP, { user_id, session_id, session_type, end_msg_id, msg_list });
        return;
      }
      case commands.LIST_RECENT_CONTACT_SESSION_REQ.id: {
        const contact_session_list = this.#store.sessions(connection.userId);
        const unread_counts = contact_session_list.reduce((sum, session) => sum + session.unread_cnt, 0);
        reply(commands.LIST_RECENT_CONTACT_SESSION_RSP, {
          user_id: connection.userId,
          unread_counts,
          contact_session_list,
        });
        return;
      }
      case commands.GROUP_CREATE_DEFAULT_REQ.id: {
        const { user_id, member_id_list } = commands.GROUP_CREATE_DEFAULT_REQ.body.decode(frame.body);
        const group_id = this.#store.createGroup([user_id, ...member_id_list]);
        reply(commands.GROUP_CREATE_DEFAULT_RSP, { user_id, result_code: 200, group_info: { group_id } });
      }
    }
  }

  async #handleMessage(connection: FakeConnection, message: CIMMsgData, seqNum: number): Promise<void> {
    await this.#waitForTurn();
    if (connection.isCut) return;
    const { faults } = this;
    const known = this.#store.find(message);
    if (known && this.#options.onRepeat !== "store again") {
      this.repeated.add(message.client_msg_id);
      this.#answerRepeat(connection, known, seqNum);
      return;
    }
    const isCut = faults.hits("cutEvery");
    if (isCut && (faults.done.cutEvery ?? 0) % 2 === 0) {
      this.#cut(connection);
      return;
    }
    if (known) this.repeated.add(message.client_msg_id);
    const stored = this.#store.add(message, faults.hits("forgetEvery"), faults.hits("countTwiceEvery") ? 2 : 1);
    if (isCut) this.#cut(connection);
    else if (!faults.hits("keepSilentEvery")) {
      this.#acknowledge(connection, stored, seqNum);
      if (faults.hits("acknowledgeTwiceEvery")) this.#acknowledge(connection, stored, seqNum);
    }
    for (const receiver of this.#store.receivers(stored)) this.#deliver(receiver, stored);
    if (faults.hits("leakEvery")) this.#push(this.#stranger(stored), commands.MSG_DATA, stored);
  }

  /** A message that comes again is answered as it was the first time (MSG-07). */
  #answerRepeat(connection: FakeConnection, known: CIMMsgData, seqNum: number): void {
    this.#acknowledge(connection, known, seqNum);
    if (this.#options.onRepeat === "count again") this.#store.count(known, 1);
    if (this.#options.onRepeat !== "push again") return;
    for (const receiver of this.#store.receivers(known)) this.#push(receiver, commands.MSG_DATA, known);
  }

  /** What the client has sent after this message is lost, too: nothing of it was read yet. */
  #cut(connection: FakeConnection): void {
    connection.isCut = true;
    connection.socket.resetAndDestroy();
  }

  async #waitForLogin(): Promise<void> {
    const { logins } = this.#options;
    if (!logins) return;
    const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, logins.millis));
    if (!logins.oneByOne) return wait();
    this.#logins = this.#logins.then(wait);
    return this.#logins;
  }

  async #waitForTurn(): Promise<void> {
    const { delay, stall, capPerSecond } = this.#options;
    if (stall && this.#messages >= stall.afterMessages && this.stallStartedAt === undefined) {
      this.stallStartedAt = performance.now();
      this.#stalledUntil = this.stallStartedAt + stall.millis;
    }
    let until = this.#stalledUntil;
    if (delay && this.#messages % delay.every === 0) until = Math.max(until, performance.now() + delay.millis);
    if (capPerSecond) {
      this.#nextSlot = Math.max(this.#nextSlot, performance.now()) + 1000 / capPerSecond;
      until = Math.max(until, this.#nextSlot - 1000 / capPerSecond);
    }
    // Timers can come early; a known delay must not be shorter than said.
    for (let wait = until - performance.now(); wait > 0; wait = until - performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  #acknowledge({ socket }: FakeConnection, message: CIMMsgData, seqNum: number, resCode = 1): void {
    const { from_user_id, to_session_id, client_msg_id, server_msg_id, session_type, create_time } = message;
    const ack = {
      from_user_id,
      to_session_id,
      client_msg_id,
      server_msg_id,
      session_type,
      create_time,
      res_code: resCode,
    };
    socket.write(encodeFrame(commands.MSG_DATA_ACK, ack, seqNum));
  }

  #deliver(receiver: bigint, message: CIMMsgData): void {
    const { faults } = this;
    const stream = `${message.from_user_id}/${receiver}/${message.session_type}`;
    const held = this.#held.get(stream);
    if (faults.hits("loseEvery")) return;
    if (!held && faults.hits("swapEvery")) {
      this.#held.set(stream, message);
      return;
    }
    const pushed = { ...message };
    if (faults.hits("renumberEvery")) pushed.server_msg_id += 1_000_000n;
    if (faults.hits("corruptEvery")) pushed.msg_data = corrupted(message.msg_data);
    this.#push(receiver, commands.MSG_DATA, pushed);
    if (faults.hits("duplicateEvery")) this.#push(receiver, commands.MSG_DATA, pushed);
    if (!held) return;
    this.#held.delete(stream);
    this.#push(receiver, commands.MSG_DATA, held);
  }

  /** Swaps that never happened, because the sender's next message did not come: these look like losses. */
  get heldBack(): number {
    return this.#held.size;
  }

  #stranger(message: CIMMsgData): bigint {
    const involved = new Set([message.from_user_id, ...this.#store.receivers(message)]);
    return [...this.#byUser.keys()].find((user) => !involved.has(user)) ?? 0n;
  }

  #push<M>(user: bigint, command: Command<M>, message: Partially<M>): void {
    const connection = this.#byUser.get(user);
    if (!connection) return;
    connection.pushNumber = (connection.pushNumber % 65_534) + 1;
    connection.socket.write(encodeFrame(command, message, connection.pushNumber));
  }

  #idOf(userName: string): bigint {
    const id = this.#ids.get(userName) ?? BigInt(this.#ids.size + 1001);
    this.#ids.set(userName, id);
    return id;
  }
}

function hasQuotes({ msg_data }: CIMMsgData): boolean {
  return msg_data.some((byte) => QUOTES.includes(byte));
}

function corrupted(content: Uint8Array): Uint8Array {
  const changed = new Uint8Array(content);
  const last = changed.length - 1;
  changed[last] = (changed[last] as number) ^ 1;
  return changed;
}

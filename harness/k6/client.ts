import { WebSocket } from "k6/websockets";
import {
  CIMClientType,
  CIMErrorCode,
  type CIMMsgData,
  type CIMUserInfo,
  type Command,
  cimRegistry,
  commands,
  encodeFrame,
  type Frame,
  Framer,
  isProtocolError,
  type Partially,
  type Registry,
} from "../../codegen/index.ts";
import { confirmationOf } from "../confirmation.ts";
import { deadline, now } from "./clock.ts";
import { counters, record } from "./metrics.ts";
import type { K6User } from "./users.ts";

/** Name and version that a login announces. */
const CLIENT_VERSION = "cupping-k6";

/** Numbers that a client gives its requests: 1 to 65535, then 1 again. */
const LAST_SEQ_NUM = 65_535;

/** How a client behaves. */
export interface K6ClientOptions {
  /** Longest wait for a connection or an answer, milliseconds. Default 10 s. */
  readonly timeoutMs?: number;
  /** Time between two heartbeats, milliseconds. Default 20 s; a server closes after 60 s without (HB-02). */
  readonly heartbeatMs?: number;
  /** Confirms pushed messages by itself (ACK-01). Default true. */
  readonly acknowledge?: boolean;
  /**
   * The commands that the server may send; others are ignored (wire contract §2.1). Default: those of CIM. The answer
   * to a request is read by the request's own command, so that only pushes of one's own need a registry.
   */
  readonly registry?: Registry;
}

interface Pending {
  readonly command: Command;
  resolve(message: unknown): void;
  reject(error: Error): void;
}

/** Why a client cannot go on. */
export class K6ClientError extends Error {
  override readonly name = "K6ClientError";
}

/**
 * One connection of one user over WebSocket, inside k6.
 *
 * The connection belongs to the iteration of k6 that opened it: k6 ends no iteration while a connection is open, so
 * call {@link close} in the end.
 */
export class K6Client {
  readonly #socket: WebSocket;
  readonly #framer = new Framer();
  readonly #pending = new Map<number, Pending>();
  readonly #handlers = new Map<number, (message: never) => void>();
  readonly #registry: Registry;
  readonly #timeoutMs: number;
  readonly #acknowledge: boolean;
  #seqNum = 0;
  #heartbeat: number | undefined;
  #closed = false;
  #user: CIMUserInfo | undefined;

  private constructor(socket: WebSocket, options: K6ClientOptions) {
    this.#socket = socket;
    this.#registry = options.registry ?? cimRegistry;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#acknowledge = options.acknowledge ?? true;
    socket.onmessage = (event) => this.#receive(new Uint8Array(event?.data as ArrayBuffer));
    socket.onclose = () => this.#end("the server closed the connection");
    socket.onerror = (event) => this.#end(`the connection failed: ${event?.error ?? "no reason given"}`);
  }

  /**
   * Connects and logs in. Records the metrics `connect` and `login`.
   * @throws K6ClientError
   */
  static async login(url: string, user: K6User, options: K6ClientOptions = {}): Promise<K6Client> {
    const client = await K6Client.connect(url, options);
    try {
      const began = now();
      const reply = await client.request(commands.LOGIN_AUTH_REQ, {
        ...user,
        client_type: CIMClientType.kCIM_CLIENT_TYPE_WEB,
        client_version: CLIENT_VERSION,
      });
      if (reply.result_code !== CIMErrorCode.kCIM_ERR_SUCCESS || !reply.user_info) {
        throw new K6ClientError(`a login was refused with code ${reply.result_code}`);
      }
      record("login", now() - began);
      counters.logins.add(1);
      client.#user = reply.user_info;
      client.#keepAlive(options.heartbeatMs ?? 20_000);
      return client;
    } catch (error) {
      counters.clients_failed.add(1);
      client.close();
      throw error;
    }
  }

  /** Connects without logging in. Records the metric `connect`. */
  static connect(url: string, options: K6ClientOptions = {}): Promise<K6Client> {
    const began = now();
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer" as never;
    const client = new K6Client(socket, options);
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => {
        counters.clients_failed.add(1);
        reject(new K6ClientError(reason));
      };
      const clearDeadline = deadline(() => {
        client.#onFailedConnect = undefined;
        client.close();
        fail(`${url} did not accept a connection within ${client.#timeoutMs} ms`);
      }, client.#timeoutMs);
      socket.onopen = () => {
        clearDeadline();
        client.#onFailedConnect = undefined;
        record("connect", now() - began);
        resolve(client);
      };
      client.#onFailedConnect = (reason) => {
        clearDeadline();
        fail(reason);
      };
    });
  }

  /** Told when the connection ends before it was open. */
  #onFailedConnect: ((reason: string) => void) | undefined;

  /** The user who has logged in. */
  get user(): CIMUserInfo {
    if (!this.#user) throw new K6ClientError("this connection is not logged in");
    return this.#user;
  }

  /** Whether the connection has ended. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Calls `handler` for every packet of a command that answers no request; one handler per command. */
  on<M>(command: Command<M>, handler: (message: M) => void): void {
    this.#handlers.set(command.id, handler as (message: never) => void);
  }

  /**
   * Sends a packet that has no answer.
   * @returns its `seq_num`
   */
  send<M>(command: Command<M>, message: Partially<M>): number {
    if (this.#closed) throw new K6ClientError("the connection is closed");
    this.#seqNum = this.#seqNum === LAST_SEQ_NUM ? 1 : this.#seqNum + 1;
    const frame = encodeFrame(command, message, this.#seqNum);
    // A buffer of the packet's own: the pool behind a view would go through k6's conversions with it.
    this.#socket.send(frame.slice().buffer);
    return this.#seqNum;
  }

  /**
   * Sends a request and waits for its answer.
   * @throws K6ClientError when none comes in time, when it is not the message that is due, or when the connection ends
   */
  request<M, R>(command: Command<M, R>, message: Partially<M>): Promise<R> {
    if (command.replyId === undefined || command.replyBody === undefined) {
      throw new K6ClientError(`${command.name} has no answer; use send`);
    }
    const seqNum = this.send(command, message);
    return new Promise<R>((resolve, reject) => {
      const clearDeadline = deadline(() => {
        this.#pending.delete(seqNum);
        reject(new K6ClientError(`${command.name} ${seqNum} was not answered within ${this.#timeoutMs} ms`));
      }, this.#timeoutMs);
      this.#pending.set(seqNum, {
        command: command as Command,
        resolve: (reply) => {
          clearDeadline();
          resolve(reply as R);
        },
        reject: (error) => {
          clearDeadline();
          reject(error);
        },
      });
    });
  }

  /** Ends the connection. */
  close(): void {
    if (this.#closed) return;
    this.#end("the client closed the connection");
    this.#socket.close();
  }

  #keepAlive(intervalMs: number): void {
    this.#heartbeat = setInterval(() => {
      if (!this.#closed) this.send(commands.LOGIN_HEARTBEAT, {});
    }, intervalMs) as unknown as number;
  }

  #receive(bytes: Uint8Array): void {
    try {
      this.#framer.push(bytes);
      for (let frame = this.#framer.next(); frame; frame = this.#framer.next()) this.#take(frame);
    } catch (error) {
      console.error(`cupping: ${(error as Error).message}`);
      this.close();
    }
  }

  #take(frame: Frame): void {
    const { command_id, seq_num } = frame.header;
    const pending = this.#pending.get(seq_num);
    // A push may carry the number of a request that waits, so the command decides first.
    if (pending !== undefined && pending.command.replyId === command_id) {
      this.#pending.delete(seq_num);
      settle(pending, frame.body);
      return;
    }
    const command = this.#registry.byId(command_id);
    if (!command) return;
    const message = command.body.decode(frame.body);
    if (command.id === commands.MSG_DATA.id && this.#acknowledge) {
      this.send(commands.MSG_DATA_ACK, confirmationOf(message as CIMMsgData, this.user.user_id));
    }
    this.#handlers.get(command.id)?.(message as never);
  }

  #end(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#heartbeat !== undefined) clearInterval(this.#heartbeat as never);
    this.#onFailedConnect?.(reason);
    for (const pending of this.#pending.values()) pending.reject(new K6ClientError(reason));
    this.#pending.clear();
  }
}

function settle({ command, resolve, reject }: Pending, body: Uint8Array): void {
  try {
    resolve(command.replyBody?.decode(body));
  } catch (error) {
    if (!isProtocolError(error)) throw error;
    reject(new K6ClientError(`${command.name} was answered with a body that is not a ${command.replyBody?.typeName}`));
  }
}

import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import {
  type Command,
  cimRegistry,
  commands,
  encodeFrame,
  type Frame,
  Framer,
  type Partially,
} from "../../codegen/index.ts";

/** How long a test waits for a packet that must come, in milliseconds. */
const PATIENCE_MS = 5000;

/** A packet that came. */
export interface Received {
  command_id: number;
  seq_num: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests name the fields of the command that they wait for.
  message: any;
}

/** A bare client for tests of the server: every packet in the order in which it came, matched by hand. */
export class TestClient {
  readonly socket: Socket;
  /** Packets that nobody has taken yet. */
  readonly inbox: Received[] = [];
  readonly closed: Promise<void>;
  isClosed = false;
  #seq = 0;
  #waiting: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    const framer = new Framer();
    socket.on("data", (bytes) => {
      framer.push(bytes);
      for (let frame = framer.next(); frame; frame = framer.next()) this.inbox.push(decode(frame));
      this.#wake();
    });
    socket.on("error", () => {});
    this.closed = new Promise((resolve) => {
      socket.on("close", () => {
        this.isClosed = true;
        this.#wake();
        resolve();
      });
    });
  }

  static async connect(port: number, host = "127.0.0.1"): Promise<TestClient> {
    const socket = connectTcp({ port, host, noDelay: true });
    await once(socket, "connect");
    return new TestClient(socket);
  }

  /** Sends a packet; its number. */
  send<M>(command: Command<M>, message: Partially<M>, seq: number = ++this.#seq): number {
    this.socket.write(encodeFrame(command, message, seq));
    return seq;
  }

  /** Sends a request and takes its answer. */
  // biome-ignore lint/suspicious/noExplicitAny: see Received
  async request<M>(command: Command<M>, message: Partially<M>): Promise<any> {
    const seq = this.send(command, message);
    return (await this.take((each) => each.command_id === command.replyId && each.seq_num === seq)).message;
  }

  /** Takes the oldest packet of a command. */
  // biome-ignore lint/suspicious/noExplicitAny: see Received
  async next(command: Command<any>): Promise<any> {
    return (await this.take((each) => each.command_id === command.id)).message;
  }

  /** Takes the oldest packet that fits. */
  async take(fits: (received: Received) => boolean): Promise<Received> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const at = this.inbox.findIndex(fits);
      if (at !== -1) return this.inbox.splice(at, 1)[0] as Received;
      if (this.isClosed) throw new Error("the server closed the connection before the packet came");
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`no such packet within ${PATIENCE_MS} ms; there are ${describe(this.inbox)}`);
      await this.#change(left);
    }
  }

  /**
   * Fulfilled once everything that the server sent because of earlier requests has come: a history request of no
   * messages is answered behind it.
   */
  async settle(self: bigint): Promise<void> {
    await this.request(commands.LIST_MSG_REQ, { user_id: self, session_type: 1, session_id: 1n, limit_count: 0 });
  }

  async close(): Promise<void> {
    this.socket.end();
    await this.closed;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  #change(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function decode({ header, body }: Frame): Received {
  const command = cimRegistry.byId(header.command_id);
  return { command_id: header.command_id, seq_num: header.seq_num, message: command?.body.decode(body) };
}

function describe(inbox: readonly Received[]): string {
  return inbox.map((each) => cimRegistry.byId(each.command_id)?.name ?? each.command_id).join(", ") || "none";
}

import { connect, type Socket } from "node:net";
import { createHistogram } from "node:perf_hooks";
import { type Command, commands, encodeFrame, Framer, type Partially } from "../../codegen/index.ts";
import type { BenchUser } from "./users.ts";

/** What one run measured. */
export interface ChatFigures {
  /** Messages per second acknowledged as durable. */
  acknowledgedPerSecond: number;
  /** Messages per second that reached their receiver. */
  deliveredPerSecond: number;
  /** From sending to the acknowledgement, in milliseconds. */
  acknowledgementMs: { p50: number; p99: number };
}

/** How the chat goes. */
export interface ChatOptions {
  port: number;
  /** An even number: each two are a pair, and both write. */
  users: readonly BenchUser[];
  /**
   * `window`: each user has so many messages on their way at a time, and sends the next when one is acknowledged.
   * `rate`: so many messages per second over all users, whatever comes back; latency counts from the planned moment.
   */
  pace: { window: number } | { rate: number };
  /** Milliseconds that count, after a warm-up. */
  durationMs: number;
  warmUpMs: number;
  /** Bytes of `msg_data`. */
  payload: number;
}

/** One user: sends as soon as an acknowledgement is there, and confirms what comes. */
class Chatter {
  readonly #socket: Socket;
  readonly #framer = new Framer();
  /** By `seq_num`, when the message was or should have been sent. */
  readonly #dueAt = new Map<number, number>();
  readonly #self: BenchUser;
  readonly #peer: BenchUser;
  readonly #onAcknowledged: (sinceMs: number) => void;
  readonly #onDelivered: () => void;
  readonly #msgData: Uint8Array;
  readonly #repeats: boolean;
  #resolveLogin: (() => void) | undefined;
  #seq = 0;
  #sent = 0;
  stopped = false;

  constructor(
    options: ChatOptions,
    self: BenchUser,
    peer: BenchUser,
    hooks: { onAcknowledged: (sinceMs: number) => void; onDelivered: () => void },
  ) {
    this.#self = self;
    this.#peer = peer;
    this.#onAcknowledged = hooks.onAcknowledged;
    this.#onDelivered = hooks.onDelivered;
    this.#repeats = "window" in options.pace;
    this.#msgData = new Uint8Array(options.payload).fill(0x61);
    this.#socket = connect({ port: options.port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("data", (bytes) => this.#onData(bytes));
  }

  login(): Promise<void> {
    this.#send(commands.LOGIN_AUTH_TOKEN_REQ, { user_id: this.#self.user_id, user_token: this.#self.token });
    return new Promise((resolve) => {
      this.#resolveLogin = resolve;
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #send<M>(command: Command<M>, message: Partially<M>): number {
    this.#seq = this.#seq >= 65534 ? 1 : this.#seq + 1;
    this.#socket.write(encodeFrame(command, message, this.#seq));
    return this.#seq;
  }

  /** @param dueAt when it should be sent; now or earlier */
  sendMessage(dueAt: number): void {
    if (this.stopped) return;
    const seq = this.#send(commands.MSG_DATA, {
      from_user_id: this.#self.user_id,
      to_session_id: this.#peer.user_id,
      client_msg_id: `${this.#self.run}-${this.#self.user_id}-${++this.#sent}`.padEnd(36, "-"),
      msg_type: 1,
      session_type: 1,
      msg_data: this.#msgData,
    });
    this.#dueAt.set(seq, dueAt);
  }

  #onData(bytes: Uint8Array): void {
    this.#framer.push(bytes);
    this.#socket.cork();
    for (let frame = this.#framer.next(); frame; frame = this.#framer.next()) {
      const { command_id, seq_num } = frame.header;
      if (command_id === commands.MSG_DATA_ACK.id) {
        const { res_code } = commands.MSG_DATA_ACK.body.decode(frame.body);
        if (res_code !== 1) throw new Error("a message was refused");
        const now = performance.now();
        this.#onAcknowledged(now - (this.#dueAt.get(seq_num) as number));
        this.#dueAt.delete(seq_num);
        if (this.#repeats) this.sendMessage(now);
      } else if (command_id === commands.MSG_DATA.id) {
        this.#confirm(frame.body);
      } else if (command_id === commands.LOGIN_AUTH_TOKEN_RSP.id) {
        const { result_code } = commands.LOGIN_AUTH_TOKEN_RSP.body.decode(frame.body);
        if (result_code !== 200) throw new Error(`login failed: ${result_code}`);
        this.#resolveLogin?.();
      }
    }
    this.#socket.uncork();
  }

  #confirm(body: Uint8Array): void {
    const message = commands.MSG_DATA.body.decode(body);
    this.#onDelivered();
    this.#send(commands.MSG_DATA_ACK, {
      from_user_id: this.#self.user_id,
      to_session_id: message.from_user_id,
      client_msg_id: message.client_msg_id,
      session_type: 1,
    });
  }
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Gives each user its window, or sends by the plan; the result ends the plan. */
function startSending(chatters: readonly Chatter[], pace: ChatOptions["pace"]): () => void {
  const begun = performance.now();
  if ("window" in pace) {
    for (const each of chatters) for (let index = 0; index < pace.window; index++) each.sendMessage(begun);
    return () => {};
  }
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - begun) * pace.rate) / 1000;
    while (sent < due) {
      (chatters[sent % chatters.length] as Chatter).sendMessage(begun + (sent * 1000) / pace.rate);
      sent++;
    }
  }, 1);
  return () => clearInterval(timer);
}

/** Lets pairs of users write to each other. */
export async function chat(options: ChatOptions): Promise<ChatFigures> {
  const latency = createHistogram();
  let acknowledged = 0;
  let delivered = 0;
  let counts = false;
  const hooks = {
    onAcknowledged(sinceMs: number) {
      if (!counts) return;
      acknowledged++;
      latency.record(Math.max(1, Math.round(sinceMs * 1000)));
    },
    onDelivered() {
      if (counts) delivered++;
    },
  };
  const { users } = options;
  const chatters = users.map((self, index) => new Chatter(options, self, users[index ^ 1] as BenchUser, hooks));
  await Promise.all(chatters.map((each) => each.login()));
  const stopSending = startSending(chatters, options.pace);
  await delay(options.warmUpMs);
  counts = true;
  const begun = performance.now();
  await delay(options.durationMs);
  counts = false;
  const seconds = (performance.now() - begun) / 1000;
  stopSending();
  for (const each of chatters) each.stopped = true;
  await delay(200);
  for (const each of chatters) each.close();
  const milliseconds = (percentile: number): number => latency.percentile(percentile) / 1000;
  return {
    acknowledgedPerSecond: Math.round(acknowledged / seconds),
    deliveredPerSecond: Math.round(delivered / seconds),
    acknowledgementMs: { p50: milliseconds(50), p99: milliseconds(99) },
  };
}

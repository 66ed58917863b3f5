import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type Command, commands, encodeFrame, Framer, type Partially } from "../../../codegen/index.ts";
import type { BenchUser } from "../users.ts";

/** How long an answer may take, in milliseconds. */
const PATIENCE_MS = 20_000;

/** A connection over TCP: answers by their number, everything else to a listener. */
export class Line {
  readonly socket: Socket;
  isClosed = false;
  /** Called for each packet that answers nothing that was asked here. */
  onPush: (command: number, body: Uint8Array) => void = () => {};
  readonly #framer = new Framer();
  readonly #asked = new Map<number, (body: Uint8Array | undefined) => void>();
  #number = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("error", () => {});
    socket.on("data", (bytes) => this.#take(bytes));
    socket.on("close", () => {
      this.isClosed = true;
      for (const resolve of this.#asked.values()) resolve(undefined);
      this.#asked.clear();
    });
  }

  /** @throws when nobody listens */
  static async open(port: number, user?: BenchUser): Promise<Line> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    const line = new Line(socket);
    if (user) {
      const answer = await line.ask(commands.LOGIN_AUTH_TOKEN_REQ, { user_id: user.user_id, user_token: user.token });
      if (answer?.result_code !== 200) throw new Error("a login failed");
    }
    return line;
  }

  /** @returns the answer, or undefined when the connection ends or says nothing for 20 s */
  ask<M, Reply>(command: Command<M, Reply>, message: Partially<M>): Promise<Reply | undefined> {
    const number = this.#next();
    if (this.isClosed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#asked.get(number)?.(undefined), PATIENCE_MS);
      this.#asked.set(number, (body) => {
        clearTimeout(timer);
        this.#asked.delete(number);
        resolve(body && command.replyBody?.decode(body));
      });
      this.socket.write(encodeFrame(command, message, number));
    });
  }

  /** A number that no request waits under. */
  #next(): number {
    this.#number = this.#number >= 65_000 ? 1 : this.#number + 1;
    return this.#number;
  }

  #take(bytes: Uint8Array): void {
    this.#framer.push(bytes);
    for (let frame = this.#framer.next(); frame; frame = this.#framer.next()) {
      const { command_id, seq_num } = frame.header;
      const isPush = command_id === commands.MSG_DATA.id;
      const answer = isPush ? undefined : this.#asked.get(seq_num);
      if (answer) answer(frame.body);
      else this.onPush(command_id, frame.body);
    }
  }
}

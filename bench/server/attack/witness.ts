import { commands, encodeFrame } from "../../../codegen/index.ts";
import type { ServerProcess } from "../server-process.ts";
import type { BenchUser } from "../users.ts";
import { Line } from "./line.ts";

/** Pause between two messages, in milliseconds. */
const PAUSE_MS = 10;

/** One user who writes to another during an attack, and what both see of it. */
export class Witness {
  readonly #writer: Line;
  readonly #to: bigint;
  readonly #from: bigint;
  readonly #pushed = new Map<string, number>();
  #sent: string[] = [];
  #times: number[] = [];
  #unanswered = 0;
  #isWriting = false;
  #writing: Promise<void> = Promise.resolve();
  readonly #reader: Line;

  private constructor(lines: { writer: Line; reader: Line }, from: bigint, to: bigint) {
    this.#writer = lines.writer;
    this.#reader = lines.reader;
    this.#from = from;
    this.#to = to;
    lines.reader.onPush = (command, body) => {
      if (command !== commands.MSG_DATA.id) return;
      const { client_msg_id } = commands.MSG_DATA.body.decode(body);
      this.#pushed.set(client_msg_id, (this.#pushed.get(client_msg_id) ?? 0) + 1);
    };
  }

  static async open(server: ServerProcess, from: BenchUser, to: BenchUser): Promise<Witness> {
    const [writer, reader] = await Promise.all([Line.open(server.tcp, from), Line.open(server.tcp, to)]);
    return new Witness({ writer, reader }, from.user_id, to.user_id);
  }

  begin(): void {
    this.#sent = [];
    this.#times = [];
    this.#unanswered = 0;
    this.#pushed.clear();
    this.#isWriting = true;
    this.#writing = this.#write();
  }

  async #write(): Promise<void> {
    for (let number = 0; this.#isWriting; number++) {
      const client_msg_id = `witness-${performance.now()}-${number}`;
      const message = { from_user_id: this.#from, to_session_id: this.#to, client_msg_id, session_type: 1 as const };
      const begun = performance.now();
      const ack = await this.#writer.ask(commands.MSG_DATA, { ...message, msg_type: 1, msg_data: Buffer.from("?") });
      if (ack?.res_code === 1) this.#sent.push(client_msg_id);
      else this.#unanswered++;
      this.#times.push(performance.now() - begun);
      // A reader who says nothing for a minute is let go.
      if (number % 100 === 0) this.#reader.socket.write(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 7));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Ends the writing; what was acknowledged has to have been pushed, once. */
  async end(): Promise<Record<string, number>> {
    this.#isWriting = false;
    await this.#writing;
    await this.#reader.ask(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: this.#to });
    const times = this.#times.toSorted((one, other) => one - other);
    const at = (part: number): number => Number((times[Math.floor(times.length * part)] ?? 0).toFixed(1));
    return {
      "others' messages": this.#sent.length,
      "others' p50 ms": at(0.5),
      "others' p99 ms": at(0.99),
      lost: this.#unanswered + this.#sent.filter((id) => !this.#pushed.has(id)).length,
      doubled: [...this.#pushed.values()].filter((times) => times > 1).length,
    };
  }

  close(): void {
    this.#writer.socket.destroy();
    this.#reader.socket.destroy();
  }
}

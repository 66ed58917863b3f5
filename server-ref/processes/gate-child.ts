import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import type { ListenOptions } from "../gate/listeners.ts";
import type { Accept, SocketListener } from "../gate/socket.ts";
import { RemoteSocket } from "./remote-socket.ts";
import { type Unit, UnitKind, UnitReader, UnitWriter } from "./unit.ts";

/** The ports that a gate listens on. */
export interface GatePorts {
  tcp: number | null;
  ws: number | null;
}

interface RemoteClient {
  socket: RemoteSocket;
  listener: SocketListener | undefined;
}

/** A gate process seen from the server: its clients come in by `accept` as those of this process would. */
export class GateChild {
  readonly #child: ChildProcess;
  readonly #accept: Accept;
  readonly #writer: UnitWriter;
  readonly #clients = new Map<number, RemoteClient>();
  readonly exited: Promise<unknown>;
  #listening: ((answer: GatePorts | { error: Error }) => void) | undefined;

  constructor(accept: Accept) {
    this.#accept = accept;
    const script = fileURLToPath(new URL(`./gate-process${extname(import.meta.url)}`, import.meta.url));
    this.#child = spawn(process.execPath, [script], { stdio: ["ignore", "inherit", "inherit", "pipe"] });
    this.exited = once(this.#child, "exit").then(() => this.#lost());
    const pipe = this.#child.stdio[3] as Duplex;
    this.#writer = new UnitWriter((bytes, taken) => pipe.write(bytes, taken));
    const reader = new UnitReader();
    pipe.on("data", (bytes: Buffer) => {
      for (const unit of reader.read(bytes)) this.#take(unit);
    });
    // A gate that is gone is noticed by its exit.
    pipe.on("error", () => {});
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Fulfilled when the gate listens; rejects with the system's error, or when the gate ended. */
  async listen(options: ListenOptions): Promise<GatePorts> {
    const answered = new Promise<GatePorts | { error: Error }>((resolve) => {
      this.#listening = resolve;
    });
    this.#writer.send(UnitKind.listen, 0, Buffer.from(JSON.stringify(options)));
    const ended = this.exited.then(() => ({ error: new Error("a gate process ended before it listened") }));
    const answer = await Promise.race([answered, ended]);
    if ("error" in answer) throw Object.assign(new Error(answer.error.message), answer.error);
    return answer;
  }

  stopListening(): void {
    this.#writer.send(UnitKind.stopListening, 0);
  }

  renewTls(tls: NonNullable<ListenOptions["tls"]>): void {
    this.#writer.send(UnitKind.renewTls, 0, Buffer.from(JSON.stringify(tls)));
  }

  /** Ends the process; its clients must be gone, or are cut. */
  async end(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.exited;
  }

  #take({ kind, id, payload }: Unit): void {
    if (kind === UnitKind.listen) this.#listening?.(JSON.parse(Buffer.from(payload).toString()));
    else if (kind === UnitKind.open) {
      this.#open(id, payload[0] === 1 ? "ws" : "tcp", Buffer.from(payload.subarray(1)).toString());
    } else this.#notify(id, kind, payload);
  }

  #open(id: number, transport: "tcp" | "ws", address: string): void {
    const socket = new RemoteSocket(id, transport, address, this.#writer);
    const listener = this.#accept(socket);
    if (listener) {
      this.#clients.set(id, { socket, listener });
      // The backlog as it was told last may be of before: whether there is room now is for the connection to say.
      socket.onArrived = () => listener.onDrain();
    } else socket.destroy();
  }

  #notify(id: number, kind: UnitKind, payload: Uint8Array): void {
    const client = this.#clients.get(id);
    if (!client) return;
    switch (kind) {
      case UnitKind.data:
        client.listener?.onData(payload);
        break;
      case UnitKind.end:
        client.listener?.onEnd();
        break;
      case UnitKind.backlog:
        client.socket.backlog = Buffer.from(payload).readDoubleBE();
        if (client.socket.backlog === 0) client.listener?.onDrain();
        break;
      case UnitKind.partial:
        client.listener?.onPartial(Buffer.from(payload).readDoubleBE());
        break;
      case UnitKind.destroy:
        this.#clients.delete(id);
        client.listener?.onClosed();
        break;
    }
  }

  #lost(): void {
    for (const { listener } of this.#clients.values()) listener?.onClosed();
    this.#clients.clear();
  }
}

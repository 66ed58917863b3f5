import { CloseCode, type GateSocket } from "../gate/socket.ts";
import { UnitKind, type UnitWriter } from "./unit.ts";

/** A client's socket that lives in a gate process. */
export class RemoteSocket implements GateSocket {
  readonly transport: "tcp" | "ws";
  readonly address: string;
  /** As last reported by the gate, which does so after each turn in which the client did not take everything. */
  backlog = 0;
  inTransit = 0;
  closeCode: CloseCode = CloseCode.normal;
  /** Called when nothing is in transit any more. */
  onArrived: () => void = () => {};
  readonly #id: number;
  readonly #writer: UnitWriter;

  constructor(id: number, transport: "tcp" | "ws", address: string, writer: UnitWriter) {
    this.address = address;
    this.#id = id;
    this.transport = transport;
    this.#writer = writer;
  }

  get framed(): boolean {
    return this.transport === "ws";
  }

  write(bytes: Uint8Array): void {
    this.inTransit += bytes.length;
    this.#writer.send(UnitKind.data, this.#id, bytes, () => {
      this.inTransit -= bytes.length;
      if (this.inTransit === 0) this.onArrived();
    });
  }

  /** The gate gathers what it writes by itself. */
  cork(): void {}

  uncork(): void {}

  pause(): void {
    this.#writer.send(UnitKind.pause, this.#id);
  }

  resume(): void {
    this.#writer.send(UnitKind.resume, this.#id);
  }

  end(): void {
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(this.closeCode);
    this.#writer.send(UnitKind.end, this.#id, payload);
  }

  destroy(): void {
    this.#writer.send(UnitKind.destroy, this.#id);
  }
}

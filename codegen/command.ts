import type { Writer } from "./wire/writer.ts";

/** Who may send a command. */
export type Direction = "client-to-server" | "server-to-client" | "both";

/** A message in which every field may be left out; what is left out has the proto3 default. */
export type Partially<M> = M extends Uint8Array
  ? M
  : M extends (infer Item)[]
    ? Partially<Item>[]
    : M extends object
      ? { [K in keyof M]?: Partially<M[K]> | undefined }
      : M;

/** Encodes and decodes the body message of one command. */
export interface BodyCodec<M> {
  /** Full protobuf name, e.g. `CIM.Message.CIMMsgData`. */
  readonly typeName: string;
  /** @throws ProtocolError `unencodable-body` when a value does not fit its field */
  encode(message: Partially<M>): Uint8Array;
  /**
   * Appends the encoded body to a writer: for header and body, or many packets, in one piece of memory.
   * @throws ProtocolError `unencodable-body`; the writer is then as it was before
   */
  writeTo(writer: Writer, message: Partially<M>): void;
  /**
   * The message in `body`. Its `bytes` fields are views of `body`, not copies.
   * @throws ProtocolError `undecodable-body`
   */
  decode(body: Uint8Array): M;
  /** The message with every absent field at its default. */
  create(message?: Partially<M>): M;
}

/** One row of the command table of the contract, for the message `M` in its body and its answer's message `Reply`. */
export interface Command<M = unknown, Reply = unknown> {
  readonly id: number;
  /** The contract's name without `kCIM_CID_`, e.g. `MSG_DATA`. */
  readonly name: string;
  readonly body: BodyCodec<M>;
  /** Command id of the answer to a client's packet; undefined when none is due. */
  readonly replyId: number | undefined;
  /** Codec of the answer's body; undefined when none is due. */
  readonly replyBody: BodyCodec<Reply> | undefined;
  readonly direction: Direction;
  /** Whether the connection must have logged in before a client sends it. */
  readonly needsLogin: boolean;
  /** Whether the answer is numbered like a push instead of echoing the request (heartbeat, HB-01). */
  readonly replyNumberedAsPush: boolean;
}

import type { BodyCodec, Partially } from "../command.ts";
import { isProtocolError, ProtocolError } from "../errors.ts";
import { Reader } from "./reader.ts";
import { refuse } from "./refuse.ts";
import { Writer } from "./writer.ts";

/** What is generated for one message of the contract. */
export interface MessageFunctions<M> {
  /** Appends the fields to the writer. */
  write(message: Partially<M>, writer: Writer): void;
  /** Reads the fields up to `end`. */
  read(reader: Reader, end: number): M;
  /** Fills in the defaults. */
  create(message: Partially<M>): M;
}

/** What an absent `bytes` field decodes to: shared, because nobody can write to it. */
export const NO_BYTES: Uint8Array = new Uint8Array(0);

/** Refuses what is no message at all, in place of a message or of a part of one. */
export function checkObject(message: unknown, typeName: string): void {
  if (typeof message !== "object" || message === null) refuse(typeName, message, "an object");
}

const sharedWriter = new Writer();
const sharedReader = new Reader();

/** The codec of one message: the generated functions behind the checks that all messages share. */
export class MessageCodec<M> implements BodyCodec<M> {
  readonly typeName: string;
  readonly #functions: MessageFunctions<M>;

  constructor(typeName: string, functions: MessageFunctions<M>) {
    this.typeName = typeName;
    this.#functions = functions;
  }

  /** The message with every absent field at its default; nothing is checked. */
  create(message?: Partially<M>): M {
    return this.#functions.create(message ?? ({} as Partially<M>));
  }

  /** The body in memory of its own. @throws ProtocolError `unencodable-body` when a value does not fit its field */
  encode(message: Partially<M>): Uint8Array {
    this.writeTo(sharedWriter, message);
    return sharedWriter.take();
  }

  /**
   * Appends the body to what the writer holds.
   * @throws ProtocolError `unencodable-body`; the writer is then as it was before
   */
  writeTo(writer: Writer, message: Partially<M>): void {
    const before = writer.length;
    try {
      this.#functions.write(message, writer);
    } catch (cause) {
      writer.rewind(before);
      if (isProtocolError(cause)) throw cause;
      // A TypeError of the generated code, such as a bigint in place of an enum's number.
      throw new ProtocolError("unencodable-body", `the value is not a ${this.typeName}: ${(cause as Error).message}`, {
        cause,
      });
    }
  }

  /**
   * The message in a body; its `bytes` fields are views of it.
   * @throws ProtocolError `undecodable-body`
   */
  decode(body: Uint8Array): M {
    sharedReader.bytes = body;
    sharedReader.at = 0;
    try {
      return this.#functions.read(sharedReader, body.length);
    } catch (cause) {
      throw new ProtocolError("undecodable-body", `the body is not a ${this.typeName}: ${(cause as Error).message}`, {
        cause,
      });
    } finally {
      // A kept reference would hold the last body's memory.
      sharedReader.bytes = NO_BYTES;
    }
  }
}

import { createHash, randomBytes } from "node:crypto";
import { type Address, subprotocolFault, upgradeHeaders } from "../../client/index.ts";
import type { LinkCause } from "./close-cause.ts";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const BINARY = 0x82;
const PONG = 0x8a;
const CLOSE = 0x88;

/** First byte of a frame (RFC 6455, section 5.2). */
const RESERVED_BITS = 0x70;
const OPCODE = 0x0f;
const TEXT = 1;
/** Of opcodes: messages and their continuations are below, ends, pings and pongs from here. */
const FIRST_CONTROL = 8;
const LAST_CONTROL = 10;

/** The server speaks WebSocket in a way that it must not. */
export class WebSocketFault extends Error {
  /** What it did, in the words of the result. */
  readonly fault: LinkCause;

  constructor(fault: LinkCause) {
    super(fault);
    this.name = "WebSocketFault";
    this.fault = fault;
  }
}

/** The client's half of a WebSocket connection (RFC 6455): upgrade, binary messages out, messages in. No extensions. */
export class WebSocketCodec {
  readonly #key: string = randomBytes(16).toString("base64");
  readonly #address: Address;
  #upgraded = false;
  #tail: Buffer | undefined;

  constructor(address: Address) {
    this.#address = address;
  }

  get isUpgraded(): boolean {
    return this.#upgraded;
  }

  /** The upgrade request. */
  request(): Buffer {
    const { path, upgrade } = this.#address;
    const fields: [string, string | string[]][] = [
      ...Object.entries(upgradeHeaders(this.#address)),
      ["Upgrade", "websocket"],
      ["Connection", "Upgrade"],
      ["Sec-WebSocket-Key", this.#key],
      ["Sec-WebSocket-Version", "13"],
    ];
    if (upgrade && upgrade.subprotocols.length > 0)
      fields.push(["Sec-WebSocket-Protocol", upgrade.subprotocols.join(", ")]);
    const lines = fields.flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}\r\n`));
    return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1");
  }

  /**
   * Takes bytes off the wire.
   * @param onData gets the payload of binary messages, piece by piece
   * @param reply sends bytes that the protocol asks for
   * @returns false when the other side closes
   * @throws WebSocketFault when the upgrade is refused or the bytes are not what a server may send
   */
  read(chunk: Buffer, onData: (payload: Buffer) => void, reply: (bytes: Buffer) => void): boolean {
    let bytes = this.#tail ? Buffer.concat([this.#tail, chunk]) : chunk;
    this.#tail = undefined;
    if (!this.#upgraded) {
      const rest = this.#finishUpgrade(bytes);
      if (!rest) return true;
      bytes = rest;
    }
    while (bytes.length >= 2) {
      const frame = parseFrame(bytes);
      if (!frame) break;
      const payload = bytes.subarray(frame.start, frame.end);
      bytes = bytes.subarray(frame.end);
      if (frame.opcode === FIRST_CONTROL) return false;
      if (frame.opcode === 9) reply(maskedFrame(PONG, payload));
      else if (frame.opcode < FIRST_CONTROL) onData(payload);
    }
    if (bytes.length > 0) this.#tail = Buffer.from(bytes);
    return true;
  }

  #finishUpgrade(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) {
      if (bytes.length > 16_384) throw new WebSocketFault("upgrade refused");
      this.#tail = Buffer.from(bytes);
      return undefined;
    }
    const head = bytes.toString("latin1", 0, end);
    const accept = createHash("sha1")
      .update(this.#key + GUID)
      .digest("base64");
    if (!head.startsWith("HTTP/1.1 101") || !head.includes(accept)) throw new WebSocketFault("upgrade refused");
    if (fieldOf(head, "Sec-WebSocket-Extensions") !== undefined)
      throw new WebSocketFault("WebSocket extension not asked for");
    const fault = subprotocolFault(this.#address, fieldOf(head, "Sec-WebSocket-Protocol"));
    if (fault !== undefined) throw new WebSocketFault("wrong WebSocket subprotocol");
    this.#upgraded = true;
    return bytes.subarray(end + 4);
  }
}

/** A binary message that carries one packet. */
export function binaryMessage(payload: Uint8Array): Buffer {
  return maskedFrame(BINARY, payload);
}

/** A close message without a reason. */
export function closeMessage(): Buffer {
  return maskedFrame(CLOSE, new Uint8Array(0));
}

/** The value of a field in the head of an answer. */
function fieldOf(head: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*$`, "im").exec(head)?.[1];
}

function parseFrame(bytes: Buffer): { opcode: number; start: number; end: number } | undefined {
  const first = bytes[0] as number;
  const opcode = first & OPCODE;
  const short = bytes[1] as number;
  if (first & RESERVED_BITS) throw new WebSocketFault("reserved bits in a WebSocket frame");
  if (short & 0x80) throw new WebSocketFault("masked WebSocket frame");
  if (opcode === TEXT) throw new WebSocketFault("WebSocket text message");
  if (opcode > LAST_CONTROL || (opcode > 2 && opcode < FIRST_CONTROL)) throw new WebSocketFault("bad bytes");
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < start) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  return bytes.length < start + length ? undefined : { opcode, start, end: start + length };
}

function maskedFrame(first: number, payload: Uint8Array): Buffer {
  const extended = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
  const start = 6 + extended;
  const frame = Buffer.allocUnsafe(start + payload.length);
  frame[0] = first;
  frame[1] = 0x80 | (extended === 0 ? payload.length : extended === 2 ? 126 : 127);
  if (extended === 2) frame.writeUInt16BE(payload.length, 2);
  else if (extended === 8) frame.writeBigUInt64BE(BigInt(payload.length), 2);
  // The mask protects proxies from chosen bytes; a load generator needs no secret one.
  const mask = (Math.random() * 0x100000000) >>> 0;
  frame.writeUInt32BE(mask, 2 + extended);
  for (let at = 0; at < payload.length; at++) {
    frame[start + at] = (payload[at] as number) ^ ((mask >>> (24 - 8 * (at & 3))) & 0xff);
  }
  return frame;
}

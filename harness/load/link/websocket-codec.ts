import { createHash, randomBytes } from "node:crypto";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const BINARY = 0x82;
const PONG = 0x8a;
const CLOSE = 0x88;

/** The client's half of a WebSocket connection (RFC 6455): upgrade, binary messages out, messages in. No extensions. */
export class WebSocketCodec {
  readonly #key: string = randomBytes(16).toString("base64");
  #upgraded = false;
  #tail: Buffer | undefined;

  get isUpgraded(): boolean {
    return this.#upgraded;
  }

  /** The upgrade request. */
  request(host: string, path: string): Buffer {
    return Buffer.from(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${this.#key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
  }

  /**
   * Takes bytes off the wire.
   * @param onData gets the payload of binary messages, piece by piece
   * @param reply sends bytes that the protocol asks for
   * @returns false when the other side closes
   * @throws Error when the upgrade is refused or the bytes are no WebSocket
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
      if (frame.opcode === 8) return false;
      if (frame.opcode === 9) reply(maskedFrame(PONG, payload));
      else if (frame.opcode <= 2) onData(payload);
    }
    if (bytes.length > 0) this.#tail = Buffer.from(bytes);
    return true;
  }

  #finishUpgrade(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) {
      if (bytes.length > 16_384) throw new Error("endless upgrade answer");
      this.#tail = Buffer.from(bytes);
      return undefined;
    }
    const head = bytes.toString("latin1", 0, end);
    const accept = createHash("sha1")
      .update(this.#key + GUID)
      .digest("base64");
    if (!head.startsWith("HTTP/1.1 101") || !head.includes(accept)) throw new Error(head.split("\r\n")[0]);
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

function parseFrame(bytes: Buffer): { opcode: number; start: number; end: number } | undefined {
  const opcode = (bytes[0] as number) & 0x0f;
  const short = bytes[1] as number;
  if (short & 0x80) throw new Error("a server must not mask");
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

import { isIPv4, isIPv6 } from "node:net";

/** The header of HAProxy's PROXY protocol with which a balancer begins a connection. */
export interface ProxyHeader {
  /** Bytes of it; what follows is the client's. */
  readonly length: number;
  /** The client's address; undefined when the balancer speaks for itself, or does not know. */
  readonly address: string | undefined;
}

/** The longest line of version 1, in bytes, and what a header of version 2 may have: no balancer sends more. */
const MOST_BYTES = { line: 107, binary: 4_096 };

const LINE_START = Buffer.from("PROXY ");
const SIGNATURE = Buffer.from("0d0a0d0a000d0a515549540a", "hex");
const BINARY_START = SIGNATURE.length + 4;

/** Bytes of addresses and ports by family and transport: only streams come over a stream. */
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 0: 0, 17: 12, 33: 36, 49: 216 };

const FAMILIES = new Map<string | undefined, (text: string) => boolean>([
  ["TCP4", isIPv4],
  ["TCP6", isIPv6],
]);

const malformed = (): Error => new Error("it does not begin with a header of the PROXY protocol");

function begins(bytes: Buffer, start: Buffer): boolean {
  const length = Math.min(bytes.length, start.length);
  return bytes.subarray(0, length).equals(start.subarray(0, length));
}

function isPort(text: string | undefined): boolean {
  return text !== undefined && /^(0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;
}

function readLine(bytes: Buffer): ProxyHeader | undefined {
  const end = bytes.subarray(0, MOST_BYTES.line).indexOf("\r\n");
  if (end === -1) {
    if (bytes.length >= MOST_BYTES.line) throw malformed();
    return undefined;
  }
  const length = end + 2;
  const [family, source = "", destination = "", ...ports] = bytes.toString("latin1", LINE_START.length, end).split(" ");
  if (family === "UNKNOWN") return { length, address: undefined };
  const isAddress = FAMILIES.get(family);
  const isWhole = ports.length === 2 && ports.every(isPort);
  if (!isAddress?.(source) || !isAddress(destination) || !isWhole) throw malformed();
  return { length, address: source };
}

function ipv6(bytes: Buffer): string {
  return Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index).toString(16)).join(":");
}

function readBinary(bytes: Buffer): ProxyHeader | undefined {
  if (bytes.length < BINARY_START) return undefined;
  const [version, command] = [bytes.readUInt8(12) >> 4, bytes.readUInt8(12) & 0x0f];
  const family = bytes.readUInt8(13);
  const rest = bytes.readUInt16BE(14);
  const length = BINARY_START + rest;
  if (version !== 2 || command > 1 || length > MOST_BYTES.binary) throw malformed();
  const needed = command === 1 ? ADDRESS_BYTES[family] : 0;
  if (needed === undefined || rest < needed) throw malformed();
  if (bytes.length < length) return undefined;
  const source = bytes.subarray(BINARY_START);
  if (command === 1 && family === 0x11) return { length, address: source.subarray(0, 4).join(".") };
  if (command === 1 && family === 0x21) return { length, address: ipv6(source) };
  return { length, address: undefined };
}

/**
 * Reads a header of version 1 or 2 at the beginning of a connection.
 * @returns undefined while more bytes are needed
 * @throws Error as soon as it cannot be one any more
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader | undefined {
  if (begins(bytes, LINE_START)) return readLine(bytes);
  if (begins(bytes, SIGNATURE)) return readBinary(bytes);
  throw malformed();
}

import type { ConnectionOptions } from "node:tls";
import { commands, DEFAULT_MAX_FRAME_LENGTH, encodeFrame, HEADER_LENGTH, readHeader } from "../../codegen/index.ts";
import {
  type Address,
  formatAddress,
  isSecure,
  namedAs,
  openSocket,
  type Scheme,
  tlsOptions,
} from "../client/index.ts";
import { certificateDoubt } from "./certificate-doubt.ts";
import { greetOverWebSocket } from "./greet-over-websocket.ts";
import { type Patience, whenOver } from "./patience.ts";

/** What a target turned out to be that does not let a client log in. */
export interface Stranger {
  /**
   * - `elsewhere`: something else listens there, so that the address is wrong and not the server
   * - `closes`: every connection is closed at once
   * - `little-endian`: it speaks the protocol with its header the wrong way round
   * - `text`: its packets come in text messages of WebSocket
   * - `silent`: it takes connections and says nothing
   */
  readonly kind: "elsewhere" | "closes" | "little-endian" | "text" | "silent";
  /** What it is, in one sentence. */
  readonly sentence: string;
}

/** What came back within the patience, and whether the connection was closed then. */
interface Answer {
  readonly bytes: Buffer;
  readonly isClosed: boolean;
  /** With what it was closed. */
  readonly error?: Error | undefined;
}

/** Bytes by which other protocols and mistakes are told. */
const HTTP_START = "HTTP/";
const TLS_RECORD_MAJOR = 3;
const TLS_RECORD_TYPES: readonly number[] = [0x15, 0x16];
const HTTP_REQUEST = "GET / HTTP/1.0\r\n\r\n";

/**
 * Finds out what listens at an address where a login was of no use, by what it answers to a login, to a login with a
 * little-endian header, to HTTP, to TLS and to the handshake of WebSocket.
 * @param patience how long each answer is waited for; what is found once its signal is aborted says nothing
 * @returns undefined when it answers a login as the protocol says
 */
export function recognizeStranger(address: Address, patience: Patience): Promise<Stranger | undefined> {
  const isWebSocket = address.scheme === "ws" || address.scheme === "wss";
  return isWebSocket ? recognizeBehindHandshake(address, patience) : recognizePlain(address, patience);
}

async function recognizeBehindHandshake(address: Address, patience: Patience): Promise<Stranger | undefined> {
  const at = formatAddress(address);
  const greeting = await greetOverWebSocket(address, loginOfNobody(), patience);
  switch (greeting.how) {
    case "refused":
      return elsewhere(at, `it speaks HTTP, and answers the handshake of WebSocket with "${greeting.status}"`);
    case "other-subprotocol":
      return { kind: "elsewhere", sentence: `${at} ${greeting.fault}; --subprotocol offers others` };
    case "no-handshake": {
      const plain = formatAddress({ ...address, scheme: address.scheme === "ws" ? "tcp" : "tls", path: "/" });
      const what = `it does not accept a WebSocket handshake; give --target ${plain} if that is meant`;
      return (await recognizePlain(address, patience)) ?? elsewhere(at, what);
    }
    case "silent":
    case "closed": {
      const swapped = await greetOverWebSocket(address, swapHeader(loginOfNobody()), patience);
      const fields = swapped.how === "message" ? littleEndianFields(swapped.bytes) : undefined;
      if (fields !== undefined) return littleEndian(at, fields);
      return silent(at, greeting.how === "closed");
    }
    case "message":
      if (greeting.isText) {
        return {
          kind: "text",
          sentence: `${at} answers in text messages; every packet is a binary WebSocket message`,
        };
      }
      if (startsLikeFrame(greeting.bytes)) return undefined;
      return ofHeader(at, greeting.bytes) ?? unreadable(at, greeting.bytes);
  }
}

/** As {@link recognizeStranger}, by bytes on the bare connection. */
async function recognizePlain(address: Address, patience: Patience): Promise<Stranger | undefined> {
  const at = formatAddress(address);
  const login = loginOfNobody();
  const answer = await exchange(address, login, patience);
  const { bytes } = answer;
  if (startsLikeFrame(bytes)) return undefined;
  // TLS 1.3 refuses a client behind the handshake that the client has finished.
  const doubt = certificateDoubt(address, answer.error);
  if (doubt !== undefined) return { kind: "closes", sentence: doubt };
  if (isHttp(bytes)) return elsewhere(at, `it speaks HTTP: a login was answered with "${firstLine(bytes)}"`);
  if (isTls(bytes)) return tls(address);
  const swappedByHalf = ofHeader(at, bytes);
  if (swappedByHalf) return swappedByHalf;
  if (bytes.length > 0) return await otherProtocol(address, bytes, patience);
  const [untouched, http, swapped, handshake] = await Promise.all([
    exchange(address, undefined, { ...patience, deadlineMs: patience.deadlineMs / 3 }),
    exchange(address, Buffer.from(HTTP_REQUEST), patience),
    exchange(address, swapHeader(login), patience),
    !isSecure(address) && speaksTls(address, patience),
  ]);
  const asAsked = ofHeader(at, swapped.bytes);
  if (asAsked) return asAsked;
  if (isHttp(http.bytes)) return elsewhere(at, `it speaks HTTP: "${firstLine(http.bytes)}"`);
  if (handshake) return tls(address);
  if (untouched.isClosed) return { kind: "closes", sentence: `${at} closes every connection at once` };
  return silent(at, answer.isClosed);
}

function loginOfNobody(): Uint8Array {
  return encodeFrame(commands.LOGIN_AUTH_REQ, { user_name: "nobody", user_pwd: "0".repeat(32) }, 1);
}

function silent(at: string, isClosed: boolean): Stranger {
  const how = isClosed ? "closes the connection" : "says nothing";
  return { kind: "silent", sentence: `${at} accepts connections, but ${how} when somebody logs in` };
}

function unreadable(at: string, answer: Buffer): Stranger {
  const shown = answer.subarray(0, HEADER_LENGTH).toString("hex");
  return elsewhere(at, `a login was answered with bytes that are not a packet of this protocol: ${shown}`);
}

/** Something that answers, and not as this protocol does: a web server may answer what it cannot read with a bare page. */
async function otherProtocol(address: Address, answer: Buffer, patience: Patience): Promise<Stranger> {
  const at = formatAddress(address);
  const http = await exchange(address, Buffer.from(HTTP_REQUEST), patience);
  if (isHttp(http.bytes)) return elsewhere(at, `it speaks HTTP: "${firstLine(http.bytes)}"`);
  if (isText(answer)) return elsewhere(at, `a login was answered with the text "${firstLine(answer)}"`);
  return unreadable(at, answer);
}

function elsewhere(at: string, what: string): Stranger {
  return { kind: "elsewhere", sentence: `${at} is not a server of this protocol: ${what}` };
}

function tls(address: Address): Stranger {
  const scheme: Scheme = address.scheme === "ws" || address.scheme === "wss" ? "wss" : "tls";
  const as = formatAddress({ ...address, scheme });
  const what = `it speaks TLS; give --target ${as} if that is meant`;
  return elsewhere(formatAddress(address), what);
}

function littleEndian(at: string, fields: string): Stranger {
  const sentence = `${at} speaks the protocol with a little-endian header (${fields}); every field of it is big-endian on the wire`;
  return { kind: "little-endian", sentence };
}

function ofHeader(at: string, bytes: Buffer): Stranger | undefined {
  const fields = littleEndianFields(bytes);
  return fields === undefined ? undefined : littleEndian(at, fields);
}

function isHttp(bytes: Buffer): boolean {
  return bytes.subarray(0, HTTP_START.length).toString("latin1") === HTTP_START;
}

function isTls(bytes: Buffer): boolean {
  return TLS_RECORD_TYPES.includes(bytes[0] ?? 0) && bytes[1] === TLS_RECORD_MAJOR;
}

function startsLikeFrame(bytes: Buffer): boolean {
  if (bytes.length < HEADER_LENGTH) return false;
  const { length, version } = readHeader(bytes);
  return length >= HEADER_LENGTH && length <= DEFAULT_MAX_FRAME_LENGTH && version < 0x100;
}

/** Which fields of a header stand the other way round, when that makes a header of it. */
function littleEndianFields(bytes: Buffer): string | undefined {
  if (bytes.length < HEADER_LENGTH || startsLikeFrame(bytes)) return undefined;
  if (startsLikeFrame(swapHeader(bytes))) return "every field";
  if (startsLikeFrame(swapShortFields(bytes))) return "the fields of 16 bits";
  return startsLikeFrame(swapLength(bytes)) ? "the length" : undefined;
}

/** The same bytes with every field of the header the other way round. */
function swapHeader(bytes: Uint8Array): Buffer {
  return swapLength(swapShortFields(bytes));
}

function swapLength(bytes: Uint8Array): Buffer {
  const swapped = Buffer.from(bytes);
  swapped.subarray(0, 4).reverse();
  return swapped;
}

function swapShortFields(bytes: Uint8Array): Buffer {
  const swapped = Buffer.from(bytes);
  for (let at = 4; at < HEADER_LENGTH; at += 2) swapped.subarray(at, at + 2).reverse();
  return swapped;
}

function isText(bytes: Buffer): boolean {
  return bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

/** The first line of a text that anybody may have written: printable characters of it. */
function firstLine(bytes: Buffer): string {
  const [line = ""] = bytes.toString("latin1").split(/\r?\n/, 1);
  return line.slice(0, 80).replaceAll(/[^\x20-\x7e]/g, "?");
}

/** Who listens is to be found out, whatever its certificate. */
function anyCertificate(address: Address): ConnectionOptions {
  return tlsOptions(namedAs(address).host, { ...address.tls, insecure: true });
}

/** Sends bytes, or nothing, and takes what comes until it is enough for a header, the connection ends or time is up. */
function exchange(address: Address, sent: Uint8Array | undefined, patience: Patience): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = openSocket(address, {}, isSecure(address) ? anyCertificate(address) : undefined);
    let bytes: Buffer = Buffer.alloc(0);
    const finish = (isClosed: boolean, error?: Error): void => {
      clearPatience();
      socket.destroy();
      resolve({ bytes, isClosed, error });
    };
    const clearPatience = whenOver(patience, () => finish(false));
    socket.on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length >= HEADER_LENGTH) finish(false);
    });
    socket.on("error", (error) => finish(true, error));
    socket.on("close", () => finish(true));
    if (sent) socket.write(sent);
  });
}

/** Whether the other side takes part in a handshake of TLS, or breaks it off as only TLS does. */
function speaksTls(address: Address, patience: Patience): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = openSocket(address, {}, anyCertificate(address));
    const finish = (isTls: boolean): void => {
      clearPatience();
      socket.destroy();
      resolve(isTls);
    };
    const clearPatience = whenOver(patience, () => finish(false));
    socket.on("secureConnect", () => finish(true));
    socket.on("error", ({ code = "" }: NodeJS.ErrnoException) => finish(/^ERR_SSL_.*ALERT/.test(code)));
    socket.on("close", () => finish(false));
  });
}

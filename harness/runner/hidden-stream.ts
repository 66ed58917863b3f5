import { commands, HEADER_LENGTH, type Registry, readHeader } from "../../codegen/index.ts";
import type { Secrets } from "../accounts/index.ts";

/** Fields that log somebody in, right or wrong: a wrong password is often nearly the right one. */
const CREDENTIALS: ReadonlyMap<number, readonly string[]> = new Map([
  [commands.LOGIN_AUTH_REQ.id, ["user_name", "user_pwd"]],
  [commands.LOGIN_AUTH_TOKEN_REQ.id, ["user_token"]],
]);

const HIDDEN = "*".charCodeAt(0);

/**
 * Pieces of one direction of one connection, without anything that logs somebody in: words of accounts wherever they
 * lie, across pieces too, and the credentials of every login frame that the pieces hold whole.
 * @param pieces in order and without gaps; they stay as they are
 * @returns the pieces again, the same object where nothing was hidden
 */
export function hideInStream(pieces: readonly Uint8Array[], secrets: Secrets, registry: Registry): Uint8Array[] {
  const stream = Buffer.concat(pieces);
  const hidden = hideCredentials(secrets.hideInBytes(stream), registry);
  if (hidden === stream) return [...pieces];
  let at = 0;
  return pieces.map((piece) => {
    const part = hidden.subarray(at, at + piece.length);
    at += piece.length;
    return Buffer.compare(part, piece) === 0 ? piece : part;
  });
}

/** Blots the credentials of login frames out, as long as the stream is cut into frames by their lengths. */
function hideCredentials(stream: Uint8Array, registry: Registry): Uint8Array {
  let copy: Uint8Array | undefined;
  for (let at = 0; stream.length - at >= HEADER_LENGTH; ) {
    const { length, command_id } = readHeader(stream, at);
    if (length < HEADER_LENGTH || at + length > stream.length) break;
    const fields = CREDENTIALS.get(command_id);
    if (fields) {
      copy ??= Uint8Array.from(stream);
      hideFields(copy.subarray(at + HEADER_LENGTH, at + length), fields, command_id, registry);
    }
    at += length;
  }
  return copy ?? stream;
}

function hideFields(body: Uint8Array, fields: readonly string[], commandId: number, registry: Registry): void {
  let message: Record<string, unknown>;
  try {
    message = registry.byId(commandId)?.body.decode(body) as Record<string, unknown>;
  } catch {
    // What cannot be read as a login may hold one all the same.
    body.fill(HIDDEN);
    return;
  }
  for (const field of fields) {
    const value = Buffer.from(String(message[field] ?? ""));
    for (let at = indexOf(body, value, 0); at >= 0; at = indexOf(body, value, at + value.length)) {
      body.fill(HIDDEN, at, at + value.length);
    }
  }
}

function indexOf(body: Uint8Array, value: Uint8Array, from: number): number {
  if (value.length === 0) return -1;
  return Buffer.from(body.buffer, body.byteOffset, body.length).indexOf(value, from);
}

/** Where two frames of one length differ: `[first, behind the last]` of each run of bytes. */
export function hiddenRanges(shown: Uint8Array, was: Uint8Array): [number, number][] {
  const ranges: [number, number][] = [];
  for (const [at, byte] of shown.entries()) {
    if (byte === was[at]) continue;
    const last = ranges.at(-1);
    if (last?.[1] === at) last[1] = at + 1;
    else ranges.push([at, at + 1]);
  }
  return ranges;
}

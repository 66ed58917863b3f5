import type { Fixture } from "../fixtures.ts";

/** What one library does with one packet. */
export interface Work {
  /** A whole packet: header and body in one buffer. */
  encode(): Uint8Array;
  /** The message of a body. */
  decode(body: Uint8Array): unknown;
}

/** A library under comparison. */
export interface Peer {
  readonly name: string;
  /** Makes the library's own message object beforehand, so that only encoding and decoding are timed. */
  prepare(fixture: Fixture): Work;
}

/** The short name of the fixture's message, e.g. `CIMMsgData`. */
export function messageName(fixture: Fixture): string {
  return fixture.command.body.typeName.split(".").at(-1) as string;
}

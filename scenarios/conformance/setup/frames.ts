import { type Command, encodeFrame, encodeRawFrame, HEADER_LENGTH, type Partially } from "../../../codegen/index.ts";
import { CuppingError } from "../../../harness/errors.ts";
import { type CaseContext, type Peer, RuleFailure, type Sent } from "../../../harness/runner/index.ts";

/** Number of a field that no message of the contract has. */
const UNKNOWN_FIELD = 1000;

/** A request as bytes, noted on its connection so that its answer can be matched. The bytes are not sent yet. */
export function prepare<M, R>(
  peer: Peer,
  command: Command<M, R>,
  message: Partially<M>,
  seq: number = peer.nextSeq(),
): { bytes: Uint8Array; sent: Sent<R> } {
  return { bytes: encodeFrame(command, message, seq), sent: peer.expectAnswer(command, seq) };
}

/**
 * A field that receivers must skip, of exactly `length` bytes, its tag included.
 * @throws Error for the few lengths that no such field has, e.g. 131: there its own length grows by a byte
 */
export function unknownField(length: number): Uint8Array {
  const tag = varint((UNKNOWN_FIELD << 3) | 2);
  let content = length - tag.length - 1;
  while (tag.length + varint(content).length + content > length) content -= 1;
  const field = Buffer.concat([tag, varint(content), Buffer.alloc(content, "x")]);
  if (field.length !== length) throw new CuppingError("internal", `no field has ${length} bytes`);
  return field;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** A proper packet of exactly `length` bytes: a request, and a field behind it that the target must skip. */
export function paddedFrame<M>(command: Command<M>, message: Partially<M>, seq: number, length: number): Uint8Array {
  const body = command.body.encode(message);
  const padding = unknownField(length - HEADER_LENGTH - body.length);
  return encodeRawFrame({ command_id: command.id, seq_num: seq }, Buffer.concat([body, padding]));
}

/**
 * Somebody who has nothing to do with what a case does to the target, and must not notice it.
 * @returns a check to call after the deed
 */
export async function bystander(t: CaseContext): Promise<() => Promise<void>> {
  const { peer } = await t.freshLogin("bystander");
  return async () => {
    const state = await peer.fence();
    if (state === "closed") throw new RuleFailure("connections of others stay open and are served", "one was closed");
  };
}

/** Behind something that a connection has to survive: the time in milliseconds after which it must still be there. */
export const A_MOMENT_MS = 3_000;

/** The connection goes on working: a request behind the deed is answered. @throws RuleFailure */
export async function stillServed(peer: Peer, deed: string): Promise<void> {
  if ((await peer.fence()) === "answered") return;
  throw new RuleFailure(`the connection stays open after ${deed}`, "the target closed it");
}

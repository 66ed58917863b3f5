import {
  type CIMMsgData,
  type CIMMsgDataAck,
  type CIMSessionType,
  commands,
  type Partially,
} from "../../../codegen/index.ts";
import type { CaseContext, Peer } from "../../../harness/runner/index.ts";
import { readHistory } from "./conversations.ts";
import { ACCEPTED, SINGLE, TEXT } from "./values.ts";

/** Text as the bytes of `msg_data`. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A message as a well-behaved client makes it (MSG-01); `fields` replaces what a case wants otherwise. */
export function message(
  t: CaseContext,
  from: Peer,
  to: bigint,
  content: string | Uint8Array,
  fields: Partially<CIMMsgData> = {},
): Partially<CIMMsgData> {
  return {
    from_user_id: from.self ?? 0n,
    from_nick_name: from.name,
    to_session_id: to,
    client_msg_id: t.random.uuid(),
    msg_type: TEXT,
    session_type: SINGLE,
    msg_data: typeof content === "string" ? utf8(content) : content,
    ...fields,
  };
}

/** Whether an acknowledgement says that the message was taken. */
export function isAccepted(ack: CIMMsgDataAck): boolean {
  return ack.res_code === ACCEPTED;
}

/** Sends a message that the case builds on, and gives its acknowledgement. */
export async function sendMessage(
  t: CaseContext,
  from: Peer,
  to: bigint,
  content: string | Uint8Array,
  fields: Partially<CIMMsgData> = {},
): Promise<CIMMsgDataAck> {
  const ack = await t.given(`sending a message from ${from.name}`, () =>
    from.ask(commands.MSG_DATA, message(t, from, to, content, fields)),
  );
  t.requires(isAccepted(ack), `the message from ${from.name} was refused with res_code ${ack.res_code}`);
  return ack;
}

/** Sends several messages one after the other over one connection. */
export async function sendMessages(
  t: CaseContext,
  from: Peer,
  to: bigint,
  contents: readonly string[],
  fields: Partially<CIMMsgData> = {},
): Promise<CIMMsgDataAck[]> {
  const acks: CIMMsgDataAck[] = [];
  for (const content of contents) acks.push(await sendMessage(t, from, to, content, fields));
  return acks;
}

/** Messages that fill any send queue of a few MiB, and the content of each: 12 MB. */
const MANY = 1_500;
const LARGE_TEXT = "😀".repeat(2_000);
/** Of them on the way at a time. */
const WINDOW = 50;

/**
 * Sends so much to somebody who reads nothing that a server which bounds what it holds for a client reaches its bound.
 * @returns the client ids, all of messages that were taken
 */
export async function sendMuch(t: CaseContext, from: Peer, to: bigint): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  const before = from.seen(commands.MSG_DATA_ACK, isAccepted).length;
  while (ids.length < MANY) {
    const texts = Array.from({ length: WINDOW }, () => message(t, from, to, LARGE_TEXT));
    for (const text of texts) from.send(commands.MSG_DATA, text);
    ids.push(...texts.map((text) => text.client_msg_id));
    await t.given(`a fence behind ${ids.length} messages of 8 KB`, () => from.fence());
  }
  const taken = from.seen(commands.MSG_DATA_ACK, isAccepted).length - before;
  t.requires(taken === MANY, `only ${taken} of ${MANY} messages of 8 KB were taken (see CONN-03 and CONN-04)`);
  return ids;
}

/**
 * Waits until what somebody has sent has been pushed to everybody who was there: a target may do that behind the
 * acknowledgement, and who logs in meanwhile gets it as it comes.
 */
export async function untilPushed(t: CaseContext, from: Peer): Promise<void> {
  const witness = await t.freshLogin("witness");
  const { client_msg_id } = await sendMessage(t, from, witness.user.user_id, "what came before has gone");
  await t.given("delivery of a message behind it", () => pushOf(witness.peer, client_msg_id));
}

/** Waits for the push of the message with this client id. */
export async function pushOf(peer: Peer, clientMsgId: string | undefined): Promise<CIMMsgData> {
  const push = await peer.push(
    commands.MSG_DATA,
    (pushed) => pushed.client_msg_id === clientMsgId,
    `the message with client_msg_id ${clientMsgId}`,
  );
  return push.message;
}

/** The pushes of a message that have come so far. */
export function pushesOf(peer: Peer, clientMsgId: string | undefined): CIMMsgData[] {
  return peer.seen(commands.MSG_DATA, (pushed) => pushed.client_msg_id === clientMsgId);
}

/**
 * Makes sure that a plain text goes all the way from one user to another: what becomes of the next one is then for the
 * rule of the case to answer for.
 */
export async function plainTextPasses(
  t: CaseContext,
  from: Peer,
  to: Peer,
  session: { id: bigint; type: CIMSessionType },
  text: string = "plain text",
): Promise<void> {
  const ack = await sendMessage(t, from, session.id, text, { session_type: session.type });
  await t.given(`the delivery of a plain text to ${to.name}`, () => pushOf(to, ack.client_msg_id));
  const seenBy = session.type === SINGLE ? (from.self ?? 0n) : session.id;
  const rows = await readHistory(t, to, { session: seenBy, type: session.type });
  const isStored = rows.some((row) => row.client_msg_id === ack.client_msg_id);
  t.requires(isStored, `a plain text from ${from.name} is not in the history`);
}

/**
 * Makes sure that a plain text reaches connections of a user at all: whether the next push comes is then for the rule of
 * the case to answer for.
 */
export async function pushesReach(
  t: CaseContext,
  { user_id }: { readonly user_id: bigint },
  peers: readonly Peer[],
): Promise<void> {
  const writer = await t.freshLogin("a writer of plain text");
  const { client_msg_id } = await sendMessage(t, writer.peer, user_id, "plain text");
  for (const peer of peers)
    await t.given(`the delivery of a plain text to ${peer.name}`, () => pushOf(peer, client_msg_id));
}

/**
 * Makes sure that everything pushed to a peer before has come: sends one more message in the same conversation over the
 * same connection and waits for its push, which comes last (PUSH-05).
 */
export async function pushFence(
  t: CaseContext,
  from: Peer,
  to: Peer,
  session: { id: bigint; type: CIMSessionType },
): Promise<void> {
  const fence = await sendMessage(t, from, session.id, "fence", { session_type: session.type });
  await t.given(`the delivery of a later message to ${to.name}`, () => pushOf(to, fence.client_msg_id));
}

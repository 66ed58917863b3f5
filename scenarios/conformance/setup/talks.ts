import {
  type CIMMsgData,
  type CIMMsgDataAck,
  type CIMMsgInfo,
  type CIMSessionType,
  commands,
  type Partially,
} from "../../../codegen/index.ts";
import { CuppingError } from "../../../harness/errors.ts";
import type { CaseContext, LoggedIn } from "../../../harness/runner/index.ts";
import type { AxisValue } from "../../rules/index.ts";
import { markRead, readHistory, readUnread } from "./conversations.ts";
import { createGroup, invite, kick, leave } from "./groups.ts";
import { isAccepted, message, sendMessage } from "./messages.ts";
import { GROUP, SINGLE } from "./values.ts";

/** A conversation of either kind, so that a case is written once: alice writes, the others read. */
export interface Talk {
  readonly kind: AxisValue<"kind">;
  readonly type: CIMSessionType;
  readonly writer: LoggedIn;
  /** One reader one-to-one, as many as asked for in a group. */
  readonly readers: readonly [LoggedIn, ...LoggedIn[]];
  /** The id under which somebody addresses the conversation. */
  sessionOf(who: LoggedIn): bigint;
}

/**
 * Alice and bob one-to-one, or alice's group of herself, bob and carol; all are logged in.
 * @param readers how many readers a group has
 */
export async function openTalk(t: CaseContext, kind: AxisValue<"kind">, readers: number = 2): Promise<Talk> {
  const names = ["bob", "carol", "dave", "erin", "frank", "grace", "heidi"];
  const writer = await t.freshLogin("alice");
  const others: LoggedIn[] = [];
  for (let index = 0; index < (kind === "group" ? readers : 1); index++) {
    others.push(await t.freshLogin(names[index] ?? `reader-${index + 1}`));
  }
  const [first, ...more] = others;
  if (first === undefined) throw new CuppingError("internal", "a conversation has at least one reader");
  const ids = others.map(({ user }) => user.user_id);
  const group = kind === "group" ? await createGroup(t, writer.peer, ids) : undefined;
  return {
    kind,
    type: group === undefined ? SINGLE : GROUP,
    writer,
    readers: [first, ...more],
    sessionOf: (who) => group ?? (who === writer ? first.user.user_id : writer.user.user_id),
  };
}

/** A message for the conversation as its client makes it, not yet sent. */
export function messageIn(
  t: CaseContext,
  talk: Talk,
  from: LoggedIn,
  content: string | Uint8Array,
  fields: Partially<CIMMsgData> = {},
): Partially<CIMMsgData> {
  return message(t, from.peer, talk.sessionOf(from), content, { session_type: talk.type, ...fields });
}

/** Sends a message that the case builds on. */
export async function sayIn(
  t: CaseContext,
  talk: Talk,
  from: LoggedIn,
  content: string | Uint8Array,
): Promise<CIMMsgDataAck> {
  return await sendMessage(t, from.peer, talk.sessionOf(from), content, { session_type: talk.type });
}

/**
 * Sends many messages that the case builds on over one connection, without waiting in between, and gives their
 * acknowledgements: all accepted, with rising ids (MSG-05, of which other cases are).
 */
export async function sayManyIn(t: CaseContext, talk: Talk, from: LoggedIn, count: number): Promise<CIMMsgDataAck[]> {
  const acks: CIMMsgDataAck[] = [];
  const window = 50;
  for (let at = 0; at < count; at += window) {
    const batch = Array.from({ length: Math.min(window, count - at) }, (_, index) =>
      from.peer.send(commands.MSG_DATA, messageIn(t, talk, from, `message ${at + index + 1}`)),
    );
    for (const sent of batch) {
      const ack = (await t.given(`sending ${count} messages`, () => from.peer.answer(sent))).message;
      const place = `message ${acks.length + 1} of ${count} from ${from.peer.name}`;
      t.requires(isAccepted(ack), `${place} was refused with res_code ${ack.res_code}`);
      const before = acks.at(-1)?.server_msg_id ?? 0n;
      t.requires(
        ack.server_msg_id > before,
        `${place} has server_msg_id ${ack.server_msg_id}, the one before ${before}`,
      );
      acks.push(ack);
    }
  }
  return acks;
}

/** The unread count of somebody for the conversation. */
export async function unreadIn(t: CaseContext, talk: Talk, who: LoggedIn): Promise<number> {
  return await readUnread(t, who.peer, talk.sessionOf(who), talk.type);
}

/** A page of the conversation's history: the newest. */
export async function historyIn(t: CaseContext, talk: Talk, who: LoggedIn, limit?: number): Promise<CIMMsgInfo[]> {
  const session = talk.sessionOf(who);
  return await readHistory(t, who.peer, { session, type: talk.type, ...(limit !== undefined && { limit }) });
}

/** The client ids of the whole history as somebody gets it who pages back to the beginning. */
export async function pageBack(t: CaseContext, talk: Talk, who: LoggedIn, limit: number): Promise<string[]> {
  const session = talk.sessionOf(who);
  const ids: string[] = [];
  for (let end = 0n; ; ) {
    const rows = await readHistory(t, who.peer, { session, type: talk.type, end, limit });
    ids.push(...rows.map((row) => row.client_msg_id));
    const least = rows.reduce((id, row) => (row.server_msg_id < id ? row.server_msg_id : id), 2n ** 64n - 1n);
    if (rows.length < limit || (end !== 0n && least >= end)) return ids;
    end = least;
  }
}

/** Somebody has read the conversation, up to a message or all of it (0). */
export async function readIn(t: CaseContext, talk: Talk, who: LoggedIn, upTo: bigint = 0n): Promise<void> {
  await markRead(t, who.peer, talk.sessionOf(who), upTo, talk.type);
}

/** Logs somebody in anew: the connection of before is gone. */
export async function logInAgain(t: CaseContext, who: LoggedIn): Promise<void> {
  const { name } = who.peer;
  who.peer.close();
  who.peer = await t.login(who.user, `${name}/again`);
}

/**
 * Brings about the time of a variant: what comes behind it must hold as well as at once.
 * @param time `after-return` and `after-removal` send the first of the readers out of a group and back
 */
export async function passTime(t: CaseContext, talk: Talk, time: AxisValue<"time">): Promise<void> {
  const everybody = [talk.writer, ...talk.readers];
  switch (time) {
    case "at-once":
    case "second-time":
      return;
    case "second-login":
      for (const one of everybody) await logInAgain(t, one);
      return;
    case "after-return":
    case "after-removal":
      await goOut(t, talk, time);
      await invite(t, talk.writer.peer, talk.sessionOf(talk.writer), [talk.readers[0].user.user_id]);
      return;
    case "after-restart":
      await t.restart();
      for (const one of everybody) one.peer = await t.login(one.user, `${one.peer.name}/again`);
  }
}

/** The first of the readers leaves the group, or the writer, who owns it, removes him. */
export async function goOut(t: CaseContext, talk: Talk, how: "after-return" | "after-removal"): Promise<void> {
  const [reader] = talk.readers;
  const group = talk.sessionOf(reader);
  if (how === "after-return") await leave(t, reader.peer, group);
  else await kick(t, talk.writer.peer, group, [reader.user.user_id]);
}

/** Makes sure that messages are still in the history after some time: that they are is for SYS-01 and MSG-03 to tell. */
export async function stillStored(t: CaseContext, talk: Talk, who: LoggedIn, ids: readonly string[]): Promise<void> {
  const rows = await historyIn(t, talk, who);
  const stored = new Set(rows.map((row) => row.client_msg_id));
  t.requires(
    ids.every((id) => stored.has(id)),
    "messages that were acknowledged are no longer in the history",
  );
}

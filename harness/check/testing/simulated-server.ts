import { type CIMMsgInfo, CIMMsgType, type CIMRecentContactSessionRsp } from "../../../codegen/index.ts";
import type { AnomalyName } from "../anomalies.ts";
import { type Conversation, isGroup } from "../conversations.ts";
import { encodeMark } from "../message-mark.ts";

/** A message as the simulated server keeps it. */
export interface Stored {
  readonly conversation: Conversation;
  readonly sender: number;
  readonly index: number;
  readonly id: bigint;
}

/** What the server does with a message: the acknowledgement's id, or a refusal; and the pushes, by member. */
export interface Handled {
  readonly acknowledged: bigint | undefined;
  readonly refused: boolean;
  readonly pushes: readonly (readonly [member: number, pushed: Stored])[];
}

/** How often a weak server does wrong: often enough for a short history, seldom enough to be believable. */
const EVERY = 7;
const RUN = 1;

/** A server in memory with one known weakness, or with none. It counts what it is asked. */
export class SimulatedServer {
  readonly #weakness: AnomalyName | undefined;
  readonly #rooms = new Map<Conversation, Stored[]>();
  readonly #unread = new Map<string, number>();
  readonly #returned = new Set<string>();
  #handled = 0;

  constructor(weakness: AnomalyName | undefined) {
    this.#weakness = weakness;
  }

  /** A member came back after a lost connection. */
  cameBack(conversation: Conversation, member: number): void {
    this.#returned.add(`${conversation.number}:${member}`);
  }

  /** Takes a message. @param online the members to push to */
  send(conversation: Conversation, sender: number, index: number, online: readonly number[]): Handled {
    this.#handled += 1;
    const isWrong = this.#handled % EVERY === 0;
    const wrong = (weakness: AnomalyName): boolean => isWrong && this.#weakness === weakness;
    const room = this.#room(conversation);
    const newest = room.at(-1)?.id ?? 0n;
    const id = wrong("id reused") || wrong("id not increasing") ? newest : newest + 1n;
    const given = wrong("id not increasing") && newest > 1n ? newest - 1n : id;
    const message: Stored = { conversation, sender, index, id: given };
    if (wrong("never acknowledged")) return { acknowledged: undefined, refused: false, pushes: [] };
    const refused = wrong("done although refused");
    if (!wrong("lost after acknowledgement")) room.push(message);
    const receivers = online.filter((member) => member !== sender);
    for (const [member] of conversation.members.entries()) {
      const key = `${conversation.number}:${member}`;
      if (member === sender) this.#unread.set(key, isGroup(conversation) ? 0 : (this.#unread.get(key) ?? 0));
      else if (!refused) this.#unread.set(key, (this.#unread.get(key) ?? 0) + (wrong("unread drift") ? 2 : 1));
    }
    const pushes = receivers.flatMap((member): (readonly [number, Stored])[] => {
      const isBack = this.#returned.has(`${conversation.number}:${member}`);
      if (wrong("push missing") || (this.#weakness === "push missing after reconnect" && isBack)) return [];
      const one = [member, message] as const;
      return wrong("duplicate") ? [one, one] : [one];
    });
    if (wrong("own push")) pushes.push([sender, message]);
    if (wrong("phantom")) pushes.push([receivers[0] ?? 0, { ...message, index: index + 1_000 }]);
    if (wrong("id differs")) pushes.splice(0, 1, [receivers[0] ?? 0, { ...message, id: given + 500n }]);
    return { acknowledged: refused ? undefined : given, refused, pushes };
  }

  /** A page of history. @param other a conversation whose message a leaking server mixes in */
  page(conversation: Conversation, reader: number, end: bigint, limit: number, other: Conversation): CIMMsgInfo[] {
    let room = this.#room(conversation);
    const mine = room.filter(({ sender }) => sender === reader).at(-1);
    if (end === 0n && this.#weakness === "stale history") room = room.slice(0, -2);
    if (end === 0n && this.#weakness === "own send missing") room = room.slice(0, room.indexOf(mine as Stored));
    let rows = room.map((message) => this.#row(message)).filter((row) => end === 0n || row.server_msg_id < end);
    if (this.#weakness === "orders differ between members" && reader === 1) swapNeighbours(rows);
    // Off by one: the message at the border of two pages is on neither.
    if (this.#weakness === "page gap or overlap" && end !== 0n) rows = rows.slice(0, -1);
    rows = rows.slice(-(this.#weakness === "short page" ? limit - 1 : limit));
    const leaked = this.#room(other)[0];
    if (this.#weakness === "leak across sessions" && leaked && rows[0]) {
      const { server_msg_id } = rows[0];
      rows[0] = { ...this.#row(leaked), server_msg_id };
    }
    return rows;
  }

  /** The session list of a member, with one session. */
  sessions(conversation: Conversation, member: number): CIMRecentContactSessionRsp {
    const newest = this.#room(conversation).at(-1);
    const unread_cnt = this.#unread.get(`${conversation.number}:${member}`) ?? 0;
    const entry = newest && { ...this.#row(newest), msg_id: markOf(newest), session_id: 1n, unread_cnt };
    return {
      user_id: 0n,
      unread_counts: entry ? unread_cnt : 0,
      contact_session_list: entry ? [{ ...entry, session_type: conversation.kind }] : [],
    } as unknown as CIMRecentContactSessionRsp;
  }

  #room(conversation: Conversation): Stored[] {
    const room = this.#rooms.get(conversation) ?? [];
    this.#rooms.set(conversation, room);
    return room;
  }

  #row(message: Stored): CIMMsgInfo {
    const isChanged = this.#weakness === "content changed" && message.id % BigInt(EVERY) === 0n;
    return {
      client_msg_id: markOf(message),
      server_msg_id: message.id,
      from_user_id: BigInt(message.conversation.members[message.sender] as number),
      msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT,
      msg_data: new TextEncoder().encode(isChanged ? "" : markOf(message)),
    } as CIMMsgInfo;
  }
}

/** The `client_msg_id` of a message. */
export function markOf({ conversation, sender, index }: Stored): string {
  const user = conversation.members[sender] as number;
  return encodeMark({ run: RUN, sender: user, conversation: conversation.number, index });
}

/** Two messages under each other's ids: the ids grow, the order is another. */
function swapNeighbours(rows: CIMMsgInfo[]): void {
  const [one, two] = rows.slice(4, 6);
  if (!one || !two) return;
  rows.splice(4, 2, { ...two, server_msg_id: one.server_msg_id }, { ...one, server_msg_id: two.server_msg_id });
}

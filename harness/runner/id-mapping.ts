import { type Command, encodeRawFrame, HEADER_LENGTH, type Registry, readHeader } from "../../codegen/index.ts";

/** What a number or a name stands for; those of one kind never stand for those of another. */
type Kind = "user" | "group" | "message" | "channel" | "token" | "name" | "made";

type Fields = Record<string, unknown>;

const KINDS: Readonly<Record<string, Kind>> = {
  user_id: "user",
  from_user_id: "user",
  creator_user_id: "user",
  creator_id: "user",
  msg_from_user_id: "user",
  group_owner_id: "user",
  invite_user_list: "user",
  member_id_list: "user",
  group_id: "group",
  server_msg_id: "message",
  end_msg_id: "message",
  channel_name: "channel",
  channel_token: "token",
  nick_name: "name",
  from_nick_name: "name",
  // Within notifications, which are JSON in a spelling of their own.
  groupId: "group",
  owner: "user",
  userId: "user",
  ownerUserId: "user",
  ids: "user",
  ownerNick: "name",
  nickNames: "name",
  // Given by who sends a message: by a client, whose are the same now, or by the server.
  client_msg_id: "made",
  latest_msg_id: "made",
  msg_id_list: "made",
};
/** Message types whose content and client's id the server makes. */
const MADE_BY_SERVER: readonly unknown[] = [7, 9, 10];

/**
 * Ids, names and tokens of a recording and what they are now: users are fresh, and the target gives its own numbers. No
 * two of one kind become one.
 */
export class IdMapping {
  readonly #registry: Registry;
  readonly #now = new Map<string, unknown>();
  /** What is the counterpart of something already, with its kind. */
  readonly #taken = new Set<string>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** A user of the recording is this one now. */
  user(recorded: bigint, now: bigint): void {
    this.#enter("user", recorded, now);
  }

  /** Learns from a frame of the recording and its counterpart. What is known already stays. */
  learn(recorded: unknown, now: unknown): void {
    if (!isFields(recorded) || !isFields(now)) return;
    for (const [name, before] of Object.entries(recorded)) {
      const after = now[name];
      const kind = kindOf(name, recorded);
      if (kind === "made" && !isMadeByServer(recorded)) continue;
      if (kind === undefined) this.#learnInside(before, after);
      else if (!Array.isArray(before)) this.#learnId(kind, before, after);
      else if (Array.isArray(after)) for (const [at, item] of before.entries()) this.#learnItem(kind, item, after[at]);
    }
  }

  /** A message of the recording with the ids of now. */
  map(message: unknown): unknown {
    if (Array.isArray(message)) return message.map((item) => this.map(item));
    if (!isFields(message)) return message;
    return Object.fromEntries(
      Object.entries(message).map(([name, value]) => {
        const kind = kindOf(name, message);
        if (kind === undefined) return [name, this.map(value)];
        return [name, Array.isArray(value) ? value.map((item) => this.#mapItem(kind, item)) : this.#mapId(kind, value)];
      }),
    );
  }

  /**
   * A packet of the recording with the ids of now. What is not exactly one well-formed packet, or several, stays as it
   * is, byte for byte.
   */
  packets(bytes: Uint8Array): { bytes: Uint8Array; mapped: boolean } {
    const packets: Uint8Array[] = [];
    for (let from = 0; from < bytes.length; ) {
      const rest = bytes.subarray(from);
      const length = rest.length < HEADER_LENGTH ? 0 : readHeader(rest).length;
      const packet =
        length < HEADER_LENGTH || length > rest.length ? undefined : this.#packet(rest.subarray(0, length));
      if (packet === undefined) return { bytes, mapped: false };
      packets.push(packet);
      from += length;
    }
    return { bytes: Buffer.concat(packets), mapped: true };
  }

  #packet(packet: Uint8Array): Uint8Array | undefined {
    const { length: _, ...header } = readHeader(packet);
    const command = this.#registry.byId(header.command_id);
    const body = packet.subarray(HEADER_LENGTH);
    if (!command) return body.length === 0 ? packet : undefined;
    const message = decoded(command, body);
    // What the codec would write in another way was written by hand: nothing of it may change.
    if (message === undefined || !Buffer.from(command.body.encode(message as never)).equals(body)) return undefined;
    return encodeRawFrame(header, command.body.encode(this.map(message) as never));
  }

  #learnInside(before: unknown, after: unknown): void {
    if (!Array.isArray(before)) this.learn(before, after);
    else if (Array.isArray(after))
      for (const [item, counterpart] of this.#pairs(before, after)) this.learn(item, counterpart);
  }

  /** Sessions come in any order within a second: those of whom it is known who they are now, and the others by place. */
  #pairs(before: readonly unknown[], after: readonly unknown[]): [unknown, unknown][] {
    const left = [...after];
    const takeOf = (item: unknown): unknown => {
      const at = left.findIndex((other) => this.#isSessionOf(item, other));
      return at < 0 ? undefined : left.splice(at, 1)[0];
    };
    const known = before.map((item): [unknown, unknown] => [item, takeOf(item)]);
    return known.map(([item, other]) => [item, other ?? left.shift()]);
  }

  #isSessionOf(before: unknown, after: unknown): boolean {
    if (!isFields(before) || !isFields(after) || !("session_id" in before)) return false;
    const kind = kindOf("session_id", before) as Kind;
    const isSame = after["session_id"] === this.#mapId(kind, before["session_id"]);
    return isSame && after["session_type"] === before["session_type"];
  }

  #learnId(kind: Kind, before: unknown, after: unknown): void {
    if (isId(before) && isId(after)) this.#enter(kind, before, after);
  }

  /** A list holds ids, or what has ids of its own. */
  #learnItem(kind: Kind, before: unknown, after: unknown): void {
    if (isFields(before)) this.learn(before, after);
    else this.#learnId(kind, before, after);
  }

  #enter(kind: Kind, before: unknown, after: unknown): void {
    const key = `${kind} ${before}`;
    const counterpart = `${kind} ${after}`;
    if (this.#now.has(key) || this.#taken.has(counterpart)) return;
    this.#now.set(key, after);
    this.#taken.add(counterpart);
  }

  #mapItem(kind: Kind, item: unknown): unknown {
    return isFields(item) ? this.map(item) : this.#mapId(kind, item);
  }

  /** The same id may be a number here and a text there. */
  #mapId(kind: Kind, id: unknown): unknown {
    const now = this.#now.get(`${kind} ${id}`);
    if (now === undefined) return id;
    if (typeof id === "bigint") return BigInt(now as string);
    return typeof id === "number" ? Number(now) : String(now);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function isId(value: unknown): boolean {
  return (
    (typeof value === "bigint" && value !== 0n) ||
    (typeof value === "number" && value !== 0) ||
    (typeof value === "string" && value !== "")
  );
}

/** Sessions are users or groups, by the session type beside them. */
function kindOf(name: string, beside: Fields): Kind | undefined {
  // Of receipts it is a message's number; in a list of sessions what its sender has called it.
  if (name === "msg_id") return typeof beside[name] === "string" ? "made" : "message";
  if (name !== "session_id" && name !== "to_session_id") return KINDS[name];
  return beside["session_type"] === 2 ? "group" : "user";
}

/** Whether the server has named a message: one of a type that it makes, or of a robot in the list of sessions. */
function isMadeByServer({ msg_type, is_robot_session, session_id, msg_from_user_id }: Fields): boolean {
  return MADE_BY_SERVER.includes(msg_type) || (is_robot_session === true && msg_from_user_id === session_id);
}

function decoded(command: Command, body: Uint8Array): unknown {
  try {
    return command.body.decode(body);
  } catch {
    return undefined;
  }
}

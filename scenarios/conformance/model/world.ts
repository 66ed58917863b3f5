import {
  type CIMMsgData,
  type CIMMsgDataAck,
  type CIMSessionType,
  commands,
  type Partially,
} from "../../../codegen/index.ts";
import { type CaseContext, type Peer, RuleFailure, type TestUser } from "../../../harness/runner/index.ts";
import {
  createGroup,
  GROUP,
  invite,
  isAccepted,
  leave,
  markRead,
  message,
  pushOf,
  readHistory,
  readUnread,
  SINGLE,
  TEXT,
} from "../setup/index.ts";
import { type Step, USERS } from "./steps.ts";

/** What is known of one conversation: the messages in their order. */
interface Log {
  /** Client ids in the order of acknowledgement. */
  readonly ids: string[];
  lastServerId: bigint;
}

/** The target and the model of it side by side: each step is done to both, and they are compared. */
export class World {
  readonly #t: CaseContext;
  readonly #users: TestUser[];
  readonly #peers: Peer[];
  readonly #group: bigint | undefined;
  readonly #pairs = new Map<string, Log>();
  readonly #groupLog: Log = { ids: [], lastServerId: 0n };
  readonly #members = new Set<number>([0, 1]);
  /** Ids of group messages that a member must be able to read: those since joining. */
  readonly #readable: string[][] = Array.from({ length: USERS }, () => []);
  /** Unread counts by reader and session; sessions are user numbers, `g` is the group. */
  readonly #unread = new Map<string, number>();
  readonly #last: (Partially<CIMMsgData> | undefined)[] = [];
  readonly #firstIds = new Map<string, bigint>();

  private constructor(t: CaseContext, users: TestUser[], peers: Peer[], group: bigint | undefined) {
    this.#t = t;
    this.#users = users;
    this.#peers = peers;
    this.#group = group;
  }

  /** Fresh users, each with a connection; the first two are in a group when one is wanted. */
  static async create(t: CaseContext, withGroup: boolean): Promise<World> {
    const users = await t.users(USERS);
    const peers = await Promise.all(
      users.map((user, index) => t.login(user, ["alice", "bob", "carol"][index] ?? "user")),
    );
    const owner = peers[0] as Peer;
    const group = withGroup ? await createGroup(t, owner, [(users[1] as TestUser).user_id]) : undefined;
    const world = new World(t, users, peers, group);
    if (group !== undefined) await world.#measureGroup();
    return world;
  }

  /** Lets go of all connections. */
  close(): void {
    for (const peer of this.#peers) peer.release();
  }

  /** @throws RuleFailure where target and model differ */
  async act(step: Step): Promise<void> {
    switch (step.do) {
      case "send":
        return await this.#send(step.from, step.to);
      case "resend":
        return await this.#resend(step.from);
      case "read":
        await markRead(this.#t, this.#peer(step.by), this.#id(step.of));
        this.#unread.set(`${step.by}:${step.of}`, 0);
        return;
      case "reconnect":
        return await this.#reconnect(step.who);
      case "group-send":
        return await this.#groupSend(step.from);
      case "group-read":
        if (!this.#members.has(step.by)) return;
        await markRead(this.#t, this.#peer(step.by), this.#groupId(), 0n, GROUP);
        this.#unread.set(`${step.by}:g`, 0);
        return;
      case "join":
        return await this.#join(step.who);
      case "leave":
        return await this.#leave(step.who);
    }
  }

  /** Compares everything that can be asked for at the end. */
  async compare(): Promise<void> {
    for (let one = 0; one < USERS; one++) {
      for (let other = 0; other < USERS; other++) {
        if (one === other) continue;
        const rows = await readHistory(this.#t, this.#peer(one), { session: this.#id(other) });
        const ids = rows.map((row) => row.client_msg_id);
        this.#t.equal(
          ids,
          this.#pair(one, other).ids,
          `the history of ${this.#peer(one).name} with ${this.#peer(other).name}`,
        );
        const unread = await readUnread(this.#t, this.#peer(one), this.#id(other), SINGLE);
        const expected = this.#unread.get(`${one}:${other}`) ?? 0;
        this.#t.equal(unread, expected, `the unread count of ${this.#peer(one).name} for ${this.#peer(other).name}`);
      }
    }
    if (this.#group === undefined) return;
    for (const member of this.#members) {
      const rows = await readHistory(this.#t, this.#peer(member), { session: this.#group, type: GROUP });
      const texts = rows.filter((row) => row.msg_type === TEXT).map((row) => row.client_msg_id);
      const since = this.#readable[member] ?? [];
      const name = this.#peer(member).name;
      this.#t.equal(
        since.length === 0 ? [] : texts.slice(-since.length),
        since,
        `what ${name} reads of the group since joining`,
      );
      const unread = await readUnread(this.#t, this.#peer(member), this.#group, GROUP);
      this.#t.equal(unread, this.#unread.get(`${member}:g`) ?? 0, `the unread count of ${name} for the group`);
    }
  }

  async #send(from: number, to: number): Promise<void> {
    const text = message(this.#t, this.#peer(from), this.#id(to), "in a random history");
    const ack = await this.#accepted(from, text);
    this.#grew(this.#pair(from, to), ack);
    this.#last[from] = text;
    this.#unread.set(`${to}:${from}`, (this.#unread.get(`${to}:${from}`) ?? 0) + 1);
    await pushOf(this.#peer(to), text.client_msg_id);
  }

  async #resend(from: number): Promise<void> {
    const text = this.#last[from];
    if (!text) return;
    const ack = await this.#accepted(from, text);
    const first = this.#firstIds.get(text.client_msg_id ?? "");
    this.#t.equal(ack.server_msg_id, first, "server_msg_id of a message that was sent again");
  }

  async #reconnect(who: number): Promise<void> {
    const old = this.#peer(who);
    old.release();
    this.#peers[who] = await this.#t.login(this.#users[who] as TestUser, old.name);
  }

  async #groupSend(from: number): Promise<void> {
    const text = message(this.#t, this.#peer(from), this.#groupId(), "to the group", { session_type: GROUP });
    if (!this.#members.has(from)) {
      const sent = this.#peer(from).send(commands.MSG_DATA, text);
      await this.#t.refused(this.#peer(from), sent, isAccepted);
      return;
    }
    this.#grew(this.#groupLog, await this.#accepted(from, text));
    for (const member of this.#members) {
      this.#readable[member]?.push(text.client_msg_id ?? "");
      this.#unread.set(`${member}:g`, member === from ? 0 : (this.#unread.get(`${member}:g`) ?? 0) + 1);
      if (member !== from) await pushOf(this.#peer(member), text.client_msg_id);
    }
  }

  async #join(who: number): Promise<void> {
    if (this.#members.has(who)) return;
    await invite(this.#t, this.#peer(0), this.#groupId(), [this.#id(who)]);
    this.#members.add(who);
    this.#readable[who] = [];
    await this.#measureGroup();
  }

  async #leave(who: number): Promise<void> {
    if (!this.#members.has(who)) return;
    await leave(this.#t, this.#peer(who), this.#groupId());
    this.#members.delete(who);
    await this.#measureGroup();
  }

  /** Whether notifications count as unread is left open (UNREAD-04), so counts are read anew behind each of them. */
  async #measureGroup(): Promise<void> {
    for (const member of this.#members) {
      const count = await readUnread(this.#t, this.#peer(member), this.#groupId(), GROUP as CIMSessionType);
      this.#unread.set(`${member}:g`, count);
    }
  }

  async #accepted(from: number, text: Partially<CIMMsgData>): Promise<CIMMsgDataAck> {
    const ack = await this.#peer(from).ask(commands.MSG_DATA, text);
    if (!isAccepted(ack)) throw new RuleFailure("res_code 1", `res_code ${ack.res_code}`);
    if (!this.#firstIds.has(ack.client_msg_id)) this.#firstIds.set(ack.client_msg_id, ack.server_msg_id);
    return ack;
  }

  #grew(log: Log, ack: CIMMsgDataAck): void {
    const { server_msg_id, client_msg_id } = ack;
    this.#t.ensure(
      server_msg_id > log.lastServerId,
      `an id above ${log.lastServerId}`,
      `server_msg_id ${server_msg_id}`,
    );
    log.lastServerId = server_msg_id;
    log.ids.push(client_msg_id);
  }

  #pair(one: number, other: number): Log {
    const key = one < other ? `${one}-${other}` : `${other}-${one}`;
    const log = this.#pairs.get(key) ?? { ids: [], lastServerId: 0n };
    this.#pairs.set(key, log);
    return log;
  }

  #peer(index: number): Peer {
    return this.#peers[index] as Peer;
  }

  #id(index: number): bigint {
    return (this.#users[index] as TestUser).user_id;
  }

  #groupId(): bigint {
    return this.#group ?? 0n;
  }
}

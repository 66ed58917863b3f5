import {
  type CIMMsgData,
  CIMVoipByeReason,
  type Command,
  commands,
  type Partially,
} from "../../../../codegen/index.ts";
import { type CaseContext, RuleFailure } from "../../../../harness/runner/index.ts";
import {
  ANSWERED,
  askHistory,
  askSessions,
  bye,
  type Call,
  entryOf,
  GROUP,
  invitation,
  isAccepted,
  markRead,
  message,
  reply,
  SINGLE,
  SUCCESS,
  sameIds,
  TRYING,
} from "../../setup/index.ts";
import { compareCounts, compareHistory, compareMembers } from "./compare.ts";
import { type KnownMessage, Person } from "./devices.ts";
import { type Deed, PEOPLE, type Place } from "./steps.ts";
import { Talk } from "./talk.ts";

/** Devices of each of the people: carol has more than somebody may have thought enough. */
const DEVICES = [6, 2, 12, 1] as const;
/** Messages sent before their acknowledgements are waited for. */
const WINDOW = 50;

/** The target and the model of it side by side, in a world that a history makes as large as it likes. */
export class LargeWorld {
  readonly #t: CaseContext;
  readonly #people: readonly Person[];
  readonly #talks: Map<Place, Talk>;
  readonly #resent = new Set<string>();
  /** Users whom alice has written to, and groups that she is in, beside the places. */
  readonly #others: { users: bigint[]; groups: bigint[] } = { users: [], groups: [] };
  /** Members of the crowd who never are online. */
  readonly #offline: readonly bigint[];
  readonly #patienceMs: number;

  private constructor(
    t: CaseContext,
    people: readonly Person[],
    talks: Map<Place, Talk>,
    { offline, patienceMs }: { readonly offline: readonly bigint[]; readonly patienceMs: number },
  ) {
    this.#t = t;
    this.#people = people;
    this.#talks = talks;
    this.#offline = offline;
    this.#patienceMs = patienceMs;
  }

  /**
   * Fresh users on their devices, and the team.
   * @param size `crowd`: members of the crowd, should it gather; `patienceMs`: longest wait for a push
   */
  static async create(t: CaseContext, size: { crowd: number; patienceMs: number }): Promise<LargeWorld> {
    const people: Person[] = [];
    let offline: bigint[] = [];
    for (const [number, name] of PEOPLE.entries()) {
      // The last one is new behind all the others, so that who comes last in a large group is looked at.
      if (number === PEOPLE.length - 1) {
        offline = (await t.users(Math.max(0, size.crowd - PEOPLE.length))).map(({ user_id }) => user_id);
      }
      people.push(await Person.logIn(t, name, DEVICES[number] ?? 1));
    }
    const [alice, bob, carol] = people as [Person, Person, Person];
    const pair = (friend: Person): Talk =>
      new Talk(SINGLE, [alice.id, friend.id], (who) => (who === alice.id ? friend.id : alice.id));
    const world = new LargeWorld(
      t,
      people,
      new Map<Place, Talk>([
        ["bob", pair(bob)],
        ["carol", pair(carol)],
      ]),
      { offline, patienceMs: size.patienceMs },
    );
    await world.#foundPlace("team", []);
    return world;
  }

  /** Does a deed and compares what it must have changed. @throws RuleFailure where target and model differ */
  async act(deed: Deed): Promise<void> {
    switch (deed.do) {
      case "meet":
        return await this.#meet(deed.count);
      case "found":
        return await this.#found(deed.count);
      case "gather":
        return await this.#gather();
      case "thin":
        return await this.#thin(deed.count);
      case "call":
        return await this.#call(deed.of, deed.end);
      case "reconnect":
        return await this.#reconnect(this.#person(deed.who));
      default: {
        const talk = this.#talks.get(deed.in);
        if (talk !== undefined) await this.#actIn(talk, deed);
      }
    }
  }

  /** Compares all that can be asked for at the end. @throws RuleFailure where target and model differ */
  async compare(): Promise<void> {
    const alice = this.#person(0);
    for (const talk of this.#talks.values()) await compareHistory(this.#t, talk, alice);
    const list = await askSessions(alice.nextDevice().peer);
    for (const user of this.#others.users) entryOf(list, user, SINGLE);
    for (const group of this.#others.groups) entryOf(list, group, GROUP);
    const groups = await alice.nextDevice().peer.ask(commands.GROUP_LIST_REQ, { user_id: alice.id });
    const expected = [...this.#others.groups, ...this.#groupPlaces().map((talk) => talk.sessionFor(alice.id))];
    const got = groups.group_version_list.map(({ group_id }) => group_id);
    this.#t.ensure(sameIds(got, expected), `${expected.length} groups in alice's list`, `${got.length} groups`);
    for (const talk of this.#groupPlaces()) await compareMembers(this.#t, talk, this.#person(0));
  }

  async #actIn(talk: Talk, deed: Extract<Deed, { in: Place }>): Promise<void> {
    const person = this.#person("who" in deed ? deed.who : deed.by);
    const isIn = talk.members.has(person.id);
    switch (deed.do) {
      case "write":
        if (isIn) await this.#write(talk, person, deed.count);
        else if (talk.type === GROUP) await this.#writeFromOutside(talk, person);
        break;
      case "resend":
        if (isIn) await this.#resend(talk, person, deed.which);
        break;
      case "read":
        if (isIn) await this.#read(talk, person, deed.upTo);
        break;
      case "leave":
        if (!isIn) return;
        await this.#order(person, commands.GROUP_EXIT_REQ, { group_id: talk.sessionFor(person.id) });
        talk.members.delete(person.id);
        await this.#membersChanged(talk);
        break;
      case "return":
        if (isIn) return;
        await this.#order(this.#person(0), commands.GROUP_INVITE_MEMBER_REQ, {
          group_id: talk.sessionFor(person.id),
          member_id_list: [person.id],
        });
        talk.members.add(person.id);
        await this.#membersChanged(talk);
        break;
    }
    await this.#checkCounts(talk);
  }

  async #write(talk: Talk, by: Person, count: number): Promise<void> {
    const { peer } = by.nextDevice();
    for (let at = 0; at < count; at += WINDOW) {
      const batch = Array.from({ length: Math.min(WINDOW, count - at) }, (_, index) => {
        const text = this.#message(talk, by, `message ${talk.log.length + index + 1}`);
        return { text, sent: peer.send(commands.MSG_DATA, text) };
      });
      for (const { text, sent } of batch) this.#wasTaken(talk, by, text, (await peer.answer(sent)).message);
    }
    await this.#settle();
  }

  #wasTaken(
    talk: Talk,
    by: Person,
    text: Partially<CIMMsgData>,
    ack: { res_code: number; server_msg_id: bigint },
  ): void {
    const place = `message ${talk.log.length + 1} of ${by.name}`;
    if (!isAccepted(ack as never)) throw new RuleFailure(`${place} is taken`, `res_code ${ack.res_code}`);
    const last = talk.log.at(-1)?.serverId ?? 0n;
    this.#t.ensure(ack.server_msg_id > last, `an id above ${last}`, `server_msg_id ${ack.server_msg_id}`);
    const known: KnownMessage = {
      talk,
      clientId: text.client_msg_id ?? "",
      serverId: ack.server_msg_id,
      from: by.id,
      to: talk.sessionFor(by.id),
      content: new TextDecoder().decode(text.msg_data),
    };
    talk.wrote(known);
    for (const other of this.#people) {
      if (other !== by && talk.members.has(other.id)) for (const device of other.devices) device.owe(known);
    }
  }

  async #writeFromOutside(talk: Talk, by: Person): Promise<void> {
    const { peer } = by.nextDevice();
    const sent = peer.send(commands.MSG_DATA, this.#message(talk, by, "from outside"));
    await this.#t.refused(peer, sent, isAccepted);
    await this.#settle();
  }

  async #resend(talk: Talk, by: Person, which: "first" | "last"): Promise<void> {
    const own = talk.log.filter(({ from, content }) => from === by.id && content !== "");
    const again = which === "first" ? own[0] : own.at(-1);
    if (again === undefined) return;
    this.#resent.add(again.clientId);
    const text = this.#message(talk, by, again.content, again.clientId);
    const ack = await by.nextDevice().peer.ask(commands.MSG_DATA, text);
    this.#t.equal(ack.server_msg_id, again.serverId, `server_msg_id of ${by.name}'s ${which} message, sent again`);
    await this.#settle();
  }

  async #read(talk: Talk, by: Person, upTo: number): Promise<void> {
    const id = upTo === 0 ? 0n : (talk.log[Math.min(upTo, talk.log.length) - 1]?.serverId ?? 0n);
    await markRead(this.#t, by.nextDevice().peer, talk.sessionFor(by.id), id, talk.type);
    talk.read(by.id, id);
  }

  /** Of notifications the rules leave open whether they count (UNREAD-04): all read them, so that none is left. */
  async #membersChanged(talk: Talk): Promise<void> {
    talk.membersChanged();
    for (const person of this.#people) if (talk.members.has(person.id)) await this.#read(talk, person, 0);
    await compareMembers(this.#t, talk, this.#person(0));
  }

  /** A fresh user each, with whom alice has one message. */
  async #meet(count: number): Promise<void> {
    const alice = this.#person(0);
    const { peer } = alice.nextDevice();
    const users = await this.#t.users(count);
    const sent = users.map(({ user_id }) =>
      peer.send(commands.MSG_DATA, message(this.#t, peer, user_id, "pleased to meet you")),
    );
    for (const one of sent) {
      const { message: ack } = await peer.answer(one);
      if (!isAccepted(ack))
        throw new RuleFailure("alice's first message to a user is taken", `res_code ${ack.res_code}`);
    }
    this.#others.users.push(...users.map(({ user_id }) => user_id));
  }

  async #found(count: number): Promise<void> {
    const [alice, bob] = this.#people as [Person, Person];
    for (let number = 0; number < count; number++) {
      this.#others.groups.push(await this.#newGroup(alice, [bob.id], `group ${number + 1}`));
    }
  }

  /** @throws RuleFailure when the target makes none */
  async #newGroup(owner: Person, members: readonly bigint[], name: string): Promise<bigint> {
    const wanted = { user_id: owner.id, group_name: name, member_id_list: [...members] };
    const made = await owner.nextDevice().peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, wanted);
    const id = made.group_info?.group_id ?? 0n;
    if (made.result_code !== SUCCESS || id === 0n) {
      throw new RuleFailure(`a group of ${members.length + 1} is made`, `result_code ${made.result_code}`);
    }
    return id;
  }

  /** Asks for another set of members. What comes of it, and not what the answer says, is looked at behind it. */
  async #order<T extends { user_id: bigint; group_id: bigint }>(
    by: Person,
    command: Command<T>,
    what: Partially<Omit<T, "user_id">>,
  ): Promise<void> {
    const { peer } = by.nextDevice();
    peer.send(command, { user_id: by.id, ...what } as Partially<T>);
    await this.#t.given("a fence behind a change of the members", () => peer.fence());
  }

  async #gather(): Promise<void> {
    if (!this.#talks.has("crowd")) await this.#foundPlace("crowd", this.#offline);
  }

  /** Some of those who are online stand before, some behind all who are offline. */
  async #foundPlace(place: "team" | "crowd", offline: readonly bigint[]): Promise<void> {
    const [alice, bob, ...friends] = this.#people as [Person, Person, ...Person[]];
    const others = [bob.id, ...offline, ...friends.map(({ id }) => id)];
    const group = await this.#newGroup(alice, others, place);
    const talk = new Talk(GROUP, [alice.id, ...others], () => group);
    this.#talks.set(place, talk);
    await this.#membersChanged(talk);
  }

  async #thin(count: number): Promise<void> {
    const talk = this.#talks.get("crowd");
    if (talk === undefined) return;
    const offline = [...talk.members].filter((id) => !this.#people.some((person) => person.id === id)).slice(-count);
    if (offline.length === 0) return;
    const alice = this.#person(0);
    const group_id = talk.sessionFor(alice.id);
    await this.#order(alice, commands.GROUP_KICK_OUT_MEMBER_REQ, { group_id, member_id_list: offline });
    for (const id of offline) talk.members.delete(id);
    await this.#membersChanged(talk);
  }

  async #call(of: number, end: "cancel" | "refuse" | "hang-up" | "busy"): Promise<void> {
    const [caller, called] = [this.#person(0), this.#person(of)];
    const talk = this.#talks.get(of === 1 ? "bob" : "carol") as Talk;
    const call = await this.#ring(caller, called);
    if (end === "busy") {
      const second = this.#person(of === 1 ? 2 : 1);
      const sent = call.caller.peer.send(commands.VOIP_INVITE_REQ, invitation(call.caller, [second.id]));
      const { answer } = await call.caller.peer.aftermath(sent);
      this.#t.ensure(answer?.message?.rsp_code !== TRYING, "no second call beside one that rings", "rsp_code 100");
    }
    if (end === "hang-up") {
      await call.called.peer.answer(call.called.peer.send(commands.VOIP_INVITE_REPLY, reply(call, ANSWERED)));
      call.caller.peer.send(commands.VOIP_INVITE_REPLY_ACK, { channel_info: call.channel });
    }
    const by = end === "refuse" ? called : caller;
    const party = by === caller ? call.caller : call.called;
    await party.peer.ask(commands.VOIP_BYE_REQ, bye(call, party, REASONS[end]));
    for (const person of [caller, called])
      if (person !== by) for (const device of person.devices) device.oweCallRecord();
    await this.#settle();
    await this.#learnCallRecord(talk, by);
    await this.#checkCounts(talk);
  }

  /** The caller has its 100, and the called device that will act the invitation of this very call. */
  async #ring(caller: Person, called: Person): Promise<Call> {
    const [from, to] = [caller.nextDevice().peer, called.nextDevice().peer];
    const mark = to.inbox.length;
    const party = { user: caller.user, peer: from };
    const trying = await from.ask(commands.VOIP_INVITE_REQ, invitation(party, [called.id]));
    this.#t.ensure(trying.rsp_code === TRYING, "rsp_code 100 for an invitation", `rsp_code ${trying.rsp_code}`);
    const invited = await to.until(() => to.inbox.all(commands.VOIP_INVITE_REQ, mark)[0]?.message);
    const channel = invited?.channel_info ?? trying.channel_info;
    if (invited === undefined || channel === undefined) {
      throw new RuleFailure(`the invitation reaches ${to.name}`, "none came");
    }
    return { caller: party, called: { user: called.user, peer: to }, channel };
  }

  /** The target makes the ids of a call's record: the newest row of the history tells them. */
  async #learnCallRecord(talk: Talk, by: Person): Promise<void> {
    const alice = this.#person(0);
    const session = talk.sessionFor(alice.id);
    const { msg_list } = await askHistory(alice.nextDevice().peer, { session, limit: 1 });
    const row = msg_list[0];
    const last = talk.log.at(-1)?.serverId ?? 0n;
    if (row === undefined || row.server_msg_id <= last || row.from_user_id !== by.id) {
      throw new RuleFailure(`the newest message is the record of ${by.name}'s call`, "another one");
    }
    const { client_msg_id: clientId, server_msg_id: serverId } = row;
    talk.wrote({ talk, clientId, serverId, from: by.id, to: talk.sessionFor(by.id), content: "" });
  }

  async #reconnect(person: Person): Promise<void> {
    const device = person.nextDevice();
    const { name } = device.peer;
    device.peer.reset();
    device.replace(await this.#t.login(person.user, name, device.address));
  }

  /** What the lists of all members who are online say of a conversation. */
  async #checkCounts(talk: Talk): Promise<void> {
    if (talk.log.length === 0) return;
    for (const person of this.#people) if (talk.members.has(person.id)) await compareCounts(this.#t, talk, person);
  }

  async #settle(): Promise<void> {
    for (const person of this.#people) await person.settle(this.#resent, this.#patienceMs);
  }

  #message(talk: Talk, by: Person, content: string, clientId?: string): Partially<CIMMsgData> {
    const fields = { session_type: talk.type, ...(clientId !== undefined && { client_msg_id: clientId }) };
    return message(this.#t, by.first.peer, talk.sessionFor(by.id), content, fields);
  }

  #groupPlaces(): Talk[] {
    return [...this.#talks.values()].filter(({ type }) => type === GROUP);
  }

  #person(number: number): Person {
    return this.#people[number] as Person;
  }
}

const REASONS = {
  cancel: CIMVoipByeReason.kCIM_VOIP_BYE_REASON_CANCEL,
  refuse: CIMVoipByeReason.kCIM_VOIP_BYE_REASON_REJECT,
  "hang-up": CIMVoipByeReason.kCIM_VOIP_BYE_REASON_END,
  busy: CIMVoipByeReason.kCIM_VOIP_BYE_REASON_CANCEL,
} as const;

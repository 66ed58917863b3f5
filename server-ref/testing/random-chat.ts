import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import {
  type CIMContactSessionInfo,
  type CIMMsgData,
  type CIMMsgInfo,
  CIMMsgType,
  CIMSessionType,
  commands,
} from "../../codegen/index.ts";
import { ChatModel, type ModelConversation } from "./chat-model.ts";
import { seededRandom } from "./seeded-random.ts";
import { TestClient } from "./test-client.ts";

/** The users who play; each logs in by the token `token<id>`. */
export const USERS: readonly bigint[] = [1n, 2n, 3n, 4n, 5n, 6n];
const DEVICES = 2;
const REQUESTS_PER_ROUND = 60;

/** A message that was sent, and what was answered. */
interface Sent {
  conversation: ModelConversation;
  from: bigint;
  to: bigint;
  id: string;
  device: TestClient;
  serverId?: bigint;
}

/** How long pushes may take from one server to another, in milliseconds. */
const PUSHED_WITHIN_MS = 5000;

/** Random users on servers and the model of what they should see. */
export class RandomChat {
  readonly #ports: readonly number[];
  readonly #pushOrder: "by id" | "any";
  readonly #random: () => number;
  readonly #model = new ChatModel();
  readonly #devices = new Map<bigint, TestClient[]>();
  readonly #history: Sent[] = [];

  /**
   * @param ports of the servers; each connection picks one
   * @param pushOrder whether pushes of a conversation must come in the order of their ids, whoever sent them
   */
  constructor(ports: readonly number[], seed: number, pushOrder: "by id" | "any") {
    this.#ports = ports;
    this.#pushOrder = pushOrder;
    this.#random = seededRandom(seed);
  }

  /** Round after round, each of them checked. */
  async play(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      await this.#bringAllBack();
      await this.#changeRound();
      await this.#check();
      await this.#sendSomeAway();
      await this.#chatRound();
    }
    await this.#bringAllBack();
    await this.#check();
  }

  async #bringAllBack(): Promise<void> {
    const away = USERS.filter((user) => !this.#isPresent(user));
    await Promise.all(
      away.map(async (user) => {
        this.#devices.set(user, await Promise.all(Array.from({ length: DEVICES }, () => this.#connect(user))));
      }),
    );
  }

  /** They miss a round of messages. */
  async #sendSomeAway(): Promise<void> {
    const leaving = USERS.filter(() => this.#random() < 0.2);
    await Promise.all(
      leaving.flatMap((user) => this.#devices.get(user) as TestClient[]).map((device) => device.close()),
    );
    for (const user of leaving) this.#devices.set(user, []);
  }

  #isPresent(user: bigint): boolean {
    return (this.#devices.get(user)?.length ?? 0) > 0;
  }

  /** Requests of all users at the same moment, none of which depends on the order in which they are served. */
  async #chatRound(): Promise<void> {
    const known = new Map([...this.#conversations()].map((each) => [each, each.messages.length]));
    const sent: Sent[] = [];
    const answers: Promise<void>[] = [];
    const present = USERS.filter((user) => this.#isPresent(user));
    if (present.length === 0) return;
    for (let index = 0; index < REQUESTS_PER_ROUND; index++) {
      const user = this.#pick(present);
      const device = this.#pick(this.#devices.get(user) as TestClient[]);
      const chance = this.#random();
      if (chance < 0.1) answers.push(this.#sendAgain());
      else if (chance < 0.25) this.#read(user, device, known);
      else {
        const message = this.#newMessage(user, device);
        sent.push(message);
        answers.push(this.#send(message));
      }
    }
    await Promise.all(answers);
    for (const message of sent.toSorted((a, b) => Number((a.serverId as bigint) - (b.serverId as bigint)))) {
      this.#model.append(message.conversation, message.serverId as bigint, message);
      this.#history.push(message);
    }
    await this.#settle();
    await this.#pushed(sent);
    this.#checkPushes(sent);
  }

  /** Changes of groups and of connections, and sessions read as a whole: each group and each user once. */
  async #changeRound(): Promise<void> {
    const changes = this.#model.groups.filter(() => this.#random() < 0.5).map((group) => this.#changeGroup(group));
    if (this.#model.groups.length < 5) changes.push(this.#createGroup());
    for (const user of USERS) {
      const chance = this.#random();
      if (chance < 0.2) changes.push(this.#reconnect(user));
    }
    await Promise.all(changes);
    for (const user of USERS) if (this.#random() < 0.3) this.#readAll(user);
    await this.#settle();
    for (const device of this.#allDevices()) device.inbox.length = 0;
  }

  /** Every user's sessions, unread counts and histories are the model's. */
  async #check(): Promise<void> {
    for (const user of USERS) {
      const device = this.#pick(this.#devices.get(user) as TestClient[]);
      const list = await device.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: user });
      const sessions: CIMContactSessionInfo[] = list.contact_session_list;
      const views = this.#model.views(user);
      const key = (type: number, id: bigint): string => `${type} ${id}`;
      expect(
        Object.fromEntries(sessions.map((each) => [key(each.session_type, each.session_id), each.unread_cnt])),
      ).toEqual(Object.fromEntries(views.map((each) => [key(each.session_type, each.session_id), each.unread])));
      expect(list.unread_counts).toBe(views.reduce((sum, { unread }) => sum + unread, 0));
      const times = sessions.map(({ updated_time }) => updated_time);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      for (const { session_type, session_id, newest, history } of views) {
        const session = sessions.find((each) => each.session_type === session_type && each.session_id === session_id);
        expect(nameOf(session?.msg_id, session?.msg_type)).toBe(newest);
        expect(await this.#wholeHistory(device, user, session_type, session_id)).toEqual(history);
      }
    }
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }

  *#conversations(): Generator<ModelConversation> {
    for (const a of USERS) for (const b of USERS) if (a < b) yield this.#model.pair(a, b);
    yield* this.#model.groups;
  }

  #allDevices(): TestClient[] {
    return [...this.#devices.values()].flat();
  }

  async #connect(user: bigint): Promise<TestClient> {
    const client = await TestClient.connect(this.#pick(this.#ports));
    await client.request(commands.LOGIN_AUTH_TOKEN_REQ, { user_id: user, user_token: `token${user}` });
    return client;
  }

  async #reconnect(user: bigint): Promise<void> {
    const devices = this.#devices.get(user) as TestClient[];
    await devices.shift()?.close();
    devices.push(await this.#connect(user));
  }

  #newMessage(from: bigint, device: TestClient): Sent {
    const groups = this.#model.groups.filter(({ members }) => members.has(from));
    const group = groups.length > 0 && this.#random() < 0.5 ? this.#pick(groups) : undefined;
    const to = group?.group_id ?? this.#pick(USERS.filter((user) => user !== from));
    return { conversation: group ?? this.#model.pair(from, to), from, to, id: randomUUID(), device };
  }

  async #send(message: Sent): Promise<void> {
    const { from, to, id, device, conversation } = message;
    const ack = await device.request(commands.MSG_DATA, {
      from_user_id: from,
      to_session_id: to,
      client_msg_id: id,
      msg_type: 1,
      session_type: conversation.session_type,
    });
    expect(ack.res_code).toBe(1);
    if (message.serverId !== undefined) expect(ack.server_msg_id).toBe(message.serverId);
    message.serverId = ack.server_msg_id;
  }

  /** An acknowledgement was lost, the client thinks. */
  async #sendAgain(): Promise<void> {
    const possible = this.#history.filter(({ from }) => this.#isPresent(from));
    if (possible.length === 0) return;
    const message = this.#pick(possible);
    await this.#send({ ...message, device: this.#pick(this.#devices.get(message.from) as TestClient[]) });
  }

  #read(user: bigint, device: TestClient, known: ReadonlyMap<ModelConversation, number>): void {
    const readable = [...known].filter(([{ members }, length]) => members.has(user) && length > 0);
    if (readable.length === 0) return;
    const [conversation, length] = this.#pick(readable);
    const upTo = 1 + Math.floor(this.#random() * length);
    this.#sendRead(user, device, conversation, upTo);
  }

  #readAll(user: bigint): void {
    for (const conversation of this.#conversations()) {
      if (!conversation.members.has(user) || this.#random() < 0.5) continue;
      this.#sendRead(user, this.#pick(this.#devices.get(user) as TestClient[]), conversation, 0);
    }
  }

  #sendRead(user: bigint, device: TestClient, conversation: ModelConversation, upTo: number): void {
    const peer = [...conversation.members.keys()].find((each) => each !== user) as bigint;
    device.send(commands.MSG_READ_ACK, {
      user_id: user,
      session_id: conversation.session_type === CIMSessionType.kCIM_SESSION_TYPE_SINGLE ? peer : conversation.group_id,
      session_type: conversation.session_type,
      msg_id: BigInt(upTo),
    });
    this.#model.read(conversation, user, upTo);
  }

  async #createGroup(): Promise<void> {
    const owner = this.#pick(USERS);
    const others = USERS.filter((user) => user !== owner && this.#random() < 0.4);
    const device = this.#pick(this.#devices.get(owner)?.slice(1) as TestClient[]);
    const request = { user_id: owner, group_name: "group", member_id_list: others };
    const answer = await device.request(commands.GROUP_CREATE_DEFAULT_REQ, request);
    expect(answer.result_code).toBe(200);
    this.#model.addGroup(answer.group_info.group_id, [owner, ...others]);
  }

  /** One member joins, is removed or leaves. */
  async #changeGroup(group: ModelConversation): Promise<void> {
    const { group_id } = group;
    // The owner is the first member ever, and stays.
    const [owner, ...others] = group.members.keys() as IterableIterator<bigint> as unknown as bigint[];
    const outside = USERS.filter((user) => !group.members.has(user));
    const device = (this.#devices.get(owner as bigint) as TestClient[])[1] as TestClient;
    const act = { user_id: owner as bigint, group_id };
    if (outside.length > 0 && (others.length === 0 || this.#random() < 0.6)) {
      const user = this.#pick(outside);
      const answer = await device.request(commands.GROUP_INVITE_MEMBER_REQ, { ...act, member_id_list: [user] });
      expect(answer.result_code).toBe(200);
      this.#model.changeMembers(group, [user], []);
    } else if (others.length > 0 && this.#random() < 0.5) {
      const user = this.#pick(others);
      // The first device may reconnect in the same round.
      const own = (this.#devices.get(user) as TestClient[])[1] as TestClient;
      expect((await own.request(commands.GROUP_EXIT_REQ, { user_id: user, group_id })).result_code).toBe(200);
      this.#model.changeMembers(group, [], [user]);
    } else if (others.length > 0) {
      const user = this.#pick(others);
      const answer = await device.request(commands.GROUP_KICK_OUT_MEMBER_REQ, { ...act, member_id_list: [user] });
      expect(answer.result_code).toBe(200);
      this.#model.changeMembers(group, [], [user]);
    }
  }

  /** Everything that was sent has been handled, and what it made the server send has come. */
  async #settle(): Promise<void> {
    for (const _twice of [1, 2]) {
      await Promise.all(
        USERS.flatMap((user) => (this.#devices.get(user) as TestClient[]).map((device) => device.settle(user))),
      );
    }
  }

  /** What one server pushes to the other's connections comes when it comes: as many messages as are due have come. */
  async #pushed(sent: readonly Sent[]): Promise<void> {
    const deadline = performance.now() + PUSHED_WITHIN_MS;
    const isMissing = ([user, devices]: [bigint, TestClient[]]): boolean =>
      devices.some((device) => messagesIn(device).length < dueTo(user, device, sent).length);
    while ([...this.#devices].some(isMissing) && performance.now() < deadline) await this.#settle();
  }

  /** Each device got each message of its user's conversations once, in order, but those that it sent itself. */
  #checkPushes(sent: readonly Sent[]): void {
    for (const user of USERS) {
      for (const device of this.#devices.get(user) as TestClient[]) {
        const messages = messagesIn(device);
        device.inbox.length = 0;
        for (const conversation of new Set(sent.map((each) => each.conversation))) {
          const expected = dueTo(user, device, sent).filter((each) => each.conversation === conversation);
          const ids = new Set(expected.map(({ id }) => id));
          const got = messages.filter(({ client_msg_id }) => ids.has(client_msg_id));
          const gotIds = got.map(({ server_msg_id }) => server_msg_id);
          if (this.#pushOrder === "any") gotIds.sort((a, b) => Number(a - b));
          expect(gotIds).toEqual(expected.map(({ serverId }) => serverId as bigint).toSorted((a, b) => Number(a - b)));
        }
        expect(messages).toHaveLength(dueTo(user, device, sent).length);
      }
    }
  }

  async #wholeHistory(
    device: TestClient,
    user: bigint,
    session_type: 1 | 2,
    session_id: bigint,
  ): Promise<[bigint, string][]> {
    const limit_count = 1 + Math.floor(this.#random() * 100);
    const whole: [bigint, string][] = [];
    for (let end_msg_id = 0n; ; ) {
      const request = { user_id: user, session_type, session_id, end_msg_id, limit_count };
      const page: CIMMsgInfo[] = (await device.request(commands.LIST_MSG_REQ, request)).msg_list;
      whole.unshift(
        ...page.map((each): [bigint, string] => [each.server_msg_id, nameOf(each.client_msg_id, each.msg_type)]),
      );
      if (page.length < limit_count) return whole;
      end_msg_id = (page[0] as CIMMsgInfo).server_msg_id;
    }
  }
}

/** What a device must be pushed of what was sent: all of its user's conversations that it did not send itself. */
function dueTo(user: bigint, device: TestClient, sent: readonly Sent[]): Sent[] {
  return sent.filter((each) => each.conversation.members.has(user) && each.device !== device);
}

/** Messages that came; notifications of another server may come after their round. */
function messagesIn({ inbox }: TestClient): CIMMsgData[] {
  return inbox
    .filter(({ command_id }) => command_id === commands.MSG_DATA.id)
    .map(({ message }) => message as CIMMsgData)
    .filter(({ msg_type }) => msg_type !== CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION);
}

/** Notifications have ids that the server makes up. */
function nameOf(id: string | undefined, type: number | undefined): string {
  return type === CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION ? "notification" : (id ?? "none");
}

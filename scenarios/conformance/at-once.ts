import {
  type CIMChannelInfo,
  type CIMMsgData,
  CIMMsgType,
  CIMVoipByeReason,
  type CIMVoipInviteReq,
  commands,
} from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn, Peer } from "../../harness/runner/index.ts";
import type { AxisValue } from "../rules/index.ts";
import { defineGrid } from "./define.ts";
import {
  bye,
  createGroup,
  historyIn,
  invitation,
  invite,
  isAccepted,
  membersAre,
  messageIn,
  openTalk,
  pageBack,
  pushesReach,
  pushFence,
  readHistory,
  readMembers,
  SINGLE,
  SUCCESS,
  sayIn,
  sayManyIn,
  strangers,
  TRYING,
  talk as talkByVoice,
  unreadIn,
} from "./setup/index.ts";

const KINDS = ["one-to-one", "group"] as const;
const CONCURRENCY = ["alone", "both-at-once"] as const;
/** How often two meet in a case, so that they do not just miss each other. */
const ROUNDS = 8;
/** The most members of a group, unless the target states another number (GROUP-09). */
const MEMBER_LIMIT = 200;
const { kCIM_MSG_TYPE_AVCHAT: AVCHAT } = CIMMsgType;
const { kCIM_VOIP_BYE_REASON_CANCEL: CANCELLED } = CIMVoipByeReason;

/** Lets two act: one when the other is done, or both at the same moment. */
async function twoAct(how: AxisValue<"concurrency">, acts: readonly (() => Promise<unknown>)[]): Promise<void> {
  if (how === "both-at-once") await Promise.all(acts.map((act) => act()));
  else for (const act of acts) await act();
}

/** Sends a request whose answer says nothing here, and waits until it is done. */
async function done(t: CaseContext, peer: Peer): Promise<void> {
  await t.given(`a fence by ${peer.name}`, () => peer.fence());
}

/** What holds when one acts holds when two act at the same moment. */
export const atOnceCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "MSG-07/resend-at-once",
      title: "a message that two connections of its sender send is stored and counted once, at the same moment, too",
      steps: [
        "alice sends each of eight messages over two connections, one behind the other or at the same moment",
        "both acknowledgements of a message carry the same id; the history holds it once; bob's count is eight",
      ],
      axes: { kind: KINDS, concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 1);
      const [bob] = talk.readers;
      const { peer, user } = talk.writer;
      const second = await t.login(user, "alice/second");
      // Two first messages that cross are MSG-18.
      await sayIn(t, talk, talk.writer, "a message before");
      const unread = await unreadIn(t, talk, bob);
      for (let round = 1; round <= ROUNDS; round++) {
        const text = messageIn(t, talk, talk.writer, `message ${round}`);
        const ids: bigint[] = [];
        const sending = [peer, second].map((one) => async () => {
          const ack = await one.ask(commands.MSG_DATA, text);
          t.ensure(isAccepted(ack), "both are acknowledged", `res_code ${ack.res_code} on ${one.name}`);
          ids.push(ack.server_msg_id);
        });
        await twoAct(at.concurrency, sending);
        t.equal(ids[1], ids[0], "server_msg_id of the second acknowledgement");
        const copies = (await historyIn(t, talk, bob)).filter((row) => row.client_msg_id === text.client_msg_id);
        t.equal(copies.length, 1, "copies in the history");
      }
      t.equal(await unreadIn(t, talk, bob), unread + ROUNDS, "bob's unread count");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-08/same-moment",
      capabilities: ["groups"],
      title: "two members who use the same client_msg_id are both stored, at the same moment, too",
      steps: ["alice and bob send a message each under the same client_msg_id", "the group's history holds both"],
      axes: { concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group", 1);
      const senders = [talk.writer, talk.readers[0]];
      for (let round = 1; round <= ROUNDS; round++) {
        const client_msg_id = t.random.uuid();
        const sending = senders.map((one) => async () => {
          const text = messageIn(t, talk, one, `of ${one.peer.name}`, { client_msg_id });
          t.ensure(
            isAccepted(await one.peer.ask(commands.MSG_DATA, text)),
            `${one.peer.name}'s is accepted`,
            "it is not",
          );
        });
        await twoAct(at.concurrency, sending);
        const rows = (await historyIn(t, talk, talk.writer)).filter((row) => row.client_msg_id === client_msg_id);
        const from = new Set(rows.map((row) => row.from_user_id));
        t.equal([rows.length, from.size], [2, 2], "messages under this id in the history, and their senders");
      }
    },
  ),
  ...defineGrid(
    {
      id: "PUSH-05/two-write",
      title: "the messages of each connection arrive in the order of their ids, while another writes, too",
      steps: [
        "alice writes 30 messages in one go, and so does another, behind her or at the same moment",
        "compare the pushes",
      ],
      axes: { kind: KINDS, concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 2);
      const [bob, carol = bob] = talk.readers;
      const session = talk.sessionOf(talk.writer);
      const there = { ...talk, sessionOf: () => session };
      // One-to-one only alice writes to bob: a second device of hers is the other one.
      const writers = at.kind === "group" ? [talk.writer, carol] : [talk.writer, await secondDevice(t, talk.writer)];
      const acks = new Map<LoggedIn, string[]>();
      const writing = writers.map((one) => async () => {
        const ids = (await sayManyIn(t, there, one, 30)).map((ack) => ack.client_msg_id);
        acks.set(one, ids);
      });
      await twoAct(at.concurrency, writing);
      const sent = new Set([...acks.values()].flat());
      const pushes = () => bob.peer.seen(commands.MSG_DATA, (push) => sent.has(push.client_msg_id));
      await bob.peer.until(() => (pushes().length >= sent.size ? true : undefined));
      for (const [one, ids] of acks) {
        const own = pushes().filter((push) => ids.includes(push.client_msg_id));
        t.requires(own.length === ids.length, `${own.length} of ${ids.length} messages were pushed`);
        const back = own.findIndex((push, at) => at > 0 && push.server_msg_id <= (own[at - 1]?.server_msg_id ?? 0n));
        t.ensure(back < 0, `growing server_msg_ids of ${one.peer.name}`, `id ${own[back]?.server_msg_id} too late`);
      }
    },
  ),
  ...defineGrid(
    {
      id: "READ-03/two-devices",
      title: "of receipts from two devices the one for the newer message counts, at the same moment, too",
      steps: [
        "alice writes eight times; bob reads up to each message but the last on one device, up to the one before on another",
        "his count is what lies behind the newer one",
      ],
      axes: { kind: KINDS, concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 1);
      const [bob] = talk.readers;
      const second = await t.login(bob.user, "bob/second");
      const ids = (await sayManyIn(t, talk, talk.writer, ROUNDS)).map((ack) => ack.server_msg_id);
      for (const [index, id] of ids.slice(1, -1).entries()) {
        const receipt = { user_id: bob.user.user_id, session_id: talk.sessionOf(bob), session_type: talk.type };
        const reading = [
          { peer: bob.peer, msg_id: id },
          { peer: second, msg_id: ids[index] as bigint },
        ].map(({ peer, msg_id }) => async () => {
          peer.send(commands.MSG_READ_ACK, { ...receipt, msg_id });
          await done(t, peer);
        });
        await twoAct(at.concurrency, reading);
        t.equal(await unreadIn(t, talk, bob), ids.length - index - 2, "bob's unread count");
      }
    },
  ),
  ...defineGrid(
    {
      id: "UNREAD-01/crossing",
      title: "each side's count is exact when both sides write, at the same moment, too",
      steps: ["alice and bob write 25 messages each, one behind the other or at the same moment", "each has 25 unread"],
      axes: { concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const talk = await openTalk(t, "one-to-one");
      const both = [talk.writer, talk.readers[0]];
      await twoAct(
        at.concurrency,
        both.map((one) => () => sayManyIn(t, talk, one, 25)),
      );
      for (const one of both) t.equal(await unreadIn(t, talk, one), 25, `the unread count of ${one.peer.name}`);
    },
  ),
  ...defineGrid(
    {
      id: "UNREAD-02/two-write",
      capabilities: ["groups"],
      title: "a member's count is exact when two others write, at the same moment, too",
      steps: ["alice and carol write 25 messages each, one behind the other or at the same moment", "bob has 50 more"],
      axes: { concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group");
      const [bob, carol = bob] = talk.readers;
      const before = await unreadIn(t, talk, bob);
      await twoAct(
        at.concurrency,
        [talk.writer, carol].map((one) => () => sayManyIn(t, talk, one, 25)),
      );
      t.equal(await unreadIn(t, talk, bob), before + 50, "bob's unread count");
    },
  ),
  ...defineGrid(
    {
      id: "HIST-05/two-write",
      title: "paging yields every message once when two wrote, at the same moment, too",
      steps: [
        "two users write 25 messages each, one behind the other or at the same moment",
        "page back: each comes once",
      ],
      axes: { kind: KINDS, concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 1);
      const acks: string[] = [];
      const writing = [talk.writer, talk.readers[0]].map((one) => async () => {
        acks.push(...(await sayManyIn(t, talk, one, 25)).map((ack) => ack.client_msg_id));
      });
      await twoAct(at.concurrency, writing);
      const sent = new Set(acks);
      const found = (await pageBack(t, talk, talk.writer, 7)).filter((id) => sent.has(id));
      t.equal(new Set(found).size, sent.size, "the number of different messages");
      t.equal(found.length, sent.size, "the number of messages");
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-09/two-invite",
      title: "the limit of members holds when two invite, at the same moment, too",
      steps: ["a group of 199", "alice and bob invite a user each: one of them at most becomes a member"],
      axes: { concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const most = t.limit("group-members", MEMBER_LIMIT);
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const others = strangers(t, most - 1);
      const group = await createGroup(t, alice.peer, [bob.user.user_id, ...others.slice(2)]);
      const inviting = [alice, bob].map((one, index) => async () => {
        const member_id_list = others.slice(index, index + 1);
        one.peer.send(commands.GROUP_INVITE_MEMBER_REQ, { user_id: one.user.user_id, group_id: group, member_id_list });
        await done(t, one.peer);
      });
      await twoAct(at.concurrency, inviting);
      t.equal((await readMembers(t, alice.peer, group)).length, most, "members");
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-14/two-leave",
      title: "each of two members leaves, at the same moment, too",
      steps: ["bob and carol leave the group, one behind the other or at the same moment", "alice alone is left"],
      axes: { concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group");
      const group = talk.sessionOf(talk.writer);
      const leaving = talk.readers.map(({ peer, user }) => async () => {
        const { result_code } = await peer.ask(commands.GROUP_EXIT_REQ, { user_id: user.user_id, group_id: group });
        t.equal(result_code, SUCCESS, `result_code for ${peer.name}`);
      });
      await twoAct(at.concurrency, leaving);
      await membersAre(t, talk.writer.peer, group, [talk.writer.user.user_id]);
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-22/two-invite",
      title: "who is invited by two members is one member, at the same moment, too",
      steps: ["alice and bob invite the same users, one behind the other or at the same moment", "each is listed once"],
      axes: { concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group", 1);
      const group = talk.sessionOf(talk.writer);
      const guests = strangers(t, ROUNDS);
      for (const guest of guests) {
        const inviting = [talk.writer, talk.readers[0]].map(({ peer, user }) => async () => {
          const request = { user_id: user.user_id, group_id: group, member_id_list: [guest] };
          peer.send(commands.GROUP_INVITE_MEMBER_REQ, request);
          await done(t, peer);
        });
        await twoAct(at.concurrency, inviting);
      }
      const own = [talk.writer, talk.readers[0]].map(({ user }) => user.user_id);
      await membersAre(t, talk.writer.peer, group, [...own, ...guests]);
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-26/removed-while-leaving",
      title: "who is removed and leaves is no member, at the same moment, too",
      steps: [
        "alice removes bob, and he leaves, behind that or at the same moment",
        "he is no member; taken back, he is one",
      ],
      axes: { concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group", 1);
      const [bob] = talk.readers;
      const { peer, user } = talk.writer;
      const group = talk.sessionOf(bob);
      const member_id_list = [bob.user.user_id];
      for (let round = 1; round <= 3; round++) {
        const going = [
          async () => {
            peer.send(commands.GROUP_KICK_OUT_MEMBER_REQ, { user_id: user.user_id, group_id: group, member_id_list });
            await done(t, peer);
          },
          async () => {
            bob.peer.send(commands.GROUP_EXIT_REQ, { user_id: bob.user.user_id, group_id: group });
            await done(t, bob.peer);
          },
        ];
        await twoAct(at.concurrency, going);
        await membersAre(t, peer, group, [user.user_id]);
        await invite(t, peer, group, member_id_list);
      }
    },
  ),
  ...defineGrid(
    {
      id: "VOIP-11/both-hang-up",
      title: "when both sides hang up, one of them is told, at the same moment, too",
      steps: ["two users talk and both hang up, one behind the other or at the same moment", "one bye notify comes"],
      axes: { concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const { caller, called } = await hungUpByBoth(t, at.concurrency);
      const peers = [caller.peer, called.peer];
      const isTold = (peer: Peer): true | undefined =>
        peer.seen(commands.VOIP_BYE_NOTIFY).length > 0 ? true : undefined;
      await Promise.race(peers.map((peer) => peer.until(() => isTold(peer))));
      const notifies = peers.flatMap((peer) => peer.seen(commands.VOIP_BYE_NOTIFY));
      t.equal(notifies.length, 1, "bye notifies to both sides together");
    },
  ),
  ...defineGrid(
    {
      id: "VOIP-12/both-hang-up",
      title: "when both sides hang up, one record is stored and pushed, at the same moment, too",
      steps: ["two users talk and both hang up, one behind the other or at the same moment", "each gets one record"],
      axes: { concurrency: CONCURRENCY },
    },
    async (t, at) => {
      const { caller, called } = await hungUpByBoth(t, at.concurrency);
      await pushesReach(t, called.user, [called.peer]);
      for (const [one, other] of [
        [caller, called],
        [called, caller],
      ] as const) {
        const records = () => one.peer.seen(commands.MSG_DATA, (push: CIMMsgData) => push.msg_type === AVCHAT);
        await one.peer.until(() => (records().length > 0 ? true : undefined));
        t.equal(records().length, 1, `records pushed to ${one.peer.name}`);
        const rows = await readHistory(t, one.peer, { session: other.user.user_id });
        t.equal(rows.filter((row) => row.msg_type === AVCHAT).length, 1, `records in the history of ${one.peer.name}`);
      }
    },
  ),
  ...defineGrid(
    {
      id: "VOIP-18/call-each-other",
      title: "of two who call each other one gets through, at the same moment, too, and each can call again",
      steps: [
        "eight times alice and bob call each other, one behind the other or at the same moment",
        "an invitation rings; one that is answered with 100 and does not ring is ended by a bye notify",
        "hang up what rings",
        "at last each calls the other alone: it rings",
      ],
      axes: { concurrency: CONCURRENCY, transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const ways = [new Way(alice, bob), new Way(bob, alice)];
      for (let round = 1; round <= ROUNDS; round++) {
        for (const way of ways) way.begin();
        await twoAct(
          at.concurrency,
          ways.map((way) => () => way.call(t)),
        );
        await Promise.race(ways.map((way) => way.untilRinging()));
        await settled(t, alice, bob);
        t.ensure(ways.some(isRinging), "an invitation that rings", "none of the two");
        for (const way of ways.filter((one) => !isRinging(one) && one.isTaken)) {
          t.present(
            await way.untilEnded(),
            `a bye notify to ${way.caller.peer.name}, whose call does not ring`,
            "none",
          );
        }
        for (const way of ways) await way.hangUp(t);
        await settled(t, alice, bob);
      }
      for (const way of ways) {
        way.begin();
        await way.call(t);
        t.present(await way.untilRinging(), `a call of ${way.caller.peer.name} that rings`, "none");
        await way.hangUp(t);
      }
    },
  ),
];

/** The calls that one makes to another, one after the other: what came since the latest began. */
class Way {
  readonly caller: LoggedIn;
  readonly called: LoggedIn;
  #before = { rang: 0, taken: 0, ended: 0 };

  constructor(caller: LoggedIn, called: LoggedIn) {
    this.caller = caller;
    this.called = called;
  }

  #now() {
    const id = this.caller.user.user_id;
    const isOwn = (one: CIMVoipInviteReq): boolean => one.creator_user_id === id;
    return {
      rang: this.called.peer.seen(commands.VOIP_INVITE_REQ, isOwn),
      taken: this.caller.peer.seen(commands.VOIP_INVITE_REPLY, (one) => one.rsp_code === TRYING),
      ended: this.caller.peer.seen(commands.VOIP_BYE_NOTIFY),
    };
  }

  begin(): void {
    const { rang, taken, ended } = this.#now();
    this.#before = { rang: rang.length, taken: taken.length, ended: ended.length };
  }

  async call(t: CaseContext): Promise<void> {
    this.caller.peer.send(commands.VOIP_INVITE_REQ, invitation(this.caller, [this.called.user.user_id]));
    await done(t, this.caller.peer);
  }

  /** The invitation as the called user got it. */
  get ringing(): CIMVoipInviteReq | undefined {
    return this.#now().rang[this.#before.rang];
  }

  get isTaken(): boolean {
    return this.#now().taken.length > this.#before.taken;
  }

  untilRinging(): Promise<CIMVoipInviteReq | undefined> {
    return this.called.peer.until(() => this.ringing);
  }

  untilEnded(): Promise<true | undefined> {
    return this.caller.peer.until(() => (this.#now().ended.length > this.#before.ended ? true : undefined));
  }

  async hangUp(t: CaseContext): Promise<void> {
    const { caller, called, ringing } = this;
    if (!ringing) return;
    const channel = ringing.channel_info;
    t.requires(channel !== undefined, "the invitation has no channel");
    const end = bye({ caller, called, channel: channel as CIMChannelInfo }, caller, CANCELLED);
    await t.given("hanging up", () => caller.peer.ask(commands.VOIP_BYE_REQ, end));
  }
}

function isRinging({ ringing }: Way): boolean {
  return ringing !== undefined;
}

/** Waits until what two have done before has reached both. */
async function settled(t: CaseContext, one: LoggedIn, other: LoggedIn): Promise<void> {
  await pushFence(t, one.peer, other.peer, { id: other.user.user_id, type: SINGLE });
  await pushFence(t, other.peer, one.peer, { id: one.user.user_id, type: SINGLE });
}

/** Another connection of somebody, as a writer of its own. */
async function secondDevice(t: CaseContext, { user, peer }: LoggedIn): Promise<LoggedIn> {
  return { user, peer: await t.login(user, `${peer.name}/second`) };
}

/** A call that both sides have ended, when everything that is told of it has come. */
async function hungUpByBoth(t: CaseContext, how: AxisValue<"concurrency">) {
  const call = await talkByVoice(t);
  const { caller, called } = call;
  const hangingUp = [caller, called].map((one) => async () => {
    one.peer.send(commands.VOIP_BYE_REQ, bye(call, one));
    await done(t, one.peer);
  });
  await twoAct(how, hangingUp);
  await settled(t, caller, called);
  return call;
}

import { type CIMMsgData, CIMMsgType, CIMVoipByeReason, CIMVoipInviteType, commands } from "../../codegen/index.ts";
import {
  type CaseContext,
  type ConformanceCase,
  type LoggedIn,
  NotApplicable,
  show,
  TIMER_GRACE_MS,
} from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import {
  ANSWERED,
  answered,
  bye,
  type Call,
  invitation,
  pushesReach,
  pushFence,
  RINGING,
  readHistory,
  readUnread,
  reply,
  ring,
  ringBetween,
  ringTwoDevices,
  SINGLE,
  SUCCESS,
  sendMuch,
  TRYING,
  talk,
} from "./setup/index.ts";

const { kCIM_VOIP_INVITE_TYPE_VOICE_CALL: VOICE_CALL } = CIMVoipInviteType;
const {
  kCIM_VOIP_BYE_REASON_CANCEL: CANCELLED,
  kCIM_VOIP_BYE_REASON_REJECT: REJECTED,
  kCIM_VOIP_BYE_REASON_END: ENDED,
  kCIM_VOIP_BYE_REASON_BUSY: BUSY,
  kCIM_VOIP_BYE_REASON_ONLINE_CLIENT_REJECT: TAKEN_ELSEWHERE,
} = CIMVoipByeReason;
const { kCIM_MSG_TYPE_AVCHAT: AVCHAT } = CIMMsgType;

function byeOf(party: LoggedIn, from: bigint) {
  return party.peer.push(commands.VOIP_BYE_NOTIFY, (one) => one.user_id === from, `a bye notify from user ${from}`);
}

function recordOf(party: LoggedIn) {
  return party.peer.push(commands.MSG_DATA, (push: CIMMsgData) => push.msg_type === AVCHAT, "the record of the call");
}

/** An invitation that must be ignored: no answer, nothing pushed to anybody it names. */
async function ignored(
  t: CaseContext,
  caller: LoggedIn,
  called: LoggedIn,
  fields: object,
  wrong: string,
): Promise<void> {
  const whole = { ...invitation(caller, [called.user.user_id]), ...fields };
  const { answer } = await caller.peer.aftermath(caller.peer.send(commands.VOIP_INVITE_REQ, whole, { wrong }));
  t.ensure(answer === undefined, `no answer to an invitation with ${wrong}`, `${show(answer?.message)}`);
  await pushFence(t, caller.peer, called.peer, { id: called.user.user_id, type: SINGLE });
  t.equal(called.peer.seen(commands.VOIP_INVITE_REQ).length, 0, `invitations pushed for one with ${wrong}`);
}

/** VOIP: the signalling of calls. */
export const voipCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "VOIP-01/bad-invitations-ignored",
      title: "an invitation of nobody, of two users, or with creator 0 is ignored",
      steps: ["send each", "no answer, nobody is called; a good one works"],
    },
    async (t) => {
      const [caller, called] = [await t.freshLogin("caller"), await t.freshLogin("called")];
      const two = [called.user.user_id, (await t.user()).user_id];
      await ignored(t, caller, called, { invite_user_list: [] }, "nobody");
      await ignored(t, caller, called, { invite_user_list: two }, "two users");
      await ignored(t, caller, called, { creator_user_id: 0n }, "creator 0");
      await ringBetween(t, caller, called);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-02/trying",
      title: "the caller gets 100 with the channel at once",
      steps: ["invite", "0x0402 with user_id 0, code 100 and channel_info comes under the request's number"],
    },
    async (t) => {
      const [caller, called] = [await t.freshLogin("caller"), await t.freshLogin("called")];
      const sent = caller.peer.send(commands.VOIP_INVITE_REQ, invitation(caller, [called.user.user_id]));
      const { message: answer } = await caller.peer.answer(sent);
      t.equal([answer.user_id, answer.rsp_code], [0n, TRYING], "user_id and rsp_code");
      t.equal(answer.channel_info?.creator_id, caller.user.user_id, "channel_info.creator_id");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-03/one-channel",
      upstream: true,
      title: "the channel name is not empty and the same in all messages of a call",
      steps: ["invite, ring, answer and hang up", "compare the channel names"],
    },
    async (t) => {
      const call = await talk(t);
      const names = new Set<string>();
      for (const { peer } of [call.caller, call.called]) {
        for (const { message } of peer.inbox.since(0)) {
          const channel = (message as { channel_info?: { channel_name: string } } | undefined)?.channel_info;
          if (channel) names.add(channel.channel_name);
        }
      }
      t.equal(names.size, 1, "the number of different channel names");
      t.ensure(!names.has(""), "a channel name", "an empty one");
    },
  ),
  defineCase(
    {
      id: "VOIP-03/told-alike",
      upstream: true,
      title: "caller and called user are told the same channel",
      steps: ["alice invites bob", "the channel name of her 100 is that of his invitation"],
    },
    async (t) => {
      const [caller, called] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const trying = await t.given("the 100", () =>
        caller.peer.ask(commands.VOIP_INVITE_REQ, invitation(caller, [called.user.user_id])),
      );
      const fits = (one: { creator_user_id: bigint }): boolean => one.creator_user_id === caller.user.user_id;
      const { message } = await t.given("the invitation", () =>
        called.peer.push(commands.VOIP_INVITE_REQ, fits, "the invitation"),
      );
      const name = trying.channel_info?.channel_name ?? "";
      t.ensure(name !== "", "a channel name in the 100", "none");
      t.equal(message.channel_info?.channel_name ?? "", name, "the channel name of the invitation");
    },
  ),
  defineCase(
    {
      id: "VOIP-03/unique-per-call",
      level: "should",
      title: "two calls have different channel names",
      steps: ["call, hang up and call again", "the names differ"],
    },
    async (t) => {
      const first = await ring(t);
      await t.given("the bye", () => first.caller.peer.ask(commands.VOIP_BYE_REQ, bye(first, first.caller, 1)));
      const second = await ringBetween(t, first.caller, first.called);
      t.ensure(second.channel.channel_name !== first.channel.channel_name, "different channel names", "the same twice");
    },
  ),
  defineCase(
    {
      id: "VOIP-04/every-connection-rings",
      title: "the invitation is pushed with its channel to every connection of the called user",
      steps: ["the called user has two devices", "both get the invitation with channel_info"],
    },
    async (t) => {
      const caller = await t.freshLogin("caller");
      const user = await t.user();
      const devices = [await t.login(user, "called/phone"), await t.login(user, "called/desktop")];
      const sent = caller.peer.send(commands.VOIP_INVITE_REQ, invitation(caller, [user.user_id]));
      for (const device of devices) {
        const fits = (one: { creator_user_id: bigint }): boolean => one.creator_user_id === caller.user.user_id;
        const { message } = await device.push(commands.VOIP_INVITE_REQ, fits, "the invitation");
        t.ensure((message.channel_info?.channel_name ?? "") !== "", "channel_info with a name", "none");
        t.equal(message.invite_type, VOICE_CALL, "invite_type");
      }
      await t.given("the 100", () => caller.peer.answer(sent));
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-05/offline-then-again",
      upstream: true,
      title: "after calling someone who is offline the caller can call again",
      steps: ["call a user who is offline, then hang up", "the user comes online; call again: it rings"],
    },
    async (t) => {
      const caller = await t.freshLogin("caller");
      const user = await t.user();
      const first = await t.given("the first call", () =>
        caller.peer.ask(commands.VOIP_INVITE_REQ, invitation(caller, [user.user_id])),
      );
      const channel_info = first.channel_info;
      const end = {
        user_id: caller.user.user_id,
        bye_reason: CANCELLED,
        ...(channel_info && { channel_info }),
      };
      await t.given("hanging up", () => caller.peer.ask(commands.VOIP_BYE_REQ, end));
      const peer = await t.login(user, "called");
      const again = await caller.peer.ask(commands.VOIP_INVITE_REQ, invitation(caller, [user.user_id]));
      t.equal(again.rsp_code, TRYING, "rsp_code of the second call");
      await peer.push(commands.VOIP_INVITE_REQ, () => true, "the invitation");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-06/caller-busy",
      title: "who has a call cannot invite to another",
      steps: ["alice calls bob", "while it rings she calls carol", "refused: carol is not called"],
    },
    async (t) => {
      const call = await ring(t);
      const carol = await t.freshLogin("carol");
      const sent = call.caller.peer.send(commands.VOIP_INVITE_REQ, invitation(call.caller, [carol.user.user_id]));
      const { answer } = await call.caller.peer.aftermath(sent);
      t.ensure(answer?.message?.rsp_code !== TRYING, "no 100 for the second call", "a 100");
      await pushFence(t, call.caller.peer, carol.peer, { id: carol.user.user_id, type: SINGLE });
      t.equal(carol.peer.seen(commands.VOIP_INVITE_REQ).length, 0, "invitations to carol");
    },
  ),
  defineCase(
    {
      id: "VOIP-06/called-busy",
      level: "should",
      capabilities: ["call-supervision"],
      title: "calling someone who has a call ends with reason BUSY",
      steps: ["alice and bob talk", "carol calls bob: she gets a bye notify with reason 4"],
    },
    async (t) => {
      const call = await talk(t);
      const carol = await t.freshLogin("carol");
      carol.peer.send(commands.VOIP_INVITE_REQ, invitation(carol, [call.called.user.user_id]));
      const notify = await carol.peer.push(commands.VOIP_BYE_NOTIFY, () => true, "a bye notify with reason BUSY");
      t.equal(notify.message.byeReason, BUSY, "byeReason");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-07/ringing-forwarded",
      title: "180 is forwarded unchanged to every connection of the caller",
      steps: ["the caller has two devices", "the called user sends 180", "both get it"],
    },
    async (t) => {
      const user = await t.user();
      const caller = { user, peer: await t.login(user, "caller/phone") };
      const desktop = await t.login(user, "caller/desktop");
      const call = await ringBetween(t, caller, await t.freshLogin("called"));
      call.called.peer.send(commands.VOIP_INVITE_REPLY, reply(call, RINGING));
      for (const peer of [caller.peer, desktop]) {
        const { message } = await peer.push(commands.VOIP_INVITE_REPLY, (one) => one.rsp_code === RINGING, "the 180");
        t.equal(message.user_id, call.called.user.user_id, "user_id");
        t.equal(message.channel_info, call.channel, "channel_info");
      }
    },
  ),
  defineCase(
    {
      id: "VOIP-07/unknown-call-ignored",
      title: "a 180 for a call that does not exist is ignored",
      steps: ["bob sends 180 with alice as creator, who called nobody", "alice gets nothing"],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const channel_info = { channel_name: "nothing", creator_id: alice.user.user_id };
      bob.peer.send(commands.VOIP_INVITE_REPLY, { user_id: bob.user.user_id, rsp_code: RINGING, channel_info });
      await t.given("a fence", () => bob.peer.fence());
      await pushFence(t, bob.peer, alice.peer, { id: alice.user.user_id, type: SINGLE });
      t.equal(alice.peer.seen(commands.VOIP_INVITE_REPLY).length, 0, "replies that alice got");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-08/answer",
      title: "200 is answered with 0x0403 and forwarded to the caller",
      steps: ["the called user answers", "0x0403 with the channel comes back, the caller gets the 200"],
    },
    async (t) => {
      const call = await ring(t);
      const confirmed = await call.called.peer.answer(
        call.called.peer.send(commands.VOIP_INVITE_REPLY, reply(call, ANSWERED)),
      );
      t.equal(confirmed.message.channel_info?.channel_name, call.channel.channel_name, "channel_name of the 0x0403");
      const fits = (one: { rsp_code: number }): boolean => one.rsp_code === ANSWERED;
      const { message } = await call.caller.peer.push(commands.VOIP_INVITE_REPLY, fits, "the 200");
      t.equal(
        [message.user_id, message.channel_info],
        [call.called.user.user_id, call.channel],
        "user_id and channel_info",
      );
    },
  ),
  defineCase(
    {
      id: "VOIP-08/complete-channel",
      level: "should",
      title: "the 0x0403 has the complete channel",
      steps: ["the called user answers", "channel_info of the 0x0403 names the creator, too"],
    },
    async (t) => {
      const call = await ring(t);
      const sent = call.called.peer.send(commands.VOIP_INVITE_REPLY, reply(call, ANSWERED));
      const { message } = await t.given("the 0x0403", () => call.called.peer.answer(sent));
      t.equal(message.channel_info?.creator_id, call.caller.user.user_id, "channel_info.creator_id");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-09/without-channel-ignored",
      // CoffeeChat dies of it.
      capabilities: ["robustness"],
      title: "a reply without channel_info is ignored",
      steps: ["the called user sends 180 without channel_info", "the caller gets nothing; a complete one is forwarded"],
    },
    async (t) => {
      const call = await ring(t);
      const bare = { user_id: call.called.user.user_id, rsp_code: RINGING } as const;
      call.called.peer.send(commands.VOIP_INVITE_REPLY, bare, { wrong: "no channel_info" });
      await t.given("a fence", () => call.called.peer.fence());
      await pushFence(t, call.called.peer, call.caller.peer, { id: call.caller.user.user_id, type: SINGLE });
      const ringing = call.caller.peer.seen(commands.VOIP_INVITE_REPLY, (one) => one.rsp_code === RINGING);
      t.equal(ringing.length, 0, "180s that the caller got");
      call.called.peer.send(commands.VOIP_INVITE_REPLY, reply(call, RINGING));
      await call.caller.peer.push(commands.VOIP_INVITE_REPLY, (one) => one.rsp_code === RINGING, "the complete 180");
    },
  ),
  defineCase(
    {
      id: "VOIP-09/named-by-its-creator",
      title: "a packet whose channel_info names the called user as the creator finds no call",
      steps: [
        "two users talk",
        "the called says bye with itself as creator_id and no name",
        "the caller is told nothing",
      ],
    },
    async (t) => {
      const call = await talk(t);
      const channel_info = { channel_name: "", channel_token: "", creator_id: call.called.user.user_id };
      const wrong = "creator_id of the called user";
      call.called.peer.send(commands.VOIP_BYE_REQ, { ...bye(call, call.called), channel_info }, { wrong });
      await t.given("a fence", () => call.called.peer.fence());
      await pushFence(t, call.called.peer, call.caller.peer, { id: call.caller.user.user_id, type: SINGLE });
      t.equal(call.caller.peer.seen(commands.VOIP_BYE_NOTIFY).length, 0, "bye notifies to the caller");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-10/confirmation-not-forwarded",
      title: "the caller's 0x0403 is neither answered nor forwarded",
      steps: [
        "the call is answered",
        "the caller confirms, with and without channel_info",
        "nobody gets anything for it",
      ],
    },
    async (t) => {
      const call = await talk(t);
      const mark = call.called.peer.inbox.all(commands.VOIP_INVITE_REPLY_ACK).length;
      call.caller.peer.send(commands.VOIP_INVITE_REPLY_ACK, {}, { wrong: "no channel_info" });
      call.caller.peer.send(commands.VOIP_INVITE_REPLY_ACK, { channel_info: call.channel });
      await t.given("a fence", () => call.caller.peer.fence());
      await pushFence(t, call.caller.peer, call.called.peer, { id: call.called.user.user_id, type: SINGLE });
      t.equal(call.called.peer.inbox.all(commands.VOIP_INVITE_REPLY_ACK).length - mark, 0, "0x0403 forwarded");
      t.equal(call.caller.peer.seen(commands.VOIP_INVITE_REPLY_ACK).length, 0, "0x0403 answered");
    },
  ),
  ...(["caller", "called"] as const).map((side) =>
    defineCase(
      {
        id: `VOIP-11/bye-by-the-${side}`,
        title: `a bye of the ${side} is answered with 200 and told to every connection of the other side`,
        steps: ["two users talk", `the ${side} hangs up`, "0x0406 says 200, the other side gets 0x0407"],
      },
      async (t) => {
        const call = await talk(t);
        const other = side === "caller" ? call.called : call.caller;
        const second = await t.login(other.user, `${other.peer.name}/second`);
        const answer = await call[side].peer.ask(commands.VOIP_BYE_REQ, bye(call, call[side]));
        t.equal(answer.error_code, SUCCESS, "error_code");
        for (const peer of [other.peer, second]) {
          const notify = await byeOf({ ...other, peer }, call[side].user.user_id);
          t.equal(notify.message.byeReason, ENDED, "byeReason");
        }
      },
    ),
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-11/over-is-over",
      title: "a further bye has no effect on the other side",
      steps: ["two users talk, one hangs up twice", "the other is told once"],
    },
    async (t) => {
      const call = await talk(t);
      await t.given("the bye", () => call.caller.peer.ask(commands.VOIP_BYE_REQ, bye(call, call.caller)));
      await t.given("the notify", () => byeOf(call.called, call.caller.user.user_id));
      call.caller.peer.send(commands.VOIP_BYE_REQ, bye(call, call.caller));
      await t.given("a fence", () => call.caller.peer.fence());
      await pushFence(t, call.caller.peer, call.called.peer, { id: call.called.user.user_id, type: SINGLE });
      t.equal(call.called.peer.seen(commands.VOIP_BYE_NOTIFY).length, 1, "bye notifies to the other side");
    },
  ),
  ...(["caller", "called"] as const).map((side) =>
    defineCase(
      {
        id: `VOIP-11/late-bye-of-the-${side}`,
        // A server finds the call by its creator (VOIP-09), and may give two calls the same name.
        level: "should",
        title: `a further bye of the ${side} that comes when the same two have another call does not end that one`,
        steps: [
          `two users talk, the ${side} hangs up; they talk again`,
          `the ${side} says bye to the first call once more: the other side is told nothing`,
        ],
      },
      async (t) => {
        const first = await talk(t);
        const [by, other] = side === "caller" ? [first.caller, first.called] : [first.called, first.caller];
        await t.given("the bye", () => by.peer.ask(commands.VOIP_BYE_REQ, bye(first, by)));
        await t.given("the notify", () => byeOf(other, by.user.user_id));
        const second = await answered(t, await ringBetween(t, first.caller, first.called));
        if (second.channel.channel_name === first.channel.channel_name)
          throw new NotApplicable("calls between the same two have the same channel name, which VOIP-03 allows");
        by.peer.send(commands.VOIP_BYE_REQ, bye(first, by));
        await t.given("a fence", () => by.peer.fence());
        await pushFence(t, by.peer, other.peer, { id: other.user.user_id, type: SINGLE });
        t.equal(other.peer.seen(commands.VOIP_BYE_NOTIFY).length, 1, "bye notifies to the other side");
      },
    ),
  ),
  defineCase(
    {
      id: "VOIP-11/told-once",
      title: "each connection of the other side is told once of a call that is cancelled while it rings",
      steps: ["a call rings on two devices, the caller cancels it", "each device gets one bye notify"],
    },
    async (t) => {
      const { call, phone, desktop } = await ringTwoDevices(t);
      phone.send(commands.VOIP_INVITE_REPLY, reply(call, RINGING));
      await t.given("a fence", () => phone.fence());
      await t.given("the bye", () => call.caller.peer.ask(commands.VOIP_BYE_REQ, bye(call, call.caller, CANCELLED)));
      const { user } = call.called;
      for (const peer of [phone, desktop]) {
        await byeOf({ user, peer }, call.caller.user.user_id);
        await pushFence(t, call.caller.peer, peer, { id: user.user_id, type: SINGLE });
        t.equal(peer.seen(commands.VOIP_BYE_NOTIFY).length, 1, `bye notifies to ${peer.name}`);
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-12/record",
      title: "after a bye a record of the call is stored, pushed to both, and unread for the other one",
      steps: [
        "two users talk, the caller hangs up after 42 s",
        "both get a message of type 10; the called has it unread",
      ],
    },
    async (t) => {
      const call = await talk(t);
      await pushesReach(t, call.called.user, [call.called.peer]);
      const before = await readUnread(t, call.called.peer, call.caller.user.user_id);
      await t.given("the bye", () => call.caller.peer.ask(commands.VOIP_BYE_REQ, bye(call, call.caller, ENDED, 42n)));
      for (const party of [call.caller, call.called]) {
        const { message } = await recordOf(party);
        t.equal(message.from_user_id, call.caller.user.user_id, "from_user_id");
        t.equal(message.to_session_id, call.called.user.user_id, "to_session_id");
        t.ensure(message.client_msg_id !== "", "a client_msg_id", "none");
      }
      const [last] = await readHistory(t, call.called.peer, { session: call.caller.user.user_id, limit: 1 });
      t.equal(last?.msg_type, AVCHAT, "msg_type of the newest message");
      t.equal((await readUnread(t, call.called.peer, call.caller.user.user_id)) - before, 1, "the rise of unread");
    },
  ),
  defineCase(
    {
      id: "VOIP-12/record-of-each-call",
      title: "each call between the same two leaves a record of its own, whoever called and whoever hung up",
      steps: [
        "alice and bob talk four times: each calls twice, and once each hangs up their own call and the other's",
        "there are four records, with ids of their own, pushed to both and stored",
      ],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      await pushesReach(t, bob.user, [bob.peer]);
      const records = ({ peer }: LoggedIn) => peer.seen(commands.MSG_DATA, (push) => push.msg_type === AVCHAT);
      const calls = [
        { caller: alice, called: bob, by: alice },
        { caller: alice, called: bob, by: alice },
        { caller: bob, called: alice, by: alice },
        { caller: bob, called: alice, by: bob },
      ];
      for (const [index, { caller, called, by }] of calls.entries()) {
        const call = await answered(t, await ringBetween(t, caller, called));
        await t.given("the bye", () => by.peer.ask(commands.VOIP_BYE_REQ, bye(call, by, ENDED, BigInt(index + 1))));
        for (const party of [alice, bob]) {
          const count = await party.peer.until(() => (records(party).length > index ? true : undefined));
          t.present(count, `the record of call ${index + 1} pushed to ${party.peer.name}`, "none");
        }
        const other = by === alice ? bob : alice;
        const [newest] = await readHistory(t, by.peer, { session: other.user.user_id, limit: 1 });
        const pushed = records(by).at(-1)?.client_msg_id;
        t.equal(newest?.client_msg_id, pushed, `client_msg_id of the newest message after call ${index + 1}`);
      }
      const ids = new Set(records(alice).map((record) => record.client_msg_id));
      t.equal(ids.size, calls.length, "the number of different client_msg_ids");
    },
  ),
  defineCase(
    {
      id: "VOIP-12/id-in-the-push",
      level: "should",
      title: "the record's push carries its server_msg_id",
      steps: ["a call ends", "the push has the id of the history"],
    },
    async (t) => {
      const call = await talk(t);
      await t.given("the bye", () => call.caller.peer.ask(commands.VOIP_BYE_REQ, bye(call, call.caller)));
      const { message } = await t.given("the record", () => recordOf(call.called));
      const [last] = await readHistory(t, call.called.peer, { session: call.caller.user.user_id, limit: 1 });
      t.equal(message.server_msg_id, last?.server_msg_id, "server_msg_id of the push (as in the history)");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-13/heartbeat-accepted",
      upstream: true,
      level: "must",
      title: "the call heartbeat is accepted without an answer",
      steps: ["two users talk, both send 0x0404", "nothing answers it, the connections go on"],
    },
    async (t) => {
      const call = await talk(t);
      for (const { peer } of [call.caller, call.called]) {
        peer.send(commands.VOIP_HEARTBEAT, {});
        t.equal(await peer.fence(), "answered", "the state of the connection after a call heartbeat");
        t.equal(peer.inbox.all(commands.VOIP_HEARTBEAT).length, 0, "answers to the call heartbeat");
      }
    },
  ),
  defineCase(
    {
      id: "VOIP-13/silent-call-ends",
      level: "should",
      title: "a call without a sign of life ends for both after its timeout",
      steps: ["two users talk and send no call heartbeat", "both get a bye notify"],
      waits: ({ call }) => call + TIMER_GRACE_MS,
    },
    async (t) => {
      const call = await talk(t);
      for (const { peer } of [call.caller, call.called]) {
        const limit = t.around.timers.call + TIMER_GRACE_MS * t.around.timeoutScale;
        const told = await peer.until(() => peer.seen(commands.VOIP_BYE_NOTIFY)[0], limit);
        t.present(told, `a bye notify on ${peer.name} within ${limit} ms`, "none");
      }
    },
  ),
  defineCase(
    {
      id: "VOIP-13/heartbeats-keep-the-call",
      level: "should",
      title: "a call of which both sides show life outlasts its timeout",
      steps: [
        "two users talk and send call heartbeats for one and a half times its timeout",
        "nobody gets a bye notify",
      ],
      waits: ({ call }) => call * 1.5,
    },
    async (t) => {
      const call = await talk(t);
      const { call: timeout } = t.around.timers;
      const parties = [call.caller, call.called];
      const notifies = (): number => parties.flatMap(({ peer }) => peer.seen(commands.VOIP_BYE_NOTIFY)).length;
      // Who is told of the answer is VOIP-17.
      const before = notifies();
      const ended = (): true | undefined => notifies() > before || undefined;
      for (let beat = 0; beat < 6; beat++) {
        for (const { peer } of parties) peer.send(commands.VOIP_HEARTBEAT, {});
        const isOver = await call.caller.peer.until(ended, timeout / 4);
        t.ensure(!isOver, "no bye notify while call heartbeats come", "one came");
      }
    },
  ),
  defineCase(
    {
      id: "VOIP-14/loss-ends-the-call",
      level: "should",
      title: "the loss of a party's last connection ends its call",
      steps: ["two users talk", "the called user's connection breaks", "the caller gets a bye notify"],
    },
    async (t) => {
      const call = await talk(t);
      call.called.peer.reset();
      await call.caller.peer.push(commands.VOIP_BYE_NOTIFY, () => true, "a bye notify");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-14/dropped",
      level: "should",
      title: "a call ends when the target drops the connection of a party that reads nothing",
      steps: [
        "two users talk; the called user reads nothing while alice sends 12 MB there",
        "if the connection was closed, the caller gets a bye notify",
      ],
      alone: true,
    },
    async (t) => {
      const call = await talk(t);
      const alice = await t.freshLogin("alice");
      call.called.peer.pause();
      await sendMuch(t, alice.peer, call.called.user.user_id);
      // The call is alive, and does not end because its time is up (VOIP-13).
      call.caller.peer.send(commands.VOIP_HEARTBEAT, {});
      call.called.peer.resume();
      if ((await call.called.peer.closed()) === undefined) {
        t.remarks.push("the connection that read nothing was kept");
        return;
      }
      await call.caller.peer.push(commands.VOIP_BYE_NOTIFY, () => true, "a bye notify");
    },
  ),
  ...(["caller", "called"] as const).map((side) =>
    defineCase(
      {
        id: `VOIP-14/${side}-free-again`,
        level: "should",
        title: `the ${side} who lost the connection without hanging up can call again`,
        steps: [`two users talk, and the ${side}'s connection breaks`, "they log in again and call: it rings"],
      },
      async (t) => {
        const call = await talk(t);
        const [lost, other] = side === "caller" ? [call.caller, call.called] : [call.called, call.caller];
        lost.peer.reset();
        await t.given("the bye notify", () => other.peer.push(commands.VOIP_BYE_NOTIFY, () => true, "a bye notify"));
        lost.peer = await t.login(lost.user, `${side}/again`);
        lost.peer.send(commands.VOIP_INVITE_REQ, invitation(lost, [other.user.user_id]));
        const fits = (one: { creator_user_id: bigint }): boolean => one.creator_user_id === lost.user.user_id;
        await other.peer.push(commands.VOIP_INVITE_REQ, fits, "the invitation");
      },
    ),
  ),
  ...(
    [
      ["rejecting", "called", REJECTED],
      ["cancelling", "caller", CANCELLED],
      ["other-device", "called", TAKEN_ELSEWHERE],
    ] as const
  ).flatMap(([name, side, reason]) =>
    alsoOverWebSocket(
      {
        id: `VOIP-15/${name}`,
        title: `the reason ${reason} of a bye before the answer is passed on unchanged`,
        steps: ["a call rings", `the ${side} says bye with reason ${reason}`, "the other side is told that reason"],
      },
      async (t) => {
        const call = await ring(t);
        const other = side === "caller" ? call.called : call.caller;
        await t.given("the bye", () => call[side].peer.ask(commands.VOIP_BYE_REQ, bye(call, call[side], reason)));
        const notify = await byeOf(other, call[side].user.user_id);
        t.equal(notify.message.byeReason, reason, "byeReason");
      },
    ),
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-16/strangers-cannot-interfere",
      title: "only the parties reply to or end a call",
      steps: ["a call rings", "mallory answers and ends it", "neither party notices; the called user can answer"],
    },
    async (t) => {
      const call = await ring(t);
      const mallory = await t.freshLogin("mallory");
      const strange: Call = { ...call, called: mallory };
      mallory.peer.send(commands.VOIP_INVITE_REPLY, reply(strange, ANSWERED), { wrong: "no party" });
      mallory.peer.send(commands.VOIP_BYE_REQ, bye(call, mallory), { wrong: "no party" });
      await t.given("a fence", () => mallory.peer.fence());
      for (const { peer, user } of [call.caller, call.called]) {
        await pushFence(t, mallory.peer, peer, { id: user.user_id, type: SINGLE });
        t.equal(peer.seen(commands.VOIP_BYE_NOTIFY).length, 0, `bye notifies to the ${peer.name}`);
        const replies = peer.seen(commands.VOIP_INVITE_REPLY, (one) => one.user_id === mallory.user.user_id);
        t.equal(replies.length, 0, `mallory's replies to the ${peer.name}`);
      }
      await call.called.peer.answer(call.called.peer.send(commands.VOIP_INVITE_REPLY, reply(call, ANSWERED)));
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "VOIP-17/other-devices-stop-ringing",
      level: "should",
      title: "when one device answers, the others are told to stop ringing",
      steps: ["a call rings on two devices", "one answers; the other gets a bye notify with reason 5"],
    },
    async (t) => {
      const { call, phone, desktop } = await ringTwoDevices(t);
      await t.given("answering", () => phone.answer(phone.send(commands.VOIP_INVITE_REPLY, reply(call, ANSWERED))));
      const notify = await desktop.push(commands.VOIP_BYE_NOTIFY, () => true, "a bye notify with reason 5");
      t.equal(notify.message.byeReason, TAKEN_ELSEWHERE, "byeReason");
    },
  ),
  defineCase(
    {
      id: "VOIP-17/rejected-elsewhere",
      level: "should",
      title: "when one device rejects, the others are told to stop ringing",
      steps: ["a call rings on two devices", "one rejects it; the other gets a bye notify with reason 5"],
    },
    async (t) => {
      const { call, phone, desktop } = await ringTwoDevices(t);
      phone.send(commands.VOIP_INVITE_REPLY, reply(call, RINGING));
      await t.given("a fence", () => phone.fence());
      await t.given("the bye", () => phone.ask(commands.VOIP_BYE_REQ, bye(call, call.called, REJECTED)));
      const notify = await desktop.push(commands.VOIP_BYE_NOTIFY, () => true, "a bye notify with reason 5");
      t.equal(notify.message.byeReason, TAKEN_ELSEWHERE, "byeReason");
    },
  ),
];

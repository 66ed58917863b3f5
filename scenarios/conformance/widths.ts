import { CIMErrorCode, type CIMMsgData, CIMMsgType, CIMVoipByeReason, commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn } from "../../harness/runner/index.ts";
import { defineCase, defineGrid } from "./define.ts";
import {
  askHistory,
  bye,
  callHttp,
  cannotSend,
  createGroup,
  EDGES,
  groupsOf,
  type HttpAnswer,
  historyIn,
  infoOf,
  invitation,
  isAccepted,
  LARGER_BY,
  logIn,
  membersAre,
  message,
  numberOfWidth,
  openTalk,
  pushesOf,
  pushFence,
  RINGING,
  readHistory,
  readIn,
  register,
  registration,
  reply,
  ring,
  SINGLE,
  SUCCESS,
  sayIn,
  sayManyIn,
  sendMessage,
  strangers,
  succeeded,
  talk as talkByVoice,
  unreadIn,
  WIDE,
} from "./setup/index.ts";

const KINDS = ["one-to-one", "group"] as const;
/** The largest id that every server takes (MSG-21). */
const LARGEST_SURE = 2n ** 32n - 1n;
const { kCIM_ERROR_USER_NOT_EXIST: NOBODY } = CIMErrorCode;
const { kCIM_VOIP_BYE_REASON_END: ENDED } = CIMVoipByeReason;
const { kCIM_MSG_TYPE_AVCHAT: AVCHAT } = CIMMsgType;

/** Numbers at and around the widths in which programs keep them: none is cut, wraps around or is taken for another. */
export const widthCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "LOGIN-05/larger-id",
      needs: ["tokens"],
      title: "a token lets nobody in under an id that is larger than its own by a power of two",
      steps: ["log in by the token of a user under that user's id and 2^31, 2^32 or 2^63 more: no success"],
      axes: { width: LARGER_BY },
    },
    async (t, at) => {
      const { user_id, user_token } = await t.userWithToken();
      const own = await t.connect("alice/own");
      const logged = await own.ask(commands.LOGIN_AUTH_TOKEN_REQ, { user_id, user_token });
      t.requires(logged.result_code === SUCCESS, "the login under the id itself was refused");
      const peer = await t.connect("alice");
      const { result_code } = await peer.ask(commands.LOGIN_AUTH_TOKEN_REQ, {
        user_id: user_id + numberOfWidth(at.width),
        user_token,
      });
      t.ensure(result_code !== SUCCESS, "another result_code than 200", "result_code 200");
    },
  ),
  ...defineGrid(
    {
      id: "LOGIN-17/larger-id",
      title: "an id that is larger than one's own by a power of two is another user's",
      steps: ["alice writes to bob in the name of her own id and 2^31, 2^32 or 2^63 more: refused, no push"],
      axes: { width: LARGER_BY },
    },
    async (t, at) => {
      const { peer, user } = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const from_user_id = user.user_id + numberOfWidth(at.width);
      const forged = message(t, peer, bob.user.user_id, "forged", { from_user_id });
      await t.refused(peer, peer.send(commands.MSG_DATA, forged, { wrong: "in another user's name" }), isAccepted);
      await pushFence(t, peer, bob.peer, { id: bob.user.user_id, type: SINGLE });
      t.equal(pushesOf(bob.peer, forged.client_msg_id).length, 0, "pushes of the forged message to bob");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-21/any-receiver",
      title: "the receiver's id is kept to the last bit, or refused when it has more than 32",
      steps: ["write to a user of that id", "acknowledgement and history carry the id, or the message is refused"],
      axes: { width: WIDE },
    },
    async (t, at) => {
      const receiver = numberOfWidth(at.width);
      const { peer } = await t.freshLogin("alice");
      await sendMessage(t, peer, 1_900_000_000n + BigInt(t.random.integer(90_000_000)), "to nobody");
      const text = message(t, peer, receiver, "hello");
      const { answer } = await peer.aftermath(peer.send(commands.MSG_DATA, text));
      const isTaken = answer?.message !== undefined && isAccepted(answer.message);
      if (!isTaken) {
        t.ensure(receiver > LARGEST_SURE, `a message to user ${receiver} is taken`, "it was refused");
        t.remarks.push(`messages to user ${receiver} are refused`);
        return;
      }
      t.equal(answer?.message?.to_session_id, receiver, "to_session_id of the acknowledgement");
      const rows = await readHistory(t, peer, { session: receiver });
      const own = rows.filter((row) => row.client_msg_id === text.client_msg_id);
      t.equal(
        own.map((row) => row.to_session_id),
        [receiver],
        "to_session_id in the history",
      );
    },
  ),
  ...defineGrid(
    {
      id: "READ-01/larger-session",
      inGroups: ["group-unread"],
      title: "a receipt for a session whose id is larger by a power of two reads nothing",
      steps: ["alice writes twice", "bob reads the session with 2^31, 2^32 or 2^63 more: his count is still 2"],
      axes: { kind: KINDS, width: LARGER_BY },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 1);
      const [bob] = talk.readers;
      await sayManyIn(t, talk, talk.writer, 2);
      const unread = await unreadIn(t, talk, bob);
      t.requires(unread >= 2, "bob's unread count does not tell the messages");
      const session_id = talk.sessionOf(bob) + numberOfWidth(at.width);
      bob.peer.send(commands.MSG_READ_ACK, { user_id: bob.user.user_id, session_id, session_type: talk.type });
      await t.given("a fence", () => bob.peer.fence());
      t.equal(await unreadIn(t, talk, bob), unread, "bob's unread count");
    },
  ),
  ...defineGrid(
    {
      id: "READ-03/beyond",
      title: "an id beyond the newest, of whatever width, reads all that is there and nothing that comes later",
      steps: ["alice writes twice; bob reads up to a number far beyond: 0", "alice writes once more: 1"],
      axes: { kind: KINDS, width: EDGES },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 1);
      const [bob] = talk.readers;
      await sayManyIn(t, talk, talk.writer, 2);
      await readIn(t, talk, bob, numberOfWidth(at.width));
      t.equal(await unreadIn(t, talk, bob), 0, "bob's unread count");
      await sayIn(t, talk, talk.writer, "later");
      t.equal(await unreadIn(t, talk, bob), 1, "bob's unread count after a later message");
    },
  ),
  ...defineGrid(
    {
      id: "READ-04/msg-id",
      title: "the notify carries the receipt's msg_id to the last bit",
      steps: ["alice writes; bob reads up to a number far beyond", "alice's notify has that number"],
      axes: { width: EDGES },
    },
    async (t, at) => {
      const talk = await openTalk(t, "one-to-one");
      const [bob] = talk.readers;
      await sayIn(t, talk, talk.writer, "read me");
      await readIn(t, talk, bob, numberOfWidth(at.width));
      const fits = (one: { user_id: bigint }): boolean => one.user_id === bob.user.user_id;
      const notify = await talk.writer.peer.push(commands.MSG_READ_NOTIFY, fits, "a read notify");
      t.equal(notify.message.msg_id, numberOfWidth(at.width), "msg_id");
    },
  ),
  ...defineGrid(
    {
      id: "HIST-01/any-end",
      title: "end_msg_id is echoed to the last bit",
      steps: ["ask for the history below a number far beyond", "the answer has that number"],
      axes: { width: EDGES },
    },
    async (t, at) => {
      const talk = await openTalk(t, "one-to-one");
      const { client_msg_id } = await sayIn(t, talk, talk.writer, "hello");
      const rows = await historyIn(t, talk, talk.writer);
      t.requires(
        rows.some((row) => row.client_msg_id === client_msg_id),
        "the message is not in the history",
      );
      const end = numberOfWidth(at.width);
      const page = await askHistory(talk.writer.peer, { session: talk.sessionOf(talk.writer), end });
      t.equal(page.end_msg_id, end, "end_msg_id");
    },
  ),
  ...defineGrid(
    {
      id: "HIST-02/beyond",
      title: "an end_msg_id beyond the newest, of whatever width, gives the newest messages",
      steps: ["three messages were written", "ask for two below a number far beyond: the newest two come"],
      axes: { kind: KINDS, width: EDGES },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 1);
      const acks = await sayManyIn(t, talk, talk.writer, 3);
      const session = talk.sessionOf(talk.writer);
      const end = numberOfWidth(at.width);
      const page = await askHistory(talk.writer.peer, { session, type: talk.type, end, limit: 2 });
      t.equal(
        page.msg_list.map((row) => row.client_msg_id).sort(),
        acks
          .slice(-2)
          .map((ack) => ack.client_msg_id)
          .sort(),
        "the newest two messages, in any order",
      );
    },
  ),
  ...defineGrid(
    {
      id: "HIST-11/larger-session",
      title: "a session whose id is larger by a power of two shows nothing of this one",
      steps: ["alice writes; bob asks for the session with 2^31, 2^32 or 2^63 more: no message comes"],
      axes: { kind: KINDS, width: LARGER_BY },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 1);
      const [reader] = talk.readers;
      const { peer, user } = reader;
      const { client_msg_id } = await sayIn(t, talk, talk.writer, "hello");
      const rows = await historyIn(t, talk, reader);
      t.requires(
        rows.some((row) => row.client_msg_id === client_msg_id),
        "the message is not in the history",
      );
      const session_id = talk.sessionOf(reader) + numberOfWidth(at.width);
      const request = { user_id: user.user_id, session_type: talk.type, session_id, limit_count: 10 };
      const { answer } = await peer.aftermath(peer.send(commands.LIST_MSG_REQ, request));
      t.equal(answer?.message?.msg_list.length ?? 0, 0, "the number of messages");
    },
  ),
  ...defineGrid(
    {
      id: "MSGID-04/larger-session",
      title: "a session whose id is larger by a power of two gives neither its latest id nor a message by id",
      steps: ["alice writes; bob asks in the session with 2^31, 2^32 or 2^63 more: nothing comes"],
      axes: { kind: KINDS, width: LARGER_BY },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 1);
      const [{ peer, user }] = talk.readers;
      const { client_msg_id } = await sayIn(t, talk, talk.writer, "hello");
      const own = { user_id: user.user_id, session_type: talk.type, session_id: talk.sessionOf(talk.readers[0]) };
      const known = await t.given("the latest id", () => peer.ask(commands.MSG_GET_LATEST_MSG_ID_REQ, own));
      t.requires(known.latest_msg_id !== "", "the conversation itself has no latest id");
      const session = { ...own, session_id: own.session_id + numberOfWidth(at.width) };
      const latest = await peer.aftermath(peer.send(commands.MSG_GET_LATEST_MSG_ID_REQ, session));
      t.equal(latest.answer?.message?.latest_msg_id ?? "", "", "latest_msg_id");
      const request = { ...session, msg_id_list: [client_msg_id] };
      const byId = await peer.aftermath(peer.send(commands.MSG_GET_BY_MSG_ID_REQ, request));
      t.equal(byId.answer?.message?.msg_list.length ?? 0, 0, "the number of messages");
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-10/any-member",
      capabilities: ["large-ids"],
      title: "a member's id is kept to the last bit, or the group is refused when it has more than 32",
      steps: ["make a group with a member of that id", "the member list holds the id, or no group was made"],
      axes: { width: EDGES },
    },
    async (t, at) => {
      const member = numberOfWidth(at.width);
      const { peer, user } = await t.freshLogin("alice");
      const sent = peer.send(commands.GROUP_CREATE_DEFAULT_REQ, {
        user_id: user.user_id,
        group_name: "wide",
        member_id_list: [member],
      });
      const { answer } = await peer.aftermath(sent);
      if (!answer?.message || !succeeded(answer.message)) {
        // Whether any group is made at all is for GROUP-01 to tell.
        await createGroup(t, peer, []);
        t.ensure(member > LARGEST_SURE, `a group with user ${member} is made`, "it was refused");
        t.remarks.push(`groups with user ${member} are refused`);
        return;
      }
      await membersAre(t, peer, answer.message.group_info?.group_id ?? 0n, [user.user_id, member]);
    },
  ),
  ...groupRequests(),
  ...defineGrid(
    {
      id: "GROUP-19/larger-group",
      title: "a group whose id is larger by a power of two is unknown",
      steps: ["ask for info about a group's id and 2^31, 2^32 or 2^63 more: left out"],
      axes: { width: LARGER_BY },
    },
    async (t, at) => {
      const { alice, group } = await ownGroup(t);
      const { group_info_list } = await infoOf(alice.peer, [group + numberOfWidth(at.width)]);
      t.equal(group_info_list.length, 0, "groups that info returns");
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-30/larger-group",
      title: "a group whose id is larger by a power of two has no members",
      steps: ["ask for the members of a group's id and 2^31, 2^32 or 2^63 more: none, or refused"],
      axes: { width: LARGER_BY },
    },
    async (t, at) => {
      const { alice, group } = await ownGroup(t);
      const request = { user_id: alice.user.user_id, group_id: group + numberOfWidth(at.width) };
      const { answer } = await alice.peer.aftermath(alice.peer.send(commands.GROUP_LIST_MEMBER_REQ, request));
      t.equal(answer?.message?.member_id_list.length ?? 0, 0, "the number of members");
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-32/larger-group",
      title: "nobody sends to a group whose id is larger by a power of two",
      steps: ["send to a group's id and 2^31, 2^32 or 2^63 more: refused"],
      axes: { width: LARGER_BY },
    },
    async (t, at) => {
      const { alice, group } = await ownGroup(t);
      await cannotSend(t, alice.peer, group + numberOfWidth(at.width));
    },
  ),
  ...defineGrid(
    {
      id: "VOIP-01/larger-id",
      title: "calling an id that is larger by a power of two does not ring with this user",
      steps: ["call a user's id and 2^31, 2^32 or 2^63 more", "the user's connection does not ring"],
      axes: { width: LARGER_BY },
    },
    async (t, at) => {
      const [caller, called] = [await t.freshLogin("caller"), await t.freshLogin("called")];
      const wide = called.user.user_id + numberOfWidth(at.width);
      await caller.peer.aftermath(caller.peer.send(commands.VOIP_INVITE_REQ, invitation(caller, [wide])));
      await pushFence(t, caller.peer, called.peer, { id: called.user.user_id, type: SINGLE });
      t.equal(called.peer.seen(commands.VOIP_INVITE_REQ).length, 0, "invitations to the user");
    },
  ),
  ...defineGrid(
    {
      id: "VOIP-09/larger-creator",
      title: "a reply to the call of an id that is larger by a power of two belongs to no call",
      steps: ["a call rings", "the called replies 180 under the caller's id and 2^31, 2^32 or 2^63 more: ignored"],
      axes: { width: LARGER_BY },
    },
    async (t, at) => {
      const call = await ring(t);
      const creator_id = call.channel.creator_id + numberOfWidth(at.width);
      const channel_info = { ...call.channel, creator_id };
      call.called.peer.send(commands.VOIP_INVITE_REPLY, { ...reply(call, RINGING), channel_info });
      await t.given("a fence", () => call.called.peer.fence());
      await pushFence(t, call.called.peer, call.caller.peer, { id: call.caller.user.user_id, type: SINGLE });
      const told = call.caller.peer.seen(commands.VOIP_INVITE_REPLY, (one) => one.rsp_code === RINGING);
      t.equal(told.length, 0, "the number of 180s to the caller");
    },
  ),
  ...defineGrid(
    {
      id: "CONTENT-08/time-len",
      capabilities: ["calls"],
      title: "the record of a call carries its length in seconds to the last bit",
      steps: ["two users talk, one hangs up after that many seconds", "compare time_len of the record"],
      axes: { width: ["small", "2^31", "2^32", "2^53-1"] },
    },
    async (t, at) => {
      const call = await talkByVoice(t);
      const seconds = numberOfWidth(at.width);
      await t.given("the bye", () =>
        call.caller.peer.ask(commands.VOIP_BYE_REQ, bye(call, call.caller, ENDED, seconds)),
      );
      const isRecord = (push: CIMMsgData): boolean => push.msg_type === AVCHAT;
      const { message: record } = await t.given("the record", () =>
        call.called.peer.push(commands.MSG_DATA, isRecord, "the record of the call"),
      );
      const [, told] = new TextDecoder().decode(record.msg_data).match(/"time_len"\s*:\s*(\d+)/) ?? [];
      t.equal(told, `${seconds}`, "time_len");
    },
  ),
  ...defineGrid(
    {
      id: "HTTP-15/larger-id",
      capabilities: ["large-ids"],
      needs: ["http"],
      title: "a user id that is larger by a power of two is unknown",
      steps: ["ask for the nickname of a user's id and 2^31, 2^32 or 2^63 more: 9002, no nickname"],
      axes: { width: LARGER_BY },
    },
    async (t, at) => {
      const answer = await nicknameOf(t, (await registeredId(t)) + numberOfWidth(at.width));
      t.equal([answer.error_code, answer.nick_name ?? ""], [NOBODY, ""], "error_code and nick_name");
    },
  ),
  defineCase(
    {
      id: "HTTP-15/beyond-64-bits",
      needs: ["http"],
      title: "what does not fit into 64 bits is no number",
      steps: ["ask for the nickname of user 2^64, and of a user's id and 2^64 more: -1"],
    },
    async (t) => {
      for (const id of [2n ** 64n, (await registeredId(t)) + 2n ** 64n]) {
        t.equal((await nicknameOf(t, id)).error_code, -1, `error_code for user ${id}`);
      }
    },
  ),
];

/** Alice and a group of hers alone. */
async function ownGroup(t: CaseContext): Promise<{ alice: LoggedIn; group: bigint }> {
  const alice = await t.freshLogin("alice");
  return { alice, group: await createGroup(t, alice.peer, []) };
}

/** A user who has just registered, and whose nickname is told. */
async function registeredId(t: CaseContext): Promise<bigint> {
  const data = registration(t);
  t.requires((await register(t, data)) === SUCCESS, "the registration failed");
  return (await logIn(t, data.userName as string)).user_info?.user_id ?? 0n;
}

async function nicknameOf(t: CaseContext, id: bigint): Promise<HttpAnswer> {
  return await callHttp(t, `/user/nickname/query?user_id=${id}`);
}

/** Requests for a group whose id is larger by a power of two, which must be refused and change nothing here. */
function groupRequests(): ConformanceCase[] {
  const requests = {
    "GROUP-11": { what: "disbands", command: commands.GROUP_DISBINGDING_REQ },
    "GROUP-14": { what: "leaves", command: commands.GROUP_EXIT_REQ },
    "GROUP-23": { what: "invites to", command: commands.GROUP_INVITE_MEMBER_REQ },
    "GROUP-26": { what: "removes members from", command: commands.GROUP_KICK_OUT_MEMBER_REQ },
  } as const;
  return Object.entries(requests).flatMap(([rule, { what, command }]) =>
    defineGrid(
      {
        id: `${rule as keyof typeof requests}/larger-group`,
        title: `nobody ${what} a group whose id is larger by a power of two`,
        steps: [
          `a member ${what} a group's id and 2^32 or 2^63 more: refused`,
          "the group has its members and is in their lists",
        ],
        axes: { width: ["2^32", "2^63"] },
      },
      async (t, at) => {
        const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
        const members = [alice.user.user_id, bob.user.user_id];
        const group = await createGroup(t, alice.peer, members.slice(1));
        // The owner cannot leave, and nobody else can do the rest.
        const by = command === commands.GROUP_EXIT_REQ ? bob : alice;
        const isInvitation = command === commands.GROUP_INVITE_MEMBER_REQ;
        const request = {
          user_id: by.user.user_id,
          group_id: group + numberOfWidth(at.width),
          member_id_list: isInvitation ? strangers(t, 1) : members.slice(1),
        };
        await t.refused<{ result_code: number }>(by.peer, by.peer.send(command, request), succeeded);
        await membersAre(t, bob.peer, group, members);
        for (const { peer } of [alice, bob]) {
          t.ensure((await groupsOf(t, peer)).includes(group), `the group in the list of ${peer.name}`, "it is not");
        }
      },
    ),
  );
}

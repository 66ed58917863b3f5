import { type CIMGetMsgByIdRsp, type CIMSessionType, commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, Peer } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import {
  createGroup,
  GROUP,
  invite,
  kick,
  leave,
  NOTIFICATION,
  readHistory,
  SINGLE,
  sendMessage,
  sendMessages,
} from "./setup/index.ts";

/** Most ids of one request (MSGID-03). */
const ID_LIMIT = 20;

function latest(peer: Peer, session_id: bigint, session_type: CIMSessionType = SINGLE) {
  return peer.ask(commands.MSG_GET_LATEST_MSG_ID_REQ, { user_id: peer.self ?? 0n, session_type, session_id });
}

function lookUp(peer: Peer, session_id: bigint, ids: readonly string[]): Promise<CIMGetMsgByIdRsp> {
  const request = { user_id: peer.self ?? 0n, session_type: SINGLE, session_id, msg_id_list: [...ids] };
  return peer.ask(commands.MSG_GET_BY_MSG_ID_REQ, request);
}

async function exchange(t: CaseContext, count: number) {
  const alice = await t.freshLogin("alice");
  const bob = await t.freshLogin("bob");
  const texts = Array.from({ length: count }, (_, index) => `message ${index}`);
  const acks = await sendMessages(t, alice.peer, bob.user.user_id, texts);
  return { alice, bob, ids: acks.map((ack) => ack.client_msg_id), acks };
}

/** MSGID: the newest message's id, and messages by their ids. */
export const messageIdCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "MSGID-01/latest",
      title: "the latest id is the newest message's client_msg_id, whoever sent it",
      steps: ["alice writes to bob, bob answers", "both ask for the latest id: it is the answer's"],
    },
    async (t) => {
      const { alice, bob } = await exchange(t, 2);
      const answer = await sendMessage(t, bob.peer, alice.user.user_id, "answer");
      for (const [one, other] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        const reply = await latest(one.peer, other.user.user_id);
        t.equal(reply.latest_msg_id, answer.client_msg_id, "latest_msg_id");
        t.equal([reply.user_id, reply.session_id], [one.user.user_id, other.user.user_id], "user_id and session_id");
        t.equal(reply.session_type, SINGLE, "session_type");
      }
    },
  ),
  defineCase(
    {
      id: "MSGID-01/none",
      title: "without a message the latest id is empty",
      steps: ["alice asks for the latest id with bob, to whom she never wrote", "it is empty"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const carol = await t.user();
      await sendMessage(t, alice.peer, carol.user_id, "to carol");
      const control = await t.given("the latest id", () => latest(alice.peer, carol.user_id));
      t.requires(control.latest_msg_id !== "", "the conversation with carol has no latest id");
      t.equal((await latest(alice.peer, bob.user_id)).latest_msg_id, "", "latest_msg_id");
    },
  ),
  defineCase(
    {
      id: "MSGID-01/group",
      capabilities: ["groups"],
      title: "the latest id of a group is its newest message's",
      steps: ["alice writes to a group", "bob asks for the latest id: it is that message's"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const group = await createGroup(t, alice.peer, [bob.user.user_id]);
      const ack = await sendMessage(t, alice.peer, group, "newest", { session_type: GROUP });
      t.equal((await latest(bob.peer, group, GROUP)).latest_msg_id, ack.client_msg_id, "latest_msg_id");
    },
  ),
  defineCase(
    {
      id: "MSGID-01/notification",
      capabilities: ["groups", "group-notifications"],
      title: "a notification is a group's newest message, too",
      steps: [
        "alice writes to her group, then invites carol: the newest row of the history is a notification",
        "its client_msg_id is the latest id for alice, bob and carol; so it is when carol was removed again",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const [bob, carol] = [await t.freshLogin("bob"), await t.freshLogin("carol")];
      const group = await createGroup(t, alice.peer, [bob.user.user_id]);
      await sendMessage(t, alice.peer, group, "a message", { session_type: GROUP });
      const check = async (peers: readonly Peer[]): Promise<void> => {
        const rows = await readHistory(t, alice.peer, { session: group, type: GROUP });
        const newest = rows.toSorted((a, b) => Number(a.server_msg_id - b.server_msg_id)).at(-1);
        t.requires(newest?.msg_type === NOTIFICATION, "the newest row of the history is no notification");
        for (const peer of peers) {
          const { latest_msg_id } = await latest(peer, group, GROUP);
          t.equal(latest_msg_id, newest?.client_msg_id, `latest_msg_id for ${peer.name}`);
        }
      };
      await invite(t, alice.peer, group, [carol.user.user_id]);
      await check([alice.peer, bob.peer, carol.peer]);
      await sendMessage(t, bob.peer, group, "another", { session_type: GROUP });
      await kick(t, alice.peer, group, [carol.user.user_id]);
      await check([alice.peer, bob.peer]);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "MSGID-02/by-id",
      title: "messages are found by their client ids, in ascending order, unknown ids left out",
      steps: [
        "alice sent bob five messages",
        "bob asks for the fourth, an unknown one and the second: second and fourth come",
      ],
    },
    async (t) => {
      const { alice, bob, ids, acks } = await exchange(t, 5);
      const reply = await lookUp(bob.peer, alice.user.user_id, [ids[3] ?? "", t.random.uuid(), ids[1] ?? ""]);
      t.equal(
        reply.msg_list.map((row) => row.client_msg_id),
        [ids[1], ids[3]],
        "the messages found, in order",
      );
      const row = reply.msg_list[0];
      t.equal(row?.server_msg_id, acks[1]?.server_msg_id, "server_msg_id");
      t.equal(row?.from_user_id, alice.user.user_id, "from_user_id");
      t.equal(new TextDecoder().decode(row?.msg_data), "message 1", "msg_data");
      t.equal([reply.user_id, reply.session_id], [bob.user.user_id, alice.user.user_id], "user_id and session_id");
    },
  ),
  defineCase(
    {
      id: "MSGID-02/of-this-conversation",
      title: "ids of another conversation are not found",
      steps: ["alice writes to bob and to carol", "she looks for carol's message in bob's conversation: nothing"],
    },
    async (t) => {
      const { alice, bob } = await exchange(t, 1);
      const carol = await t.user();
      const other = await sendMessage(t, alice.peer, carol.user_id, "to carol");
      const control = await t.given("looking the message up", () =>
        lookUp(alice.peer, carol.user_id, [other.client_msg_id]),
      );
      t.requires(control.msg_list.length === 1, "the message is not found in its own conversation");
      const reply = await lookUp(alice.peer, bob.user.user_id, [other.client_msg_id]);
      t.equal(reply.msg_list.length, 0, "the number of messages");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "MSGID-03/twenty-served",
      title: "twenty ids are looked up",
      steps: ["alice sent bob twenty messages", "bob asks for all: twenty come"],
    },
    async (t) => {
      const { alice, bob, ids } = await exchange(t, ID_LIMIT);
      const reply = await lookUp(bob.peer, alice.user.user_id, ids);
      t.equal(reply.msg_list.length, ID_LIMIT, "the number of messages");
    },
  ),
  defineCase(
    {
      id: "MSGID-03/more-than-twenty",
      title: "of more than twenty ids only the first twenty are looked up, or none",
      steps: ["alice sent bob 25 messages", "bob asks for all: the first twenty come, or the request is refused"],
    },
    async (t) => {
      const { alice, bob, ids } = await exchange(t, ID_LIMIT + 5);
      const control = await t.given("looking one up", () => lookUp(bob.peer, alice.user.user_id, ids.slice(0, 1)));
      t.requires(control.msg_list.length === 1, "a message is not found by its id");
      const request = {
        user_id: bob.user.user_id,
        session_type: SINGLE,
        session_id: alice.user.user_id,
        msg_id_list: ids,
      };
      const sent = bob.peer.send(commands.MSG_GET_BY_MSG_ID_REQ, request, { wrong: "more than 20 ids" });
      const { answer, closing } = await bob.peer.aftermath(sent);
      const found = answer?.message?.msg_list.map((row) => row.client_msg_id);
      t.oneOf(
        [
          { outcome: "the first twenty", verdict: "pass", seen: found?.join() === ids.slice(0, ID_LIMIT).join() },
          {
            outcome: "no answer, or an empty one",
            verdict: "pass",
            seen: closing === undefined && (found === undefined || found.length === 0),
          },
        ],
        closing ? "the connection was closed" : `${found?.length} messages`,
      );
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "MSGID-04/access",
      title: "nobody learns ids or messages of a conversation of others",
      steps: [
        "alice wrote to bob",
        "mallory asks for the latest id and for the messages, in either name: nothing comes",
      ],
    },
    async (t) => {
      const { alice, bob, ids } = await exchange(t, 2);
      const control = await t.given("looking them up", () => lookUp(bob.peer, alice.user.user_id, ids));
      t.requires(control.msg_list.length === 2, "bob does not find the messages himself");
      const { peer, user } = await t.freshLogin("mallory");
      const wrong = { wrong: "a conversation of others" };
      for (const session_id of [alice.user.user_id, bob.user.user_id]) {
        const about = { user_id: user.user_id, session_type: SINGLE, session_id };
        const newest = await peer.aftermath(peer.send(commands.MSG_GET_LATEST_MSG_ID_REQ, about, wrong));
        t.equal(newest.answer?.message?.latest_msg_id ?? "", "", "latest_msg_id for mallory");
        const request = { ...about, msg_id_list: ids };
        const found = await peer.aftermath(peer.send(commands.MSG_GET_BY_MSG_ID_REQ, request, wrong));
        t.equal(found.answer?.message?.msg_list.length ?? 0, 0, "messages for mallory");
      }
    },
  ),
  defineCase(
    {
      id: "MSGID-04/group-access",
      capabilities: ["groups"],
      title: "a non-member learns nothing of a group's messages",
      steps: ["alice wrote to her group", "mallory asks for the latest id and for the message: nothing comes"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const { peer, user } = await t.freshLogin("mallory");
      const group = await createGroup(t, alice.peer, []);
      const ack = await sendMessage(t, alice.peer, group, "members only", { session_type: GROUP });
      const about = { user_id: user.user_id, session_type: GROUP, session_id: group };
      const newest = await peer.aftermath(peer.send(commands.MSG_GET_LATEST_MSG_ID_REQ, about));
      t.equal(newest.answer?.message?.latest_msg_id ?? "", "", "latest_msg_id for mallory");
      const request = { ...about, msg_id_list: [ack.client_msg_id] };
      const found = await peer.aftermath(peer.send(commands.MSG_GET_BY_MSG_ID_REQ, request));
      t.equal(found.answer?.message?.msg_list.length ?? 0, 0, "messages for mallory");
    },
  ),
  ...(["exit", "removal"] as const).map((end) =>
    defineCase(
      {
        id: `MSGID-04/group-after-${end}`,
        capabilities: ["groups"],
        title: `after ${end} a former member learns nothing of what is written then`,
        steps: [
          "bob finds a message of alice's group by its id, then he loses his membership",
          "alice writes again: neither the latest id nor the id of that message gives him anything",
        ],
      },
      async (t) => {
        const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
        const group = await createGroup(t, alice.peer, [bob.user.user_id]);
        const about = { user_id: bob.user.user_id, session_type: GROUP, session_id: group };
        const before = await sendMessage(t, alice.peer, group, "before", { session_type: GROUP });
        const control = await t.given("looking it up", () =>
          bob.peer.ask(commands.MSG_GET_BY_MSG_ID_REQ, { ...about, msg_id_list: [before.client_msg_id] }),
        );
        t.requires(control.msg_list.length === 1, "a member does not find the message");
        if (end === "exit") await leave(t, bob.peer, group);
        else await kick(t, alice.peer, group, [bob.user.user_id]);
        const after = await sendMessage(t, alice.peer, group, "after", { session_type: GROUP });
        const wrong = { wrong: "a group of others" };
        const newest = await bob.peer.aftermath(bob.peer.send(commands.MSG_GET_LATEST_MSG_ID_REQ, about, wrong));
        const latestId = newest.answer?.message?.latest_msg_id;
        t.ensure(latestId !== after.client_msg_id, "not the id of what was written then", `${latestId}`);
        const request = { ...about, msg_id_list: [after.client_msg_id] };
        const found = await bob.peer.aftermath(bob.peer.send(commands.MSG_GET_BY_MSG_ID_REQ, request, wrong));
        t.equal(found.answer?.message?.msg_list.length ?? 0, 0, "messages for the former member");
      },
    ),
  ),
];

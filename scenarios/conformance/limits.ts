import { commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn, Peer } from "../../harness/runner/index.ts";
import { defineGrid } from "./define.ts";
import {
  askSessions,
  connectionsOf,
  createGroup,
  createGroups,
  entriesOf,
  GROUP,
  goOut,
  groupsOf,
  historyIn,
  invitation,
  invite,
  openTalk,
  pageBack,
  pushesOf,
  pushOf,
  readUnread,
  SINGLE,
  sayIn,
  sayManyIn,
  strangers,
  type Talk,
  writeToMany,
} from "./setup/index.ts";

/** More connections of one user than anybody has at home. */
const CONNECTIONS = ["2", "21"] as const;
const TRANSPORTS = ["tcp", "ws", "mixed"] as const;

/** Logs somebody in who has logged in before. */
async function again(t: CaseContext, who: LoggedIn, time: "at-once" | "second-login" | "after-restart"): Promise<void> {
  if (time === "at-once") return;
  if (time === "after-restart") await t.restart();
  else who.peer.close();
  who.peer = await t.login(who.user, `${who.peer.name}/again`);
}

/** Every one of the connections gets a message, and each once. */
async function allGet(t: CaseContext, peers: readonly Peer[], clientMsgId: string): Promise<void> {
  for (const peer of peers) {
    await pushOf(peer, clientMsgId);
    t.equal(pushesOf(peer, clientMsgId).length, 1, `pushes of the message on ${peer.name}`);
  }
}

/** A conversation whose first reader has as many connections as asked for, his first among them. */
async function readerWith(t: CaseContext, talk: Talk, connections: number): Promise<Peer[]> {
  const [{ user, peer }] = talk.readers;
  return [peer, ...(await connectionsOf(t, user, connections - 1, "bob"))];
}

/** Numbers beyond every limit that a programmer would pick, where the rules have none. */
export const limitCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "LOGIN-12/connections",
      title: "any number of connections of one user are served at the same time",
      steps: ["alice logs in a number of times", "each connection is answered, the first one as well as the last"],
      axes: { number: ["65"], transport: ["mixed"] },
      asks: ({ number }) => ({ devices: Number(number) }),
    },
    async (t, at) => {
      const user = await t.user();
      for (const peer of await connectionsOf(t, user, Number(at.number), "alice")) {
        t.ensure((await peer.fence()) === "answered", `${peer.name} is served`, "its connection was closed");
      }
    },
  ),
  ...defineGrid(
    {
      id: "PUSH-01/connections",
      title: "a one-to-one message reaches every connection of the receiver, however many they are",
      steps: ["bob has a number of connections", "alice writes to him: each gets the message once"],
      axes: { number: CONNECTIONS, transport: TRANSPORTS },
      asks: ({ number }) => ({ devices: Number(number) }),
    },
    async (t, at) => {
      const talk = await openTalk(t, "one-to-one");
      const peers = await readerWith(t, talk, Number(at.number));
      await allGet(t, peers, (await sayIn(t, talk, talk.writer, "to all")).client_msg_id);
    },
  ),
  ...defineGrid(
    {
      id: "PUSH-03/connections",
      capabilities: ["groups"],
      title: "a group's message reaches every connection of a member, however many they are",
      steps: ["a member, or the owner, has a number of connections", "another member writes: each gets it once"],
      axes: { number: CONNECTIONS, transport: TRANSPORTS, role: ["member", "owner"] },
      asks: ({ number }) => ({ devices: Number(number) }),
    },
    async (t, at) => {
      const talk = await openTalk(t, "group");
      const reader = at.role === "owner" ? talk.writer : talk.readers[0];
      const more = await connectionsOf(t, reader.user, Number(at.number) - 1, reader.peer.name);
      const writer = at.role === "owner" ? talk.readers[0] : talk.writer;
      await allGet(t, [reader.peer, ...more], (await sayIn(t, talk, writer, "to all")).client_msg_id);
    },
  ),
  ...defineGrid(
    {
      id: "PUSH-03/members",
      capabilities: ["groups"],
      title: "a group's message reaches a member wherever he stands among however many",
      steps: [
        "a group has a number of members; bob is the first, a middle or the last of them",
        "the owner writes: bob gets it once",
        "he leaves and is invited again, and carol writes: owner and bob get it once",
      ],
      axes: { number: ["200"], position: ["first", "middle", "last"] },
      asks: ({ number }) => ({ "group-members": Number(number) }),
    },
    async (t, at) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.freshLogin("carol");
      const count = Number(at.number);
      const others = strangers(t, count - 3);
      const place = { first: 0, middle: count / 2, last: others.length + 1 }[at.position];
      const ids = others.toSpliced(count / 4, 0, carol.user.user_id).toSpliced(place, 0, bob.user.user_id);
      const group = await createGroup(t, alice.peer, ids);
      const talk: Talk = { kind: "group", type: GROUP, writer: alice, readers: [bob, carol], sessionOf: () => group };
      const first = await sayIn(t, talk, alice, "to all");
      await allGet(t, [bob.peer], first.client_msg_id);
      await goOut(t, talk, "after-return");
      await invite(t, alice.peer, group, [bob.user.user_id]);
      const second = await sayIn(t, talk, carol, "and back");
      await allGet(t, [alice.peer, bob.peer], second.client_msg_id);
    },
  ),
  ...defineGrid(
    {
      id: "PUSH-04/own-connections",
      level: "should",
      title: "the sender's other connections get the message, whatever the session and however many they are",
      steps: ["alice has a number of connections", "she writes on the last: each of the others gets the message once"],
      axes: { kind: ["one-to-one", "group"], number: CONNECTIONS, transport: TRANSPORTS },
      asks: ({ number }) => ({ devices: Number(number) }),
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const { user, peer } = talk.writer;
      const others = [peer, ...(await connectionsOf(t, user, Number(at.number) - 2, "alice"))];
      talk.writer.peer = await t.login(user, "alice/sending");
      const ack = await sayIn(t, talk, talk.writer, "from one of mine");
      await allGet(t, others, ack.client_msg_id);
    },
  ),
  ...defineGrid(
    {
      id: "READ-04/connections",
      title: "the peer is told of a receipt on every connection, over any transport",
      steps: ["alice wrote to bob, and has a number of connections", "bob reads: each of them gets the notify"],
      axes: { number: CONNECTIONS, transport: TRANSPORTS },
      asks: ({ number }) => ({ devices: Number(number) }),
    },
    async (t, at) => {
      const talk = await openTalk(t, "one-to-one");
      const [bob] = talk.readers;
      const { user, peer } = talk.writer;
      const peers = [peer, ...(await connectionsOf(t, user, Number(at.number) - 1, "alice"))];
      const { server_msg_id } = await sayIn(t, talk, talk.writer, "read me");
      bob.peer.send(commands.MSG_READ_ACK, {
        user_id: bob.user.user_id,
        session_id: user.user_id,
        msg_id: server_msg_id,
        session_type: SINGLE,
      });
      for (const one of peers) {
        const fits = (notify: { user_id: bigint }): boolean => notify.user_id === bob.user.user_id;
        await one.push(commands.MSG_READ_NOTIFY, fits, "a read notify from bob");
      }
    },
  ),
  ...defineGrid(
    {
      id: "VOIP-04/connections",
      title: "an invitation rings on every connection of the called user, however many they are",
      steps: ["bob has a number of connections", "alice calls him: each gets the invitation"],
      axes: { number: CONNECTIONS, transport: TRANSPORTS },
      asks: ({ number }) => ({ devices: Number(number) }),
    },
    async (t, at) => {
      const caller = await t.freshLogin("caller");
      const user = await t.user();
      const peers = await connectionsOf(t, user, Number(at.number), "called");
      const sent = caller.peer.send(commands.VOIP_INVITE_REQ, invitation(caller, [user.user_id]));
      await t.given("the 100", () => caller.peer.answer(sent));
      for (const one of peers) {
        const fits = (invited: { creator_user_id: bigint }): boolean => invited.creator_user_id === caller.user.user_id;
        await one.push(commands.VOIP_INVITE_REQ, fits, "the invitation");
      }
    },
  ),
  ...defineGrid(
    {
      id: "SESS-01/number",
      title: "the list holds all sessions of the user, however many they are",
      steps: [
        "alice writes to a number of users, or makes that number of groups",
        "time passes: a login anew, or a restart of the server",
        "her list holds each of these sessions once",
      ],
      axes: {
        kind: ["one-to-one", "group"],
        number: ["21", "300", "1024"],
        time: ["at-once", "second-login", "after-restart"],
      },
      // The robots' sessions are there as well.
      asks: ({ kind, number }) => ({
        sessions: Number(number) + 2,
        ...(kind === "group" && { groups: Number(number) }),
      }),
    },
    async (t, at) => {
      const alice = { ...(await t.freshLogin("alice")) };
      const count = Number(at.number);
      const group = at.kind === "group";
      const ids = await (group ? createGroups(t, alice, [], count) : writeToMany(t, alice, count));
      await again(t, alice, at.time);
      const list = await askSessions(alice.peer);
      const missing = ids.filter((id) => entriesOf(list, id, group ? GROUP : SINGLE).length !== 1);
      t.requires(missing.length < count, "none of these sessions is in the list");
      t.equal(missing.length, 0, `the number of ${count} sessions that are missing or repeated`);
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-18/number",
      title: "the group list holds all groups of the user, however many they are",
      steps: [
        "alice makes a number of groups with bob",
        "time passes: a login anew, or a restart of the server",
        "the list, of the owner or of the member, holds each of them once, and one more when she has made it",
      ],
      axes: {
        number: ["21", "128", "0"],
        role: ["owner", "member"],
        time: ["at-once", "second-login", "after-restart"],
      },
      asks: ({ number }) => ({ groups: Number(number) + 1, sessions: Number(number) + 3 }),
    },
    async (t, at) => {
      const alice = { ...(await t.freshLogin("alice")) };
      const bob = { ...(await t.freshLogin("bob")) };
      const ids = await createGroups(t, alice, [bob.user.user_id], Number(at.number));
      const who = at.role === "owner" ? alice : bob;
      await again(t, who, at.time);
      const list = await groupsOf(t, who.peer);
      const wrong = ids.filter((id) => list.filter((one) => one === id).length !== 1);
      t.equal(wrong.length, 0, `the number of ${at.number} groups that are missing or repeated`);
      t.equal(list.length, ids.length, "the number of groups in the list of somebody who is in no other");
      alice.peer = await t.login(alice.user, "alice/one-more");
      const [more] = await createGroups(t, alice, [bob.user.user_id], 1);
      t.ensure(
        more !== undefined && (await groupsOf(t, who.peer)).includes(more),
        "one more group listed",
        "it is not",
      );
    },
  ),
  ...defineGrid(
    {
      id: "UNREAD-02/count",
      capabilities: ["groups"],
      title: "the count of a member rises by the number of the group's messages, whoever he is",
      steps: [
        "alice writes a number of messages to a group of eight",
        "time passes: a login anew, or a restart of the server",
        "the count of the first, a middle or the last member has risen by that number",
      ],
      axes: {
        number: ["1", "300", "0"],
        position: ["first", "middle", "last"],
        time: ["at-once", "second-login", "after-restart"],
      },
    },
    async (t, at) => {
      const alice = await t.freshLogin("alice");
      const bob = { ...(await t.freshLogin("bob")) };
      const others = strangers(t, 6);
      const place = { first: 0, middle: 3, last: 6 }[at.position];
      const group = await createGroup(t, alice.peer, others.toSpliced(place, 0, bob.user.user_id));
      const before = await readUnread(t, bob.peer, group, GROUP);
      const talk: Talk = { kind: "group", type: GROUP, writer: alice, readers: [bob], sessionOf: () => group };
      await sayManyIn(t, talk, alice, Number(at.number));
      await again(t, bob, at.time);
      const risen = (await readUnread(t, bob.peer, group, GROUP)) - before;
      t.equal(risen, Number(at.number), `the rise of bob's unread count after ${at.number} messages`);
    },
  ),
  ...defineGrid(
    {
      id: "HIST-05/pages",
      title: "paging back yields every message exactly once, however many they are",
      steps: [
        "alice wrote a number of messages",
        "time passes: a login anew, or a restart of the server",
        "bob pages back to the beginning, 7 and 60 at a time: each message comes once, and one more when she has sent it",
      ],
      axes: {
        kind: ["one-to-one", "group"],
        number: ["1", "50", "300", "1000", "0"],
        time: ["at-once", "second-login", "after-restart"],
      },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob] = talk.readers;
      const acks = await sayManyIn(t, talk, talk.writer, Number(at.number));
      await again(t, bob, at.time);
      for (const limit of [7, 60]) {
        const rows = await pageBack(t, talk, bob, limit);
        const seen = new Set(rows);
        const missing = acks.filter((ack) => !seen.has(ack.client_msg_id)).length;
        t.equal([missing, rows.length - seen.size], [0, 0], `messages missing and repeated with pages of ${limit}`);
      }
      talk.writer.peer = await t.login(talk.writer.user, "alice/one-more");
      const more = await sayIn(t, talk, talk.writer, "one more");
      const found = (await historyIn(t, talk, bob)).some((row) => row.client_msg_id === more.client_msg_id);
      t.ensure(found, "one more message found", "it is not in the newest page");
    },
  ),
];

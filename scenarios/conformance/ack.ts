import { type CIMMsgDataAck, commands, type Partially } from "../../codegen/index.ts";
import { type CaseContext, type ConformanceCase, type Peer, TIMER_GRACE_MS } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
import {
  createGroup,
  GROUP,
  message,
  openTalk,
  pushesOf,
  pushOf,
  readHistory,
  readUnread,
  SINGLE,
  sayManyIn,
  sendMessage,
  stillServed,
} from "./setup/index.ts";

/** Confirms a push as real clients do (ACK-01); `fields` replaces what a case wants otherwise. */
function confirm(peer: Peer, fields: Partially<CIMMsgDataAck>, wrong?: string): void {
  const whole = { from_user_id: peer.self ?? 0n, session_type: SINGLE, ...fields };
  peer.send(commands.MSG_DATA_ACK, whole, wrong === undefined ? {} : { wrong });
}

/** A confirmation gets no answer and does no harm: everything behind it works. */
async function unanswered(t: CaseContext, peer: Peer, mark: number, what: string): Promise<void> {
  await stillServed(peer, what);
  const fenceAnswers = [commands.LIST_RECENT_CONTACT_SESSION_RSP.id, commands.LOGIN_HEARTBEAT.id, commands.MSG_DATA.id];
  const answers = peer.inbox.since(mark).filter((one) => !fenceAnswers.includes(one.frame.header.command_id));
  t.ensure(answers.length === 0, `no answer to ${what}`, `a ${answers[0]?.command?.name ?? "packet"}`);
}

/** ACK: confirming pushes. */
export const ackCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "ACK-01/confirmation-accepted",
      title: "a confirmation in the form of real clients is taken",
      steps: ["alice writes to bob", "bob confirms", "his connection goes on and the next message comes"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const ack = await sendMessage(t, alice.peer, bob.user.user_id, "confirm me");
      await t.given("delivery", () => pushOf(bob.peer, ack.client_msg_id));
      confirm(bob.peer, { to_session_id: alice.user.user_id, client_msg_id: ack.client_msg_id });
      await stillServed(bob.peer, "a confirmation");
      const next = await sendMessage(t, alice.peer, bob.user.user_id, "next");
      await pushOf(bob.peer, next.client_msg_id);
    },
  ),
  defineCase(
    {
      id: "ACK-01/both-forms-in-groups",
      capabilities: ["groups"],
      title: "in a group a confirmation may name the group or the sender",
      steps: [
        "alice writes to a group",
        "bob confirms to the group, carol to alice",
        "both go on and get the next one",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.freshLogin("carol");
      const group = await createGroup(t, alice.peer, [bob.user.user_id, carol.user.user_id]);
      const ack = await sendMessage(t, alice.peer, group, "to the group", { session_type: GROUP });
      for (const [one, to_session_id] of [
        [bob, group],
        [carol, alice.user.user_id],
      ] as const) {
        await t.given("delivery", () => pushOf(one.peer, ack.client_msg_id));
        confirm(one.peer, { to_session_id, client_msg_id: ack.client_msg_id, session_type: GROUP });
        await stillServed(one.peer, "a confirmation");
      }
      const next = await sendMessage(t, alice.peer, group, "next", { session_type: GROUP });
      for (const one of [bob, carol]) await pushOf(one.peer, next.client_msg_id);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "ACK-02/not-answered",
      title: "a confirmation is not answered",
      steps: ["alice writes to bob", "bob confirms and asks for his sessions", "nothing but the sessions comes"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const ack = await sendMessage(t, alice.peer, bob.user.user_id, "confirm me");
      await t.given("delivery", () => pushOf(bob.peer, ack.client_msg_id));
      const mark = bob.peer.inbox.length;
      confirm(bob.peer, { to_session_id: alice.user.user_id, client_msg_id: ack.client_msg_id });
      await unanswered(t, bob.peer, mark, "a confirmation");
    },
  ),
  defineCase(
    {
      id: "ACK-03/unconfirmed",
      title: "a push without a confirmation costs neither the connection nor a second push",
      steps: [
        "alice writes to bob",
        "bob confirms nothing for the whole waiting time",
        "one push came, he is online still",
      ],
      waits: ({ ack }) => ack + TIMER_GRACE_MS,
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const ack = await sendMessage(t, alice.peer, bob.user.user_id, "never confirmed");
      await t.given("delivery", () => pushOf(bob.peer, ack.client_msg_id));
      const begun = performance.now();
      const limit = t.around.timers.ack;
      // The rule forbids a second push within the waiting time; afterwards the target is free.
      await bob.peer.until(() => (pushesOf(bob.peer, ack.client_msg_id).length > 1 ? true : undefined), limit * 0.95);
      const pushes = pushesOf(bob.peer, ack.client_msg_id).length;
      t.ensure(pushes === 1, `no second push within ${limit} ms`, `${pushes} pushes`);
      await t.elapse(limit + TIMER_GRACE_MS - (performance.now() - begun));
      await stillServed(bob.peer, "the waiting time");
      const next = await sendMessage(t, alice.peer, bob.user.user_id, "next");
      await pushOf(bob.peer, next.client_msg_id);
    },
  ),
  ...defineGrid(
    {
      id: "ACK-03/many-unconfirmed",
      // CoffeeChat's gate goes through these once a second while others are added, and may die of it.
      capabilities: ["robustness"],
      title: "hundreds of pushes without a confirmation cost neither the connection nor a push",
      steps: [
        "alice sends bob 300 messages, each of which he confirms",
        "she sends 300 more, of which he confirms none: he has all of them, once, and is served",
      ],
      axes: { kind: ["one-to-one", "group"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [reader] = talk.readers;
      const { peer } = reader;
      await t.given("as many messages that are confirmed", async () => {
        for (let round = 1; round <= 6; round++) {
          const acks = await sayManyIn(t, talk, talk.writer, 50);
          for (const { client_msg_id } of acks) {
            await pushOf(peer, client_msg_id);
            confirm(peer, { to_session_id: talk.sessionOf(reader), session_type: talk.type, client_msg_id });
          }
        }
      });
      const sent = (await sayManyIn(t, talk, talk.writer, 300)).map((ack) => ack.client_msg_id);
      for (const id of sent) {
        await peer.until(() => (pushesOf(peer, id).length > 0 || peer.closing ? true : undefined));
        t.ensure(peer.closing === undefined, "the connection stays open", "it was closed");
        t.equal(pushesOf(peer, id).length, 1, `pushes of message ${id}`);
      }
      await stillServed(peer, "300 pushes without a confirmation");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "ACK-04/pointless-confirmations",
      title: "confirmations of unknown messages, repeated ones and ones for others do no harm",
      steps: [
        "alice writes to bob",
        "bob confirms messages that do not exist, the real one twice, and one in carol's name",
        "history, unread count and delivery are as before",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.user();
      const ack = await sendMessage(t, alice.peer, bob.user.user_id, "confirm me");
      await t.given("delivery", () => pushOf(bob.peer, ack.client_msg_id));
      const { client_msg_id } = ack;
      const to_session_id = alice.user.user_id;
      const unread = await readUnread(t, bob.peer, to_session_id);
      const rows = await readHistory(t, bob.peer, { session: to_session_id });
      const pointless: [Partially<CIMMsgDataAck>, string][] = [
        [{ to_session_id, client_msg_id: t.random.uuid() }, "a confirmation of an unknown message"],
        [{ to_session_id: 0n, client_msg_id: "" }, "an empty confirmation"],
        [{ to_session_id, client_msg_id }, "a confirmation"],
        [{ to_session_id, client_msg_id }, "a repeated confirmation"],
        [{ to_session_id, client_msg_id, from_user_id: carol.user_id }, "a confirmation in another user's name"],
        [{ to_session_id, client_msg_id, session_type: 9 as never }, "a confirmation with an unknown session type"],
      ];
      for (const [fields, what] of pointless) {
        const mark = bob.peer.inbox.length;
        confirm(bob.peer, fields, what);
        await unanswered(t, bob.peer, mark, what);
      }
      t.equal(await readUnread(t, bob.peer, to_session_id), unread, "bob's unread count");
      t.equal(await readHistory(t, bob.peer, { session: to_session_id }), rows, "bob's history");
      const next = await alice.peer.ask(commands.MSG_DATA, message(t, alice.peer, bob.user.user_id, "next"));
      await pushOf(bob.peer, next.client_msg_id);
    },
  ),
];

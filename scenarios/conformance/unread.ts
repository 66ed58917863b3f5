import { commands } from "../../codegen/index.ts";
import type { ConformanceCase } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
import {
  createGroup,
  GROUP,
  invite,
  markRead,
  openTalk,
  passTime,
  pushOf,
  readUnread,
  SINGLE,
  sayManyIn,
  sendMessage,
  sendMessages,
  unreadIn,
} from "./setup/index.ts";

/** UNREAD: what raises a counter, what clears it, and what leaves it alone. */
export const unreadCases: readonly ConformanceCase[] = [
  defineCase(
    {
      id: "UNREAD-01/receiver-online",
      title: "each message raises the counter of a receiver who is online by 1",
      steps: ["alice sends bob, who is online, three messages", "after each his count is one more"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      for (let count = 1; count <= 3; count++) {
        const ack = await sendMessage(t, alice.peer, bob.user.user_id, `message ${count}`);
        await t.given("delivery", () => pushOf(bob.peer, ack.client_msg_id));
        t.equal(await readUnread(t, bob.peer, alice.user.user_id), count, `bob's unread count after message ${count}`);
      }
    },
  ),
  defineCase(
    {
      id: "UNREAD-01/receiver-offline",
      title: "each message raises the counter of a receiver who is offline by 1",
      steps: ["alice sends bob, who is offline, three messages", "bob logs in: his count is 3"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      await sendMessages(t, alice.peer, bob.user_id, ["one", "two", "three"]);
      const peer = await t.login(bob, "bob");
      t.equal(await readUnread(t, peer, alice.user.user_id), 3, "bob's unread count");
    },
  ),
  defineCase(
    {
      id: "UNREAD-01/sender-unchanged",
      title: "the sender's counter does not change",
      steps: ["bob has written to alice twice", "alice sends bob three messages", "her count for bob is still 2"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      await sendMessages(t, bob.peer, alice.user.user_id, ["one", "two"]);
      const before = await readUnread(t, alice.peer, bob.user.user_id);
      t.requires(before === 2, `two unread messages count as ${before}`);
      await sendMessages(t, alice.peer, bob.user.user_id, ["a", "b", "c"]);
      t.equal(await readUnread(t, alice.peer, bob.user.user_id), before, "alice's own unread count");
    },
  ),
  defineCase(
    {
      id: "UNREAD-01/per-sender",
      title: "messages of different senders count in different sessions",
      steps: ["alice sends bob two messages, carol sends him one", "his counts are 2 and 1"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.freshLogin("carol");
      await sendMessages(t, alice.peer, bob.user.user_id, ["one", "two"]);
      await sendMessage(t, carol.peer, bob.user.user_id, "one");
      t.equal(await readUnread(t, bob.peer, alice.user.user_id), 2, "bob's unread count for alice");
      t.equal(await readUnread(t, bob.peer, carol.user.user_id), 1, "bob's unread count for carol");
    },
  ),
  ...defineGrid(
    {
      id: "UNREAD-01/count",
      inGroups: ["group-unread"],
      title: "the count of a reader is the number of messages that he has not read",
      steps: [
        "alice writes a number of messages",
        "time passes: a login anew, or a restart of the server",
        "bob's unread count is that number",
      ],
      axes: {
        kind: ["one-to-one", "group"],
        number: ["1", "2", "50", "99", "100", "127", "128", "255", "256", "300", "1000", "1024", "0"],
        transport: ["tcp", "ws", "mixed"],
        time: ["at-once", "second-login", "after-restart"],
      },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const before = await unreadIn(t, talk, talk.readers[0]);
      await sayManyIn(t, talk, talk.writer, Number(at.number));
      await passTime(t, talk, at.time);
      const risen = (await unreadIn(t, talk, talk.readers[0])) - before;
      t.equal(risen, Number(at.number), `the rise of bob's unread count after ${at.number} messages`);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "UNREAD-02/every-member-but-the-sender",
      capabilities: ["groups"],
      title: "a group message raises the count of every member except the sender",
      steps: ["alice, bob and carol are in a group", "alice writes twice", "bob's and carol's counts rise by 2"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const others = [await t.freshLogin("bob"), await t.freshLogin("carol")];
      const group = await createGroup(
        t,
        alice.peer,
        others.map((one) => one.user.user_id),
      );
      const before = await Promise.all(others.map((one) => readUnread(t, one.peer, group, GROUP)));
      await sendMessages(t, alice.peer, group, ["one", "two"], { session_type: GROUP });
      for (const [index, one] of others.entries()) {
        const risen = (await readUnread(t, one.peer, group, GROUP)) - (before[index] ?? 0);
        t.equal(risen, 2, `the rise of ${one.peer.name}'s unread count`);
      }
    },
  ),
  defineCase(
    {
      id: "UNREAD-02/own-message-clears",
      capabilities: ["groups"],
      title: "sending to a group sets the sender's own count for it to 0",
      steps: ["alice writes twice to a group", "bob writes to it", "bob's count is 0"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const group = await createGroup(t, alice.peer, [bob.user.user_id]);
      await sendMessages(t, alice.peer, group, ["one", "two"], { session_type: GROUP });
      await sendMessage(t, bob.peer, group, "mine", { session_type: GROUP });
      t.equal(await readUnread(t, bob.peer, group, GROUP), 0, "bob's unread count after his own message");
    },
  ),
  defineCase(
    {
      id: "UNREAD-03/new-member-starts-at-0",
      capabilities: ["groups"],
      title: "earlier messages do not count for a new member",
      steps: ["alice writes three times to a group", "dave is taken in", "his count is at most 1 (his own joining)"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const dave = await t.freshLogin("dave");
      const group = await createGroup(t, alice.peer, [bob.user_id]);
      await sendMessages(t, alice.peer, group, ["one", "two", "three"], { session_type: GROUP });
      await invite(t, alice.peer, group, [dave.user.user_id]);
      const count = await readUnread(t, dave.peer, group, GROUP);
      // The notification of the invitation may be stored after the membership, and counts as a message then.
      t.ensure(count <= 1, "an unread count of 0, or 1 for the notification of the invitation", `a count of ${count}`);
    },
  ),
  defineCase(
    {
      id: "UNREAD-03/messages-after-joining-count",
      capabilities: ["groups"],
      title: "messages after joining count for a member who never wrote or read there",
      steps: ["dave is taken into a group", "alice writes twice", "dave's count rises by 2"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const dave = await t.freshLogin("dave");
      const group = await createGroup(t, alice.peer, [bob.user_id]);
      await invite(t, alice.peer, group, [dave.user.user_id]);
      const before = await readUnread(t, dave.peer, group, GROUP);
      await sendMessages(t, alice.peer, group, ["one", "two"], { session_type: GROUP });
      t.equal((await readUnread(t, dave.peer, group, GROUP)) - before, 2, "the rise of dave's unread count");
    },
  ),
  defineCase(
    {
      id: "UNREAD-05/confirmations-do-not-count",
      title: "delivery confirmations leave the unread count alone",
      steps: ["alice sends bob two messages", "bob confirms both", "his count is still 2"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      for (const ack of await sendMessages(t, alice.peer, bob.user.user_id, ["one", "two"])) {
        await t.given("delivery", () => pushOf(bob.peer, ack.client_msg_id));
        bob.peer.send(commands.MSG_DATA_ACK, {
          from_user_id: bob.user.user_id,
          to_session_id: alice.user.user_id,
          client_msg_id: ack.client_msg_id,
          session_type: SINGLE,
        });
      }
      const before = await t.given("a fence", () => bob.peer.fence());
      t.requires(before === "answered", "bob's connection was closed");
      t.equal(await readUnread(t, bob.peer, alice.user.user_id), 2, "bob's unread count after confirming");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "UNREAD-05/answering-does-not-read",
      title: "answering in a one-to-one session does not clear one's own count",
      steps: ["alice sends bob two messages", "bob answers", "his count is still 2"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      await sendMessages(t, alice.peer, bob.user.user_id, ["one", "two"]);
      const before = await readUnread(t, bob.peer, alice.user.user_id);
      t.requires(before === 2, `two unread messages count as ${before}`);
      await sendMessage(t, bob.peer, alice.user.user_id, "answer");
      t.equal(await readUnread(t, bob.peer, alice.user.user_id), before, "bob's unread count after his answer");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "UNREAD-06/survives-disconnection",
      title: "counts survive disconnection",
      steps: ["alice sends bob three messages, he reads none", "bob's connection ends and he logs in again", "still 3"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const first = await t.login(bob, "bob/first");
      await sendMessages(t, alice.peer, bob.user_id, ["one", "two", "three"]);
      const before = await readUnread(t, first, alice.user.user_id);
      t.requires(before === 3, `three unread messages count as ${before}`);
      first.reset();
      const second = await t.login(bob, "bob/second");
      t.equal(await readUnread(t, second, alice.user.user_id), before, "bob's unread count after reconnecting");
      await markRead(t, second, alice.user.user_id);
      second.close();
      const third = await t.login(bob, "bob/third");
      t.equal(await readUnread(t, third, alice.user.user_id), 0, "bob's unread count after reading and reconnecting");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "UNREAD-08/robot-messages-count",
      capabilities: ["robots"],
      needs: ["registration"],
      title: "a robot's welcome and answers raise the user's count",
      steps: ["a fresh user has one unread message of the robot", "she writes to it", "with the answer it is two"],
    },
    async (t) => {
      const robot = 2_020_010_702n;
      const alice = await t.freshLogin("alice");
      const before = await readUnread(t, alice.peer, robot);
      t.equal(before, 1, "the unread count of the robot session after registration");
      await sendMessage(t, alice.peer, robot, "hello");
      await t.given("the robot's answer", () =>
        alice.peer.push(commands.MSG_DATA, (pushed) => pushed.from_user_id === robot, "the robot's answer"),
      );
      t.equal(await readUnread(t, alice.peer, robot), before + 1, "the unread count after the answer");
    },
  ),
];

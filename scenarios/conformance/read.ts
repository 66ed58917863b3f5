import { commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, Peer, TestUser } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
import {
  createGroup,
  GROUP,
  markRead,
  openTalk,
  passTime,
  pushFence,
  pushOf,
  readIn,
  readUnread,
  SINGLE,
  sayIn,
  sayManyIn,
  sendMessage,
  sendMessages,
  stillServed,
  unreadIn,
} from "./setup/index.ts";

interface Side {
  readonly user: TestUser;
  readonly peer: Peer;
}

/** Alice has sent bob three messages; bob has read none. */
async function threeUnread(t: CaseContext): Promise<{ alice: Side; bob: Side; ids: bigint[] }> {
  const alice = await t.freshLogin("alice");
  const bob = await t.freshLogin("bob");
  const acks = await sendMessages(t, alice.peer, bob.user.user_id, ["one", "two", "three"]);
  const unread = await readUnread(t, bob.peer, alice.user.user_id);
  t.requires(unread === 3, `bob's unread count is ${unread} after three messages`);
  return { alice, bob, ids: acks.map((ack) => ack.server_msg_id) };
}

function notifiesOf(peer: Peer, reader: bigint) {
  return peer.seen(commands.MSG_READ_NOTIFY, (notify) => notify.user_id === reader);
}

/** READ: reading, and who is told. */
export const readCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "READ-01/no-answer",
      title: "a read receipt is not answered and the reader's connection goes on",
      steps: ["alice writes to bob", "bob says that he read it", "nothing but the fence behind it is answered"],
    },
    async (t) => {
      const { alice, bob } = await threeUnread(t);
      for (let pushed = 1; pushed <= 3; pushed++) {
        await t.given("delivery", () => bob.peer.push(commands.MSG_DATA, () => true, "a message"));
      }
      const mark = bob.peer.inbox.length;
      const receipt = { user_id: bob.user.user_id, session_id: alice.user.user_id, msg_id: 0n, session_type: SINGLE };
      bob.peer.send(commands.MSG_READ_ACK, receipt);
      await stillServed(bob.peer, "a read receipt");
      const fences = [commands.LIST_RECENT_CONTACT_SESSION_RSP.id, commands.LOGIN_HEARTBEAT.id];
      const answers = bob.peer.inbox.since(mark).filter((one) => !fences.includes(one.frame.header.command_id));
      t.ensure(answers.length === 0, "no answer to the reader", `a ${answers[0]?.command?.name ?? "packet"}`);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "READ-02/whole-session",
      title: "msg_id 0 reads the whole session",
      steps: ["bob has three unread messages of alice", "he sends a read receipt with msg_id 0", "his count is 0"],
    },
    async (t) => {
      const { alice, bob } = await threeUnread(t);
      await markRead(t, bob.peer, alice.user.user_id);
      t.equal(await readUnread(t, bob.peer, alice.user.user_id), 0, "bob's unread count");
    },
  ),
  defineCase(
    {
      id: "READ-02/later-messages-count-again",
      title: "messages after a read receipt count from 0 again",
      steps: ["bob reads all", "alice sends two more", "his count is 2"],
    },
    async (t) => {
      const { alice, bob } = await threeUnread(t);
      await markRead(t, bob.peer, alice.user.user_id);
      await sendMessages(t, alice.peer, bob.user.user_id, ["four", "five"]);
      t.equal(await readUnread(t, bob.peer, alice.user.user_id), 2, "bob's unread count");
    },
  ),
  defineCase(
    {
      id: "READ-03/up-to-a-message",
      title: "msg_id reads up to and including that message, later ones stay unread",
      steps: ["bob has three unread messages", "he reads up to the first, then up to the third", "counts 2, then 0"],
    },
    async (t) => {
      const { alice, bob, ids } = await threeUnread(t);
      await markRead(t, bob.peer, alice.user.user_id, ids[0]);
      t.equal(await readUnread(t, bob.peer, alice.user.user_id), 2, "bob's unread count after reading the first");
      await markRead(t, bob.peer, alice.user.user_id, ids[2]);
      t.equal(await readUnread(t, bob.peer, alice.user.user_id), 0, "bob's unread count after reading the third");
    },
  ),
  defineCase(
    {
      id: "READ-03/going-back-changes-nothing",
      title: "a read receipt for an older message does not make read ones unread",
      steps: ["bob reads up to the second of three", "he sends a receipt for the first", "his count stays 1"],
    },
    async (t) => {
      const { alice, bob, ids } = await threeUnread(t);
      await markRead(t, bob.peer, alice.user.user_id, ids[1]);
      const before = await readUnread(t, bob.peer, alice.user.user_id);
      await markRead(t, bob.peer, alice.user.user_id, ids[0]);
      t.equal(await readUnread(t, bob.peer, alice.user.user_id), before, "bob's unread count after the older receipt");
    },
  ),
  ...defineGrid(
    {
      id: "READ-03/position",
      title: "reading up to a message leaves the later ones unread, and an older receipt takes nothing back",
      steps: [
        "alice writes a number of messages and one more; bob reads up to the last but one: his count is 1",
        "time passes: a login anew, or a restart of the server",
        "he sends a receipt for the first: his count is still 1",
        "he reads up to the last: 0",
      ],
      axes: {
        kind: ["one-to-one", "group"],
        number: ["1", "2", "99", "128", "256", "300", "1024"],
        transport: ["tcp", "ws", "mixed"],
        time: ["at-once", "second-login", "after-restart"],
      },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob] = talk.readers;
      const acks = await sayManyIn(t, talk, talk.writer, Number(at.number));
      const last = await sayIn(t, talk, talk.writer, "the last");
      await readIn(t, talk, bob, acks.at(-1)?.server_msg_id);
      t.equal(await unreadIn(t, talk, bob), 1, "bob's unread count after reading up to the last but one");
      await passTime(t, talk, at.time);
      t.equal(await unreadIn(t, talk, bob), 1, "bob's unread count later");
      await readIn(t, talk, bob, acks[0]?.server_msg_id);
      t.equal(await unreadIn(t, talk, bob), 1, "bob's unread count after an older receipt");
      await readIn(t, talk, bob, last.server_msg_id);
      t.equal(await unreadIn(t, talk, bob), 0, "bob's unread count after reading up to the last");
    },
  ),
  defineCase(
    {
      id: "READ-04/notify-every-connection",
      title: "the peer of a one-to-one session is told on every connection",
      steps: ["alice has two devices and wrote to bob", "bob reads with msg_id 7", "both devices get the notify"],
    },
    async (t) => {
      const alice = await t.user();
      const devices = [await t.login(alice, "alice/phone"), await t.login(alice, "alice/desktop")] as const;
      const bob = await t.freshLogin("bob");
      await sendMessage(t, devices[0], bob.user.user_id, "read me");
      const receipt = { user_id: bob.user.user_id, session_id: alice.user_id, session_type: SINGLE } as const;
      for (const msg_id of [0n, 7n]) {
        bob.peer.send(commands.MSG_READ_ACK, { ...receipt, msg_id });
        for (const device of devices) {
          const notify = await device.push(
            commands.MSG_READ_NOTIFY,
            (one) => one.user_id === bob.user.user_id && one.msg_id === msg_id,
            `a read notify from bob with msg_id ${msg_id}`,
          );
          t.equal(notify.message.session_type, SINGLE, "session_type of the notify");
        }
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "READ-05/session-id-copied",
      level: "should",
      title: "session_id of the notify is the one of the receipt",
      steps: ["alice writes to bob", "bob reads", "the notify's session_id is alice's own id"],
    },
    async (t) => {
      const { alice, bob } = await threeUnread(t);
      bob.peer.send(commands.MSG_READ_ACK, {
        user_id: bob.user.user_id,
        session_id: alice.user.user_id,
        msg_id: 0n,
        session_type: SINGLE,
      });
      const notify = await t.given("the notify", () => alice.peer.push(commands.MSG_READ_NOTIFY, () => true, "any"));
      t.equal(notify.message.session_id, alice.user.user_id, "session_id of the notify");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "READ-06/no-notify-in-groups",
      capabilities: ["groups"],
      title: "reading a group clears the reader's count and tells nobody",
      steps: [
        "alice writes to a group with bob and carol",
        "bob reads",
        "his count is 0, alice and carol get no notify",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.freshLogin("carol");
      const group = await createGroup(t, alice.peer, [bob.user.user_id, carol.user.user_id]);
      await sendMessage(t, alice.peer, group, "read me", { session_type: GROUP });
      await markRead(t, bob.peer, group, 0n, GROUP);
      t.equal(await readUnread(t, bob.peer, group, GROUP), 0, "bob's unread count of the group");
      await pushFence(t, bob.peer, alice.peer, { id: group, type: GROUP });
      await pushFence(t, bob.peer, carol.peer, { id: group, type: GROUP });
      for (const one of [alice, carol]) {
        t.equal(notifiesOf(one.peer, bob.user.user_id).length, 0, `read notifies to ${one.peer.name}`);
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "READ-07/own-counter-only",
      title: "a read receipt changes the reader's own counter and no other",
      steps: [
        "alice and bob wrote to each other, alice and carol to bob",
        "bob reads alice's session",
        "alice's count for bob and bob's count for carol are as before",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.freshLogin("carol");
      await sendMessages(t, alice.peer, bob.user.user_id, ["one", "two"]);
      await sendMessages(t, bob.peer, alice.user.user_id, ["back one", "back two", "back three"]);
      await sendMessage(t, carol.peer, bob.user.user_id, "from carol");
      const aliceBefore = await readUnread(t, alice.peer, bob.user.user_id);
      const carolBefore = await readUnread(t, bob.peer, carol.user.user_id);
      t.requires(aliceBefore > 0 && carolBefore > 0, "the counters that must stay are 0 already");
      await markRead(t, bob.peer, alice.user.user_id);
      t.equal(await readUnread(t, alice.peer, bob.user.user_id), aliceBefore, "alice's unread count for bob");
      t.equal(await readUnread(t, bob.peer, carol.user.user_id), carolBefore, "bob's unread count for carol");
    },
  ),
  defineCase(
    {
      id: "READ-07/other-members-keep-theirs",
      capabilities: ["groups", "group-unread"],
      title: "a member who reads a group leaves the other members' counts alone",
      steps: ["alice writes twice to a group with bob and carol", "bob reads", "carol's count is as before"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.freshLogin("carol");
      const group = await createGroup(t, alice.peer, [bob.user.user_id, carol.user.user_id]);
      await sendMessages(t, alice.peer, group, ["one", "two"], { session_type: GROUP });
      const before = await readUnread(t, carol.peer, group, GROUP);
      t.requires(before > 0, "carol's unread count is 0 already");
      await markRead(t, bob.peer, group, 0n, GROUP);
      t.equal(await readUnread(t, carol.peer, group, GROUP), before, "carol's unread count");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "READ-08/other-devices",
      level: "may",
      title: "the reader's other connections are told",
      steps: ["bob has two devices", "he reads on one", "the other gets the notify"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const phone = await t.login(bob, "bob/phone");
      const desktop = await t.login(bob, "bob/desktop");
      const ack = await sendMessage(t, alice.peer, bob.user_id, "read me");
      await t.given("delivery", () => pushOf(desktop, ack.client_msg_id));
      await markRead(t, phone, alice.user.user_id);
      await pushFence(t, alice.peer, desktop, { id: bob.user_id, type: SINGLE });
      const told = notifiesOf(desktop, bob.user_id).length > 0;
      t.oneOf(
        [
          { outcome: "a read notify on the reader's other device", verdict: "pass", seen: told },
          { outcome: "no notify there", verdict: "pass", remark: "permitted; not done upstream", seen: !told },
        ],
        told ? "a notify" : "no notify",
      );
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "READ-09/nobody-to-tell",
      title: "a receipt for a conversation that there is not reaches nobody",
      steps: [
        "bob, to whom alice has never written, reads his session with her",
        "he writes to her: of the two only the message has come; from then on his receipts reach her",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      await markRead(t, bob.peer, alice.user.user_id);
      await pushFence(t, bob.peer, alice.peer, { id: alice.user.user_id, type: SINGLE });
      t.equal(notifiesOf(alice.peer, bob.user.user_id).length, 0, "read notifies to alice");
      await markRead(t, bob.peer, alice.user.user_id);
      await pushFence(t, bob.peer, alice.peer, { id: alice.user.user_id, type: SINGLE });
      const told = notifiesOf(alice.peer, bob.user.user_id).length;
      t.requires(told > 0, "alice is told of no receipt at all");
    },
  ),
];

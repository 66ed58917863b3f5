import { CIMMsgType, commands, encodeFrame } from "../../codegen/index.ts";
import type { ConformanceCase } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import {
  createGroup,
  GROUP,
  isAccepted,
  message,
  messageIn,
  openTalk,
  plainTextPasses,
  pushesOf,
  pushFence,
  pushOf,
  readHistory,
  readSessions,
  SINGLE,
  sendMessage,
  sendMessages,
  sendMuch,
  stillServed,
  untilPushed,
} from "./setup/index.ts";

/** PUSH: who gets a message, how it looks, and in which order. */
export const pushCases: readonly ConformanceCase[] = [
  defineCase(
    {
      id: "PUSH-01/every-connection",
      title: "a one-to-one message is pushed to every connection of the receiver",
      steps: ["bob has three connections", "alice writes to him", "all three get the message"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const devices = [await t.login(bob, "bob/1"), await t.login(bob, "bob/2"), await t.login(bob, "bob/3")];
      const ack = await sendMessage(t, alice.peer, bob.user_id, "to all");
      for (const device of devices) await pushOf(device, ack.client_msg_id);
    },
  ),
  defineCase(
    {
      id: "PUSH-01/over-both-transports",
      needs: ["websocket"],
      title: "a user's TCP and WebSocket connections both get the message",
      steps: [
        "bob is connected over TCP and over WebSocket",
        "alice writes to him over WebSocket",
        "both get the message",
      ],
    },
    async (t) => {
      const webSocket = t.around.webSocket ?? t.around.address;
      const bob = await t.user();
      const devices = [await t.login(bob, "bob/tcp"), await t.login(bob, "bob/websocket", webSocket)];
      const alice = await t.login(await t.account(), "alice/websocket", webSocket);
      const ack = await sendMessage(t, alice, bob.user_id, "over both");
      for (const device of devices) await pushOf(device, ack.client_msg_id);
    },
  ),
  defineCase(
    {
      id: "PUSH-01/nobody-else",
      title: "a one-to-one message reaches nobody but the two users",
      steps: ["alice writes to bob while carol is online", "carol gets nothing of it"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.freshLogin("carol");
      const ack = await sendMessage(t, alice.peer, bob.user.user_id, "private");
      await t.given("delivery to bob", () => pushOf(bob.peer, ack.client_msg_id));
      await pushFence(t, alice.peer, carol.peer, { id: carol.user.user_id, type: SINGLE });
      t.equal(pushesOf(carol.peer, ack.client_msg_id).length, 0, "the number of pushes to carol");
    },
  ),
  defineCase(
    {
      id: "PUSH-01/once-per-connection",
      title: "a message is pushed to a connection once",
      steps: ["alice sends bob five messages and one more", "bob's connection gets each once"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const acks = await sendMessages(t, alice.peer, bob.user.user_id, ["1", "2", "3", "4", "5"]);
      await pushFence(t, alice.peer, bob.peer, { id: bob.user.user_id, type: SINGLE });
      const counts = acks.map((ack) => pushesOf(bob.peer, ack.client_msg_id).length);
      t.ensure(
        counts.every((count) => count <= 1),
        "no message is pushed twice",
        `pushes per message: ${counts.join(", ")}`,
      );
    },
  ),
  ...(
    [
      ["PUSH-01", "one-to-one"],
      ["PUSH-03", "group"],
    ] as const
  ).map(([rule, kind]) =>
    defineCase(
      {
        id: `${rule}/once-behind-a-resend`,
        needs: ["stream"],
        capabilities: kind === "group" ? ["groups"] : [],
        title: `a ${kind} message that comes in one piece with another that is sent again is pushed once`,
        steps: [
          "eight times: alice sends a message again, and a new one behind it in the same piece",
          "bob's connection gets each new one once",
        ],
      },
      async (t) => {
        const talk = await openTalk(t, kind, 1);
        const { peer } = talk.writer;
        const [bob] = talk.readers;
        const first = messageIn(t, talk, talk.writer, "again and again");
        await t.given("the first message", () => peer.ask(commands.MSG_DATA, first));
        const fresh = Array.from({ length: 8 }, (_, round) => messageIn(t, talk, talk.writer, `new ${round + 1}`));
        for (const text of fresh) {
          const piece = [first, text].map((one) => encodeFrame(commands.MSG_DATA, one, peer.nextSeq()));
          peer.sendBytes(Buffer.concat(piece), undefined);
          await t.given("a fence behind the piece", () => peer.fence());
        }
        await pushFence(t, peer, bob.peer, { id: talk.sessionOf(talk.writer), type: talk.type });
        const counts = fresh.map((text) => pushesOf(bob.peer, text.client_msg_id).length);
        t.equal(
          counts,
          counts.map(() => 1),
          "the number of pushes of each new message",
        );
      },
    ),
  ),
  ...alsoOverWebSocket(
    {
      id: "PUSH-01/read-late",
      capabilities: ["content-fidelity"],
      title: "who reads late gets every message, unless the connection was closed",
      steps: [
        "bob reads nothing while alice sends him 12 MB in 1,500 messages; then he reads on",
        "his connection was closed, or it gets all of them and is served",
      ],
      alone: true,
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      bob.peer.pause();
      const ids = new Set(await sendMuch(t, alice.peer, bob.user.user_id));
      bob.peer.resume();
      const came = (): number => bob.peer.seen(commands.MSG_DATA, (push) => ids.has(push.client_msg_id)).length;
      const isOver = (): true | undefined => (bob.peer.closing !== undefined || came() >= ids.size ? true : undefined);
      for (let before = -1; came() > before && !isOver(); ) {
        before = came();
        await bob.peer.until(isOver);
      }
      if (bob.peer.closing !== undefined) {
        t.remarks.push("the connection that read nothing was closed");
        return;
      }
      t.equal(came(), ids.size, "the number of messages that bob got over the connection that stayed open");
      await stillServed(bob.peer, "reading late");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "PUSH-02/fields-as-sent",
      title: "the push equals what was sent, but for time and id",
      steps: ["alice sends bob a message", "compare every field of the push with it"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const sent = message(t, alice.peer, bob.user.user_id, "exactly this", {
        msg_type: CIMMsgType.kCIM_MSG_TYPE_VIDEO,
      });
      const ack = await t.given("the acknowledgement", () => alice.peer.ask(commands.MSG_DATA, sent));
      const pushed = await pushOf(bob.peer, sent.client_msg_id);
      t.equal(pushed.from_user_id, alice.user.user_id, "from_user_id");
      t.equal(pushed.to_session_id, bob.user.user_id, "to_session_id");
      t.equal(pushed.session_type, SINGLE, "session_type");
      t.equal(pushed.msg_type, CIMMsgType.kCIM_MSG_TYPE_VIDEO, "msg_type");
      t.equal(new TextDecoder().decode(pushed.msg_data), "exactly this", "msg_data");
      t.ensure(
        Math.abs(pushed.create_time - ack.create_time) <= 1,
        `create_time is that of the acknowledgement, ${ack.create_time}`,
        `it is ${pushed.create_time}`,
      );
    },
  ),
  defineCase(
    {
      id: "PUSH-02/same-id-everywhere",
      title: "push, acknowledgement and history carry the same server_msg_id",
      steps: ["alice sends bob two messages", "compare the ids of the second in push, acknowledgement and history"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const [, ack] = await sendMessages(t, alice.peer, bob.user.user_id, ["one", "two"]);
      const pushed = await t.given("delivery", () => pushOf(bob.peer, ack?.client_msg_id));
      t.equal(pushed.server_msg_id, ack?.server_msg_id, "server_msg_id of the push (as acknowledged)");
      const rows = await readHistory(t, bob.peer, { session: alice.user.user_id });
      const row = rows.find((one) => one.client_msg_id === ack?.client_msg_id);
      t.requires(row !== undefined, "the message is not in the history");
      t.equal(pushed.server_msg_id, row?.server_msg_id, "server_msg_id of the push (as in the history)");
    },
  ),
  defineCase(
    {
      id: "PUSH-03/every-member-but-the-sender",
      capabilities: ["groups"],
      title: "a group message is pushed to every connection of every online member, not to the sender's",
      steps: [
        "alice, bob (two devices) and carol are in a group",
        "alice writes: bob's two and carol's get it",
        "carol writes: alice, the owner, gets it",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const carol = await t.freshLogin("carol");
      const devices = [await t.login(bob, "bob/1"), await t.login(bob, "bob/2"), carol.peer];
      const group = await createGroup(t, alice.peer, [bob.user_id, carol.user.user_id]);
      const ack = await sendMessage(t, alice.peer, group, "to the group", { session_type: GROUP });
      for (const device of devices) await pushOf(device, ack.client_msg_id);
      t.equal(pushesOf(alice.peer, ack.client_msg_id).length, 0, "the number of pushes to the sending connection");
      const back = await sendMessage(t, carol.peer, group, "to the owner", { session_type: GROUP });
      await pushOf(alice.peer, back.client_msg_id);
    },
  ),
  defineCase(
    {
      id: "PUSH-03/no-outsider",
      capabilities: ["groups"],
      title: "a group message does not reach non-members",
      steps: ["alice and bob are in a group, dave is not", "alice writes", "dave gets nothing"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const dave = await t.freshLogin("dave");
      const group = await createGroup(t, alice.peer, [bob.user.user_id]);
      const ack = await sendMessage(t, alice.peer, group, "members only", { session_type: GROUP });
      await t.given("delivery to bob", () => pushOf(bob.peer, ack.client_msg_id));
      await pushFence(t, alice.peer, dave.peer, { id: dave.user.user_id, type: SINGLE });
      t.equal(pushesOf(dave.peer, ack.client_msg_id).length, 0, "the number of pushes to dave");
    },
  ),
  defineCase(
    {
      id: "PUSH-04/own-other-devices",
      level: "should",
      title: "the sender's other connections get the message",
      steps: ["alice has a phone and a desktop", "she writes to bob on the phone", "the desktop gets the message"],
    },
    async (t) => {
      const alice = await t.user();
      const phone = await t.login(alice, "alice/phone");
      const desktop = await t.login(alice, "alice/desktop");
      const bob = await t.user();
      const ack = await sendMessage(t, phone, bob.user_id, "from my phone");
      const pushed = await pushOf(desktop, ack.client_msg_id);
      t.equal(pushed.from_user_id, alice.user_id, "from_user_id of the push");
      t.equal(pushed.to_session_id, bob.user_id, "to_session_id of the push");
    },
  ),
  defineCase(
    {
      id: "PUSH-04/not-the-sending-connection",
      title: "the sending connection does not get its own message",
      steps: [
        "alice writes to bob three times",
        "bob answers",
        "alice's connection got the answer and nothing of her own",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const acks = await sendMessages(t, alice.peer, bob.user.user_id, ["1", "2", "3"]);
      await pushFence(t, bob.peer, alice.peer, { id: alice.user.user_id, type: SINGLE });
      const own = acks.flatMap((ack) => pushesOf(alice.peer, ack.client_msg_id));
      t.equal(own.length, 0, "the number of alice's own messages pushed to the sending connection");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "PUSH-05/in-order",
      title: "messages sent over one connection reach the receiver in the order of their ids",
      steps: ["alice sends bob 100 messages in one go", "bob's pushes have growing server_msg_ids and texts"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const count = 100;
      await plainTextPasses(t, alice.peer, bob.peer, { id: bob.user.user_id, type: SINGLE });
      const sentIds = Array.from({ length: count }, (_, index) => {
        const text = message(t, alice.peer, bob.user.user_id, String(index));
        alice.peer.send(commands.MSG_DATA, text);
        return text.client_msg_id;
      });
      await t.given("a fence behind the messages", () => alice.peer.fence());
      const taken = alice.peer.seen(commands.MSG_DATA_ACK, isAccepted).length - 1;
      t.requires(taken === count, `only ${taken} of ${count} messages were taken (see CONN-03)`);
      const pushes = () => bob.peer.seen(commands.MSG_DATA, ({ client_msg_id }) => sentIds.includes(client_msg_id));
      await bob.peer.until(() => (pushes().length >= count ? true : undefined), 2 * t.patienceMs);
      t.ensure(pushes().length >= count, `${count} messages are pushed, in their order`, `${pushes().length} were`);
      const ids = pushes().map((one) => one.server_msg_id);
      const back = ids.findIndex((id, index) => index > 0 && id <= (ids[index - 1] as bigint));
      t.ensure(back < 0, "growing server_msg_ids", `id ${ids[back]} came behind ${ids[back - 1]}`);
      const texts = pushes().map((one) => new TextDecoder().decode(one.msg_data));
      const swapped = texts.findIndex((text, index) => text !== String(index));
      t.ensure(swapped < 0, "the messages in the order of sending", `${texts[swapped]} came at place ${swapped}`);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "PUSH-06/nothing-on-login",
      title: "nothing is pushed on login; the message is in session list and history",
      steps: [
        "alice writes to bob, who is offline",
        "bob logs in: no push comes",
        "sessions and history have the message",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const ack = await sendMessage(t, alice.peer, bob.user_id, "while you were away");
      await untilPushed(t, alice.peer);
      const peer = await t.login(bob, "bob");
      const list = await readSessions(t, peer);
      const rows = await readHistory(t, peer, { session: alice.user.user_id });
      const later = await sendMessage(t, alice.peer, bob.user_id, "now you are here");
      await t.given("delivery of a later message", () => pushOf(peer, later.client_msg_id));
      t.equal(pushesOf(peer, ack.client_msg_id).length, 0, "the number of pushes of the earlier message");
      t.equal(
        rows.map((row) => row.client_msg_id),
        [ack.client_msg_id],
        "the history at login",
      );
      const entry = list.contact_session_list.find((one) => one.session_id === alice.user.user_id);
      t.equal(entry?.msg_id, ack.client_msg_id, "the newest message in the session list at login");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "PUSH-07/stored-nickname",
      level: "should",
      needs: ["registration"],
      title: "from_nick_name is the sender's stored nickname",
      steps: ["alice sends a message under another name", "bob's push names her as she registered"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const text = { from_nick_name: "somebody else" };
      const ack = await sendMessage(t, alice.peer, bob.user.user_id, "guess who", text);
      const pushed = await t.given("delivery", () => pushOf(bob.peer, ack.client_msg_id));
      t.equal(pushed.from_nick_name, alice.user.nick_name, "from_nick_name");
    },
  ),
];

import { type CIMMsgData, CIMMsgType, commands, type Partially } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn, Peer } from "../../harness/runner/index.ts";
import { defineGrid } from "./define.ts";
import {
  ACCEPTED,
  askSessions,
  entryOf,
  historyIn,
  isAccepted,
  leave,
  messageIn,
  NOTIFICATION,
  openTalk,
  passTime,
  pushesOf,
  pushOf,
  readIn,
  sayIn,
  sayManyIn,
  sendMessage,
  stillServed,
  stillStored,
  type Talk,
  unreadIn,
  untilPushed,
} from "./setup/index.ts";

const KINDS = ["one-to-one", "group"] as const;
const TRANSPORTS = ["tcp", "ws"] as const;
const { kCIM_MSG_TYPE_VIDEO: VIDEO, kCIM_MSG_TYPE_FILE: FILE } = CIMMsgType;

/** Packets that a peer got beside answers to fences and pushes of messages. */
function answersSince(peer: Peer, mark: number): string[] {
  const others = [commands.LIST_RECENT_CONTACT_SESSION_RSP.id, commands.LOGIN_HEARTBEAT.id, commands.MSG_DATA.id];
  const packets = peer.inbox.since(mark).filter((one) => !others.includes(one.frame.header.command_id));
  return packets.map((one) => one.command?.name ?? "an unknown packet");
}

/** A reader's confirmation of a push, as clients send it. */
function confirm(talk: Talk, reader: LoggedIn, client_msg_id: string): void {
  reader.peer.send(commands.MSG_DATA_ACK, {
    from_user_id: reader.user.user_id,
    to_session_id: talk.sessionOf(reader),
    client_msg_id,
    session_type: talk.type,
  });
}

/** A message that must be refused is neither acknowledged nor pushed nor stored. */
async function refusedIn(
  t: CaseContext,
  talk: Talk,
  from: LoggedIn,
  fields: Partially<CIMMsgData>,
  wrong: string,
): Promise<void> {
  const [reader] = talk.readers;
  const bad = messageIn(t, talk, from, "refuse me", fields);
  await t.refused(from.peer, from.peer.send(commands.MSG_DATA, bad, { wrong }), isAccepted);
  const later = await sayIn(t, talk, talk.writer, "later");
  await t.given("delivery of a later message", () => pushOf(reader.peer, later.client_msg_id));
  t.equal(pushesOf(reader.peer, bad.client_msg_id).length, 0, `pushes of a message with ${wrong}`);
  const stored = (await historyIn(t, talk, reader)).filter((row) => row.client_msg_id === bad.client_msg_id);
  t.equal(stored.length, 0, `messages with ${wrong} in the history`);
}

/** What holds for a message one-to-one holds in a group. */
export const eitherKindCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "MSG-01/in-either-kind",
      title: "a message as clients make it is accepted, from whoever takes part",
      steps: ["each side of a conversation sends a message", "each is acknowledged"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      for (const one of [talk.writer, ...talk.readers]) {
        const { res_code } = await one.peer.ask(commands.MSG_DATA, messageIn(t, talk, one, "hello"));
        t.equal(res_code, ACCEPTED, `res_code of ${one.peer.name}'s message`);
      }
    },
  ),
  ...defineGrid(
    {
      id: "MSG-02/in-either-kind",
      title: "create_time is the server's, whatever the client sent",
      steps: ["send messages with create_time 0, 1 and 2147483647", "pushes and history carry the present time"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [reader] = talk.readers;
      for (const create_time of [0, 1, 2_147_483_647]) {
        const text = messageIn(t, talk, talk.writer, "stamp me", { create_time });
        await t.given("the acknowledgement", () => talk.writer.peer.ask(commands.MSG_DATA, text));
        const pushed = await t.given("delivery", () => pushOf(reader.peer, text.client_msg_id));
        const row = (await historyIn(t, talk, reader)).find((one) => one.client_msg_id === text.client_msg_id);
        t.requires(row !== undefined, "the message is not in the history");
        for (const time of [pushed.create_time, row?.create_time ?? 0]) {
          const isNow = Math.abs(time - Date.now() / 1_000) < 3_600;
          t.ensure(isNow, "create_time is the server's clock in seconds", `it is ${time}`);
        }
      }
    },
  ),
  ...defineGrid(
    {
      id: "MSG-03/in-either-kind",
      title: "an acknowledged message is in the history at once",
      steps: ["send ten messages, one after the other", "after each acknowledgement the reader's history ends with it"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      for (let round = 1; round <= 10; round++) {
        const ack = await sayIn(t, talk, talk.writer, `message ${round}`);
        const last = (await historyIn(t, talk, talk.readers[0], 1)).at(-1);
        t.equal(last?.client_msg_id, ack.client_msg_id, `the newest message after acknowledgement ${round}`);
      }
    },
  ),
  ...defineGrid(
    {
      id: "MSG-05/in-either-kind",
      title: "ids grow strictly within a conversation, whoever sends",
      steps: ["all sides write in turn", "each id is greater than the one before"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const ids: bigint[] = [];
      for (const one of [talk.writer, ...talk.readers, talk.writer, ...talk.readers]) {
        ids.push((await sayIn(t, talk, one, "my turn")).server_msg_id);
      }
      const grows = ids.every((id, index) => index === 0 || id > (ids[index - 1] as bigint));
      t.ensure(grows, "each server_msg_id is greater than the one before", `ids ${ids.join(", ")}`);
    },
  ),
  ...defineGrid(
    {
      id: "MSG-06/in-either-kind",
      level: "should",
      title: "ids have no gaps under normal use",
      steps: ["send five messages", "the ids are consecutive"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const acks = await sayManyIn(t, talk, talk.writer, 5);
      const steps = acks.map((ack) => ack.server_msg_id - (acks[0]?.server_msg_id ?? 0n));
      t.equal(steps, [0n, 1n, 2n, 3n, 4n], "the steps from the first id");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-12/in-either-kind",
      title: "messages of type 0 and 9 are refused from clients",
      steps: ["each side sends a message of type 0 and one of type 9", "neither is acknowledged, pushed or stored"],
      axes: { kind: KINDS, transport: TRANSPORTS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [, other = talk.writer] = talk.readers;
      await t.given("a plain text", () => sayIn(t, talk, talk.writer, "before"));
      for (const from of new Set([talk.writer, other])) {
        await refusedIn(t, talk, from, { msg_type: 0 as CIMMsgData["msg_type"] }, "msg_type 0");
        await refusedIn(t, talk, from, { msg_type: NOTIFICATION }, "msg_type 9");
      }
    },
  ),
  ...defineGrid(
    {
      id: "MSG-13/in-either-kind",
      title: "no refused message is acknowledged with res_code 1, and a refusal keeps the connection",
      steps: ["send to oneself, or to a group that one has left", "no acknowledgement says OK; the connection goes on"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [reader] = talk.readers;
      const group = talk.sessionOf(reader);
      if (at.kind === "group") await leave(t, reader.peer, group);
      const receiver = at.kind === "group" ? group : reader.user.user_id;
      const bad = messageIn(t, talk, reader, "refuse me", { to_session_id: receiver });
      await t.refused(
        reader.peer,
        reader.peer.send(commands.MSG_DATA, bad, { wrong: "it must be refused" }),
        isAccepted,
      );
      await sendMessage(t, reader.peer, talk.writer.user.user_id, "legal, just after");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-15/in-either-kind",
      title: "content that is not UTF-8 is stored whole or refused cleanly",
      steps: ["send all 256 byte values", "they come back unchanged, or the message is refused and leaves no trace"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [reader] = talk.readers;
      const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const text = messageIn(t, talk, talk.writer, bytes);
      const { answer, closing } = await talk.writer.peer.aftermath(
        talk.writer.peer.send(commands.MSG_DATA, text, { wrong: "not UTF-8" }),
      );
      const taken = answer?.message !== undefined && isAccepted(answer.message);
      const stored = (await historyIn(t, talk, reader)).find((row) => row.client_msg_id === text.client_msg_id);
      const isWhole = stored !== undefined && Buffer.compare(stored.msg_data, bytes) === 0;
      t.oneOf(
        [
          { outcome: "accepted, and in the history byte for byte", verdict: "pass", seen: taken && isWhole },
          {
            outcome: "refused and not stored, the connection stays open",
            verdict: "pass",
            seen: !taken && stored === undefined && closing === undefined,
          },
        ],
        `${taken ? "accepted" : "not accepted"}, ${stored?.msg_data.length ?? "no"} bytes in the history`,
      );
    },
  ),
  ...defineGrid(
    {
      id: "MSG-17/in-either-kind",
      title: "a client_msg_id of 64 characters is accepted and comes back whole",
      steps: ["send a message with such an id", "acknowledgement, push and history carry it"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [reader] = talk.readers;
      const before = await sayIn(t, talk, talk.writer, "before");
      await t.given("the delivery of a plain text", () => pushOf(reader.peer, before.client_msg_id));
      const client_msg_id = t.random.uuid().padEnd(64, "0");
      const text = messageIn(t, talk, talk.writer, "long id", { client_msg_id });
      const ack = await talk.writer.peer.ask(commands.MSG_DATA, text);
      t.equal([ack.res_code, ack.client_msg_id], [ACCEPTED, client_msg_id], "res_code and client_msg_id");
      await pushOf(reader.peer, client_msg_id);
      const rows = (await historyIn(t, talk, reader)).map((row) => row.client_msg_id);
      t.ensure(rows.includes(client_msg_id), "the client_msg_id in the history", rows.join(", "));
    },
  ),
  ...defineGrid(
    {
      id: "PUSH-02/in-either-kind",
      title: "the push equals what was sent, but for time and id, and carries the id of acknowledgement and history",
      steps: ["send a message of type 5", "compare the push with it, with the acknowledgement and with the history"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const { writer } = talk;
      const sent = messageIn(t, talk, writer, "exactly this", { msg_type: VIDEO });
      const ack = await t.given("the acknowledgement", () => writer.peer.ask(commands.MSG_DATA, sent));
      for (const reader of talk.readers) {
        const pushed = await t.given("delivery", () => pushOf(reader.peer, sent.client_msg_id));
        t.equal(
          [pushed.from_user_id, pushed.to_session_id, pushed.session_type, pushed.msg_type],
          [writer.user.user_id, talk.sessionOf(writer), talk.type, VIDEO],
          "from_user_id, to_session_id, session_type and msg_type",
        );
        t.equal(new TextDecoder().decode(pushed.msg_data), "exactly this", "msg_data");
        t.equal(pushed.server_msg_id, ack.server_msg_id, "server_msg_id (as in the acknowledgement)");
        const row = (await historyIn(t, talk, reader)).find((one) => one.client_msg_id === sent.client_msg_id);
        t.equal(row?.server_msg_id, pushed.server_msg_id, "server_msg_id in the history");
      }
    },
  ),
  ...defineGrid(
    {
      id: "PUSH-05/in-either-kind",
      title: "messages sent over one connection reach everybody in the order of their ids",
      steps: ["send 50 messages in one go", "the pushes of each reader have growing server_msg_ids"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const count = 50;
      const acks = await sayManyIn(t, talk, talk.writer, count);
      const sent = new Set(acks.map((ack) => ack.client_msg_id));
      for (const { peer } of talk.readers) {
        const pushes = () => peer.seen(commands.MSG_DATA, ({ client_msg_id }) => sent.has(client_msg_id));
        await peer.until(() => (pushes().length >= count ? true : undefined));
        t.requires(pushes().length === count, `${pushes().length} of ${count} messages were pushed to ${peer.name}`);
        const ids = pushes().map((one) => one.server_msg_id);
        const back = ids.findIndex((id, index) => index > 0 && id <= (ids[index - 1] as bigint));
        t.ensure(back < 0, `growing server_msg_ids on ${peer.name}`, `id ${ids[back]} came behind ${ids[back - 1]}`);
      }
    },
  ),
  ...defineGrid(
    {
      id: "PUSH-06/in-either-kind",
      title: "nothing is pushed on login; the message is in the history",
      steps: ["bob goes offline, and alice writes", "bob logs in: no push comes, and his history has the message"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob, ...others] = talk.readers;
      bob.peer.endWriting();
      await t.given("the end of bob's connection", () => bob.peer.closed());
      const ack = await sayIn(t, talk, talk.writer, "while you were away");
      for (const { peer } of others) await t.given("delivery to others", () => pushOf(peer, ack.client_msg_id));
      await untilPushed(t, talk.writer.peer);
      bob.peer = await t.login(bob.user, "bob/again");
      const rows = await historyIn(t, talk, bob);
      const later = await sayIn(t, talk, talk.writer, "now you are here");
      await t.given("delivery of a later message", () => pushOf(bob.peer, later.client_msg_id));
      t.equal(pushesOf(bob.peer, ack.client_msg_id).length, 0, "the number of pushes of the earlier message");
      t.equal(rows.at(-1)?.client_msg_id, ack.client_msg_id, "the newest message of the history at login");
    },
  ),
  ...defineGrid(
    {
      id: "PUSH-07/in-either-kind",
      level: "should",
      needs: ["registration"],
      title: "from_nick_name is the sender's stored nickname",
      steps: ["alice sends a message under another name", "the push names her as she registered"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const { writer, readers } = talk;
      const text = messageIn(t, talk, writer, "guess who", { from_nick_name: "somebody else" });
      await t.given("the acknowledgement", () => writer.peer.ask(commands.MSG_DATA, text));
      const pushed = await t.given("delivery", () => pushOf(readers[0].peer, text.client_msg_id));
      t.equal(pushed.from_nick_name, writer.user.nick_name, "from_nick_name");
    },
  ),
  ...defineGrid(
    {
      id: "ACK-02/in-either-kind",
      title: "a confirmation is not answered",
      steps: ["alice writes, and each reader confirms", "nothing but the fence behind it is answered"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const { client_msg_id } = await sayIn(t, talk, talk.writer, "confirm me");
      for (const reader of talk.readers) {
        await t.given("delivery", () => pushOf(reader.peer, client_msg_id));
        const mark = reader.peer.inbox.length;
        confirm(talk, reader, client_msg_id);
        await stillServed(reader.peer, "a confirmation");
        t.equal(answersSince(reader.peer, mark), [], "answers to a confirmation");
      }
    },
  ),
  ...defineGrid(
    {
      id: "ACK-04/in-either-kind",
      title: "confirmations of unknown messages and repeated ones have no effect",
      steps: [
        "alice writes",
        "bob confirms what does not exist, and the message twice",
        "count and history are as before",
      ],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob] = talk.readers;
      const { client_msg_id } = await sayIn(t, talk, talk.writer, "confirm me");
      await t.given("delivery", () => pushOf(bob.peer, client_msg_id));
      const before = [await unreadIn(t, talk, bob), await historyIn(t, talk, bob)];
      for (const id of [t.random.uuid(), "", client_msg_id, client_msg_id]) confirm(talk, bob, id);
      await stillServed(bob.peer, "pointless confirmations");
      t.equal([await unreadIn(t, talk, bob), await historyIn(t, talk, bob)], before, "bob's unread count and history");
    },
  ),
  ...defineGrid(
    {
      id: "READ-01/in-either-kind",
      title: "a read receipt is not answered and the reader's connection goes on",
      steps: ["alice writes", "bob says that he read it", "nothing but the fence behind it is answered"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob] = talk.readers;
      const { client_msg_id } = await sayIn(t, talk, talk.writer, "read me");
      await t.given("delivery", () => pushOf(bob.peer, client_msg_id));
      const mark = bob.peer.inbox.length;
      bob.peer.send(commands.MSG_READ_ACK, {
        user_id: bob.user.user_id,
        session_id: talk.sessionOf(bob),
        msg_id: 0n,
        session_type: talk.type,
      });
      await stillServed(bob.peer, "a read receipt");
      t.equal(answersSince(bob.peer, mark), [], "answers to the reader");
    },
  ),
  ...defineGrid(
    {
      id: "READ-02/in-either-kind",
      inGroups: ["group-unread"],
      title: "msg_id 0 reads the whole session, and later messages count from 0 again",
      steps: ["alice writes three messages, bob reads all: his count is 0", "she writes two more: it is 2"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob] = talk.readers;
      await sayManyIn(t, talk, talk.writer, 3);
      t.requires((await unreadIn(t, talk, bob)) >= 3, "three messages do not count as unread");
      await readIn(t, talk, bob);
      t.equal(await unreadIn(t, talk, bob), 0, "bob's unread count after reading");
      await sayManyIn(t, talk, talk.writer, 2);
      t.equal(await unreadIn(t, talk, bob), 2, "bob's unread count after two more messages");
    },
  ),
  ...defineGrid(
    {
      id: "UNREAD-05/in-either-kind",
      inGroups: ["group-unread"],
      title: "delivery confirmations leave the unread count alone",
      steps: ["alice writes two messages", "bob confirms both", "his count is as before"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob] = talk.readers;
      const acks = await sayManyIn(t, talk, talk.writer, 2);
      for (const ack of acks) await t.given("delivery", () => pushOf(bob.peer, ack.client_msg_id));
      const before = await unreadIn(t, talk, bob);
      t.requires(before >= 2, "two messages do not count as unread");
      for (const ack of acks) confirm(talk, bob, ack.client_msg_id);
      t.requires((await bob.peer.fence()) === "answered", "bob's connection was closed");
      t.equal(await unreadIn(t, talk, bob), before, "bob's unread count after confirming");
    },
  ),
  ...defineGrid(
    {
      id: "SESS-03/in-either-kind",
      title: "an entry describes the newest message of the conversation, for every side of it",
      steps: ["alice writes two messages of type 2", "compare every side's entry with the second"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      await sayIn(t, talk, talk.writer, "one");
      const sent = messageIn(t, talk, talk.writer, "two", { msg_type: FILE });
      const ack = await t.given("the acknowledgement", () => talk.writer.peer.ask(commands.MSG_DATA, sent));
      for (const one of [talk.writer, ...talk.readers]) {
        const list = await t.given("the session list", () => askSessions(one.peer));
        const entry = entryOf(list, talk.sessionOf(one), talk.type);
        t.equal(
          [entry.session_type, entry.msg_id, entry.server_msg_id, entry.msg_type, entry.msg_from_user_id],
          [talk.type, ack.client_msg_id, ack.server_msg_id, FILE, talk.writer.user.user_id],
          "session_type, msg_id, server_msg_id, msg_type and msg_from_user_id",
        );
        t.equal(new TextDecoder().decode(entry.msg_data), "two", "msg_data");
        const off = Math.max(
          ...[entry.msg_time_stamp, entry.updated_time].map((time) => Math.abs(time - ack.create_time)),
        );
        t.ensure(off <= 1, `msg_time_stamp and updated_time are ${ack.create_time}, within 1 s`, `${off} s off`);
      }
    },
  ),
  ...defineGrid(
    {
      id: "MSG-07/resend-elsewhere-later",
      title: "a message sent again into another conversation is known by its sender all the same, some time later",
      steps: [
        "alice writes to bob; she logs in anew, or the server is restarted",
        "she sends the same client_msg_id to carol, or into a group: acknowledged with the first id, and not stored there",
      ],
      axes: { kind: KINDS, time: ["second-login", "after-restart"] },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 1);
      const { writer, readers } = talk;
      const bob = await t.user();
      const first = await sendMessage(t, writer.peer, bob.user_id, "to bob");
      await sayIn(t, talk, writer, "before");
      await passTime(t, talk, at.time);
      await sayIn(t, talk, writer, "after");
      const elsewhere = messageIn(t, talk, writer, "elsewhere", { client_msg_id: first.client_msg_id });
      const ack = await writer.peer.ask(commands.MSG_DATA, elsewhere);
      t.equal(
        [ack.res_code, ack.server_msg_id],
        [ACCEPTED, first.server_msg_id],
        "res_code and server_msg_id of the second acknowledgement",
      );
      const rows = (await historyIn(t, talk, readers[0])).filter((row) => row.client_msg_id === first.client_msg_id);
      t.equal(rows.length, 0, "copies in the history of the other conversation");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-20/in-either-kind",
      title: "a message that was refused leaves no trace, neither at once nor after a restart",
      steps: [
        "alice writes; carol, who is no member, or alice herself with session_type 0 sends what must be refused",
        "time passes: history and unread count of bob are as before; the next legal message behaves as ever",
      ],
      axes: { kind: KINDS, time: ["at-once", "after-restart"], transport: TRANSPORTS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob] = talk.readers;
      const stranger = await t.freshLogin("stranger");
      const { client_msg_id } = await sayIn(t, talk, talk.writer, "before");
      const before = [await unreadIn(t, talk, bob), await historyIn(t, talk, bob)];
      const from = at.kind === "group" ? stranger : talk.writer;
      const wrong = at.kind === "group" ? "a sender who is no member" : "session_type 0";
      const session_type = at.kind === "group" ? talk.type : 0;
      const bad = messageIn(t, talk, from, "refuse me", { session_type: session_type as CIMMsgData["session_type"] });
      const { answer } = await from.peer.aftermath(from.peer.send(commands.MSG_DATA, bad, { wrong }));
      t.requires(!(answer?.message && isAccepted(answer.message)), `a message with ${wrong} was accepted`);
      await passTime(t, talk, at.time);
      await stillStored(t, talk, bob, [client_msg_id]);
      t.equal([await unreadIn(t, talk, bob), await historyIn(t, talk, bob)], before, "bob's unread count and history");
      const { peer } = talk.writer;
      const after = await t.given("the next message", () =>
        peer.ask(commands.MSG_DATA, messageIn(t, talk, talk.writer, "after")),
      );
      t.equal(after.res_code, ACCEPTED, "res_code of the next message");
      t.equal(await unreadIn(t, talk, bob), (before[0] as number) + 1, "bob's unread count after the next message");
    },
  ),
];

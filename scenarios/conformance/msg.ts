import { CIMResCode, commands } from "../../codegen/index.ts";
import type { ConformanceCase, LoggedIn } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
import { ROBOT_ANSWER, ROBOTS, robotAnswer } from "./robot.ts";
import {
  ACCEPTED,
  askHistory,
  entriesOf,
  historyIn,
  isAccepted,
  message,
  messageIn,
  openTalk,
  passTime,
  pushesOf,
  pushOf,
  readHistory,
  readSessions,
  readUnread,
  SINGLE,
  sayIn,
  sayManyIn,
  sendMessage,
  sendMessages,
  servedPageSize,
  unreadIn,
} from "./setup/index.ts";

/** MSG: sending, acknowledging and numbering messages, and sending them twice. */
export const msgCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "MSG-01/client-form-accepted",
      title: "a message as clients make it is accepted",
      steps: ["send a message with a nickname, a UUID and text", "an acknowledgement 0x0302 comes"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const { res_code } = await peer.ask(commands.MSG_DATA, message(t, peer, bob.user.user_id, "hello"));
      t.equal(res_code, ACCEPTED, "res_code of the acknowledgement");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "MSG-02/create-time-stamped",
      title: "create_time is the server's, whatever the client sent",
      steps: ["bob gets three messages sent with create_time 0, 1 and 2147483647", "each carries the present time"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      for (const create_time of [0, 1, 2_147_483_647]) {
        const ack = await sendMessage(t, alice.peer, bob.user.user_id, "stamp me", { create_time });
        const pushed = await t.given("delivery", () => pushOf(bob.peer, ack.client_msg_id));
        const off = Math.abs(pushed.create_time - Date.now() / 1_000);
        t.ensure(
          off < 3_600,
          "create_time of the push is the server's clock in seconds",
          `it is ${pushed.create_time}`,
        );
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "MSG-03/stored-before-acknowledged",
      title: "an acknowledged message is in the history at once, on any connection",
      steps: ["alice sends 20 messages, one after the other", "after each acknowledgement bob's history ends with it"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      for (let round = 1; round <= 20; round++) {
        const ack = await sendMessage(t, alice.peer, bob.user.user_id, `message ${round}`);
        const [last] = await readHistory(t, bob.peer, { session: alice.user.user_id, limit: 1 });
        t.equal(last?.client_msg_id, ack.client_msg_id, `the newest message after acknowledgement ${round}`);
      }
    },
  ),
  defineCase(
    {
      id: "MSG-03/acknowledged-without-receiver",
      title: "the acknowledgement does not wait for the receiver",
      steps: [
        "bob's client stops reading and confirms nothing; carol is offline",
        "alice's messages to both are acknowledged",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.user();
      bob.peer.pause();
      await alice.peer.ask(commands.MSG_DATA, message(t, alice.peer, bob.user.user_id, "hello"));
      await alice.peer.ask(commands.MSG_DATA, message(t, alice.peer, carol.user_id, "hello"));
    },
  ),
  defineCase(
    {
      id: "MSG-03/acknowledged-survives-a-crash",
      needs: ["restart"],
      alone: true,
      title: "an acknowledged message survives the sudden death of the server",
      steps: [
        "alice sends 200 messages as fast as she can",
        "kill the server in the middle",
        "all acknowledged are there",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      for (let index = 0; index < 200; index++) {
        alice.peer.send(commands.MSG_DATA, message(t, alice.peer, bob.user_id, `message ${index}`));
      }
      const acks = () => alice.peer.seen(commands.MSG_DATA_ACK, isAccepted);
      await alice.peer.until(() => (acks().length >= 20 ? true : undefined));
      await t.around.control?.crash();
      const acknowledged = acks().map((ack) => ack.client_msg_id);
      t.requires(acknowledged.length > 0, "no message was acknowledged before the crash");
      const again = await t.login(alice.user, "alice/again");
      const stored = new Set<string>();
      const limit = await servedPageSize(t, again, { session: bob.user_id });
      for (let end = 0n; ; ) {
        const page = await readHistory(t, again, { session: bob.user_id, end, limit });
        for (const row of page) stored.add(row.client_msg_id);
        if (page.length < limit) break;
        end = page[0]?.server_msg_id ?? 0n;
      }
      const lost = acknowledged.filter((id) => !stored.has(id));
      t.ensure(
        lost.length === 0,
        "every acknowledged message is stored",
        `${lost.length} of ${acknowledged.length} are lost`,
      );
    },
  ),
  defineCase(
    {
      id: "MSG-04/acknowledgement",
      title: "the acknowledgement echoes the message, says OK, and carries its id and time",
      steps: ["send a message", "compare every field of the acknowledgement"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const text = message(t, peer, bob.user.user_id, "hello");
      const ack = await peer.ask(commands.MSG_DATA, text);
      t.equal(ack.from_user_id, peer.self, "from_user_id");
      t.equal(ack.to_session_id, bob.user.user_id, "to_session_id");
      t.equal(ack.client_msg_id, text.client_msg_id, "client_msg_id");
      t.equal(ack.session_type, SINGLE, "session_type");
      t.equal(ack.res_code, ACCEPTED, "res_code");
      t.ensure(ack.server_msg_id > 0n, "server_msg_id is assigned", "it is 0");
      const pushed = await t.given("delivery", () => pushOf(bob.peer, text.client_msg_id));
      t.equal(ack.create_time, pushed.create_time, "create_time (as stamped in the message)");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-04/echo",
      title:
        "the acknowledgement echoes the message in every kind of session, the first time and when it is sent again",
      steps: ["send a message, or send it twice", "compare the echoed fields of the last acknowledgement"],
      axes: { kind: ["one-to-one", "group"], time: ["at-once", "second-time"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 1);
      const { peer } = talk.writer;
      const text = messageIn(t, talk, talk.writer, "hello");
      if (at.time === "second-time")
        await t.given("sending it the first time", () => peer.ask(commands.MSG_DATA, text));
      const ack = await t.given("its acknowledgement", () => peer.ask(commands.MSG_DATA, text));
      t.requires(isAccepted(ack), `the message was refused with res_code ${ack.res_code}`);
      await t.given("delivery", () => pushOf(talk.readers[0].peer, text.client_msg_id));
      t.equal(ack.session_type, talk.type, "session_type");
      t.equal(ack.from_user_id, peer.self, "from_user_id");
      t.equal(ack.to_session_id, talk.sessionOf(talk.writer), "to_session_id");
      t.equal(ack.client_msg_id, text.client_msg_id, "client_msg_id");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "MSG-05/ids-grow-in-both-directions",
      title: "ids grow strictly within a conversation, whoever sends",
      steps: ["alice and bob write in turn", "each id is greater than the one before"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const ids: bigint[] = [];
      for (let round = 1; round <= 6; round++) {
        const [from, to] = round % 2 === 0 ? [bob, alice] : [alice, bob];
        ids.push((await sendMessage(t, from.peer, to.user.user_id, `turn ${round}`)).server_msg_id);
      }
      const grows = ids.every((id, index) => index === 0 || id > (ids[index - 1] as bigint));
      t.ensure(grows, "each server_msg_id is greater than the one before", `ids ${ids.join(", ")}`);
    },
  ),
  defineCase(
    {
      id: "MSG-05/no-id-twice-under-concurrency",
      title: "messages sent at the same moment in both directions have different ids",
      steps: ["alice and bob each send 50 messages in one go", "100 different ids are assigned"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const count = 50;
      for (const [from, to] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        const alone = Array.from({ length: count }, (_, index) =>
          from.peer.send(commands.MSG_DATA, message(t, from.peer, to.user.user_id, `alone ${index}`)),
        );
        for (const sent of alone) await t.given("one user's messages in one go", () => from.peer.answer(sent));
      }
      for (let index = 0; index < count; index++) {
        alice.peer.send(commands.MSG_DATA, message(t, alice.peer, bob.user.user_id, `a${index}`));
        bob.peer.send(commands.MSG_DATA, message(t, bob.peer, alice.user.user_id, `b${index}`));
      }
      const acks = () => [...alice.peer.seen(commands.MSG_DATA_ACK), ...bob.peer.seen(commands.MSG_DATA_ACK)];
      for (const { peer } of [alice, bob]) {
        await peer.until(
          () => (peer.seen(commands.MSG_DATA_ACK).length >= 2 * count ? true : undefined),
          2 * t.patienceMs,
        );
      }
      const total = 4 * count;
      t.equal(acks().length, total, "the number of acknowledgements");
      const distinct = new Set(acks().map((ack) => ack.server_msg_id)).size;
      t.equal(distinct, total, "the number of different server_msg_ids");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "MSG-06/no-gaps",
      level: "should",
      title: "ids have no gaps under normal use",
      steps: ["send five messages", "the ids are consecutive"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const bob = await t.user();
      const acks = await sendMessages(t, peer, bob.user_id, ["1", "2", "3", "4", "5"]);
      const first = acks[0]?.server_msg_id ?? 0n;
      t.equal(
        acks.map((ack) => ack.server_msg_id - first),
        [0n, 1n, 2n, 3n, 4n],
        "the steps from the first id",
      );
    },
  ),
  defineCase(
    {
      id: "MSG-07/resend-keeps-the-first-id",
      title: "a message sent again is acknowledged with its first id",
      steps: ["send a message", "send another", "send the first again", "the acknowledgement carries the first id"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const bob = await t.user();
      const text = message(t, peer, bob.user_id, "once");
      const first = await t.given("the first sending", () => peer.ask(commands.MSG_DATA, text));
      await sendMessage(t, peer, bob.user_id, "between");
      const second = await peer.ask(commands.MSG_DATA, text);
      t.equal(second.res_code, ACCEPTED, "res_code of the second acknowledgement");
      t.equal(second.server_msg_id, first.server_msg_id, "server_msg_id of the second acknowledgement");
    },
  ),
  defineCase(
    {
      id: "MSG-07/resend-after-reconnect",
      title: "a message sent again over a new connection is stored once",
      steps: ["send a message and lose the connection", "log in and send it again", "one copy is in the history"],
    },
    async (t) => {
      const alice = await t.user();
      const bob = await t.user();
      const first = await t.login(alice, "alice/first");
      const text = message(t, first, bob.user_id, "once");
      const ack = await t.given("the first sending", () => first.ask(commands.MSG_DATA, text));
      first.reset();
      const second = await t.login(alice, "alice/second");
      const again = await second.ask(commands.MSG_DATA, text);
      t.equal(again.server_msg_id, ack.server_msg_id, "server_msg_id of the acknowledgement after reconnecting");
      const rows = await readHistory(t, second, { session: bob.user_id });
      t.equal(rows.filter((row) => row.client_msg_id === text.client_msg_id).length, 1, "copies in the history");
    },
  ),
  defineCase(
    {
      id: "MSG-07/resend-after-restart",
      needs: ["restart"],
      title: "a message sent again after a restart of the server is stored once",
      steps: ["send a message", "restart the server", "log in and send it again", "one copy is in the history"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const text = message(t, alice.peer, bob.user_id, "once");
      const first = await t.given("the first sending", () => alice.peer.ask(commands.MSG_DATA, text));
      await t.restart();
      const again = await t.login(alice.user, "alice/again");
      const second = await again.ask(commands.MSG_DATA, text);
      t.equal(second.server_msg_id, first.server_msg_id, "server_msg_id of the acknowledgement after the restart");
      const rows = await readHistory(t, again, { session: bob.user_id });
      t.equal(rows.filter((row) => row.client_msg_id === text.client_msg_id).length, 1, "copies in the history");
    },
  ),
  defineCase(
    {
      id: "MSG-07/resend-stored-once",
      title: "a message sent three times is stored and counted once",
      steps: ["send a message three times in one go", "the history holds it once", "bob's unread count is 1"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const text = message(t, peer, bob.user.user_id, "once");
      const sent = [1, 2, 3].map(() => peer.send(commands.MSG_DATA, text));
      for (const one of sent) await peer.answer(one);
      const rows = await readHistory(t, bob.peer, { session: peer.self ?? 0n });
      t.equal(
        rows.map((row) => row.client_msg_id),
        [text.client_msg_id],
        "bob's history",
      );
      t.equal(await readUnread(t, bob.peer, peer.self ?? 0n), 1, "bob's unread count");
    },
  ),
  defineCase(
    {
      id: "MSG-07/resend-not-pushed-again",
      level: "should",
      title: "a message sent again is not pushed again",
      steps: ["send a message twice, then another", "bob gets two pushes"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const text = message(t, peer, bob.user.user_id, "once");
      for (let copy = 1; copy <= 2; copy++) await t.given("sending", () => peer.ask(commands.MSG_DATA, text));
      const later = await sendMessage(t, peer, bob.user.user_id, "later");
      await t.given("delivery", () => pushOf(bob.peer, later.client_msg_id));
      t.equal(pushesOf(bob.peer, text.client_msg_id).length, 1, "the number of pushes of the repeated message");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-07/resend",
      title: "a message sent again is acknowledged with its first id, stored once and counted once",
      steps: [
        "alice sends a message, then a number of others",
        "time passes: a login anew, leaving the group and coming back, or a restart of the server",
        "she sends the first again: the acknowledgement carries the first id",
        "history and unread count are as before",
      ],
      axes: {
        kind: ["one-to-one", "group"],
        number: ["1", "20", "100", "300", "1100"],
        transport: ["tcp", "ws", "mixed"],
        time: ["at-once", "second-login", "after-return", "after-restart"],
      },
      allows: ({ kind, time }) => kind === "group" || time !== "after-return",
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [reader] = talk.readers;
      const text = messageIn(t, talk, talk.writer, "once");
      const first = await t.given("the first sending", () => talk.writer.peer.ask(commands.MSG_DATA, text));
      await sayManyIn(t, talk, talk.writer, Number(at.number));
      await passTime(t, talk, at.time);
      const unread = await unreadIn(t, talk, reader);
      const newest = (await historyIn(t, talk, reader)).map((row) => row.client_msg_id);
      const second = await talk.writer.peer.ask(commands.MSG_DATA, text);
      t.equal(second.res_code, CIMResCode.kCIM_RES_CODE_OK, "res_code of the second acknowledgement");
      t.equal(second.server_msg_id, first.server_msg_id, "server_msg_id of the second acknowledgement");
      t.equal(
        (await historyIn(t, talk, reader)).map((row) => row.client_msg_id),
        newest,
        "the newest page of history",
      );
      t.equal(await unreadIn(t, talk, reader), unread, "bob's unread count");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-07/resend-elsewhere",
      title: "a message sent again into another conversation is known by its sender all the same",
      steps: [
        "alice writes to bob a few times",
        "she sends the last message's client_msg_id to carol, or into a group: acknowledged with the first id",
        "neither pushed nor in the history there",
      ],
      axes: { kind: ["one-to-one", "group"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind, 1);
      const { writer, readers } = talk;
      const bob = await t.freshLogin("another");
      await sendMessages(t, writer.peer, bob.user.user_id, ["one", "two", "three"]);
      const first = await sendMessage(t, writer.peer, bob.user.user_id, "four");
      await sayIn(t, talk, writer, "before");
      const elsewhere = messageIn(t, talk, writer, "elsewhere", { client_msg_id: first.client_msg_id });
      const ack = await writer.peer.ask(commands.MSG_DATA, elsewhere);
      t.equal(ack.res_code, ACCEPTED, "res_code of the second acknowledgement");
      t.equal(ack.server_msg_id, first.server_msg_id, "server_msg_id of the second acknowledgement");
      const later = await sayIn(t, talk, writer, "later");
      await t.given("delivery of a later message", () => pushOf(readers[0].peer, later.client_msg_id));
      t.equal(pushesOf(readers[0].peer, first.client_msg_id).length, 0, "pushes in the other conversation");
      const rows = (await historyIn(t, talk, readers[0])).filter((row) => row.client_msg_id === first.client_msg_id);
      t.equal(rows.length, 0, "copies in the history of the other conversation");
    },
  ),
  defineCase(
    {
      id: "MSG-07/resent-question",
      capabilities: ["robots"],
      title: "a question to a robot that is sent again is not answered again",
      steps: [
        "alice asks a robot and gets its answer; she sends the question twice more, under its client_msg_id",
        "she asks something else: behind that answer, the history holds two answers",
      ],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const robot = ROBOTS[0] as bigint;
      const question = message(t, peer, robot, "what time is it");
      await t.given("the first question", () => peer.ask(commands.MSG_DATA, question));
      await t.given("the first answer", () => robotAnswer(t, peer, robot));
      for (let time = 1; time <= 2; time++) {
        const ack = await t.given("sending it again", () => peer.ask(commands.MSG_DATA, question));
        t.requires(isAccepted(ack), "the repeated question was refused");
      }
      const words = "and what is the weather like";
      await sendMessage(t, peer, robot, words);
      // An answer quotes its question (CONTENT-06).
      await t.given("the answer to another question", () => robotAnswer(t, peer, robot, words));
      const rows = await readHistory(t, peer, { session: robot });
      const answers = rows.filter((row) => row.from_user_id === robot && row.msg_type === ROBOT_ANSWER);
      t.equal(answers.length, 2, "the robot's answers in the history");
    },
  ),
  defineCase(
    {
      id: "MSG-08/same-id-from-two-senders",
      title: "two senders may use the same client_msg_id",
      steps: ["alice and bob send carol messages with the same client_msg_id", "carol's two histories hold one each"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.freshLogin("carol");
      const client_msg_id = t.random.uuid();
      for (const { peer } of [alice, bob]) {
        const text = message(t, peer, carol.user.user_id, `from ${peer.name}`, { client_msg_id });
        t.equal(
          (await peer.ask(commands.MSG_DATA, text)).res_code,
          ACCEPTED,
          `res_code of the message from ${peer.name}`,
        );
      }
      for (const { user } of [alice, bob]) {
        const rows = await readHistory(t, carol.peer, { session: user.user_id });
        t.equal(
          rows.map((row) => row.client_msg_id),
          [client_msg_id],
          `carol's history with user ${user.user_id}`,
        );
      }
    },
  ),
  ...defineGrid(
    {
      id: "MSG-08/same-id-in-a-group",
      capabilities: ["groups"],
      title: "members of a group may use the same client_msg_id",
      steps: ["alice and bob write to a group with the same client_msg_id", "carol's history of it holds both"],
      axes: { time: ["at-once", "second-login"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group");
      const { writer, readers } = talk;
      const [bob, carol = bob] = readers;
      const client_msg_id = t.random.uuid();
      const say = async (who: LoggedIn): Promise<void> => {
        const text = messageIn(t, talk, who, `from ${who.peer.name}`, { client_msg_id });
        const { res_code } = await who.peer.ask(commands.MSG_DATA, text);
        t.equal(res_code, ACCEPTED, `res_code of the message from ${who.peer.name}`);
      };
      await say(writer);
      await passTime(t, talk, at.time);
      await say(bob);
      const rows = (await historyIn(t, talk, carol)).filter((row) => row.client_msg_id === client_msg_id);
      const senders = rows.map((row) => row.from_user_id).toSorted();
      t.equal(senders, [writer, bob].map(({ user }) => user.user_id).toSorted(), "the senders in carol's history");
    },
  ),
  defineCase(
    {
      id: "MSG-08/same-id-both-ways",
      title: "the two sides of a conversation may use the same client_msg_id",
      steps: ["alice writes to bob, bob answers with the same client_msg_id", "the history holds both"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const client_msg_id = t.random.uuid();
      await sendMessage(t, alice.peer, bob.user.user_id, "there", { client_msg_id });
      const back = message(t, bob.peer, alice.user.user_id, "and back", { client_msg_id });
      t.equal((await bob.peer.ask(commands.MSG_DATA, back)).res_code, ACCEPTED, "res_code of bob's answer");
      const rows = await readHistory(t, alice.peer, { session: bob.user.user_id });
      t.equal(
        rows.map((row) => row.from_user_id),
        [alice.user.user_id, bob.user.user_id],
        "the senders in the history",
      );
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "MSG-18/session-for-both",
      upstream: true,
      title: "a first message creates the session for both users",
      steps: ["alice writes to bob for the first time", "both lists hold the session with the other"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      await sendMessage(t, alice.peer, bob.user.user_id, "first");
      for (const [one, other] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        const list = await readSessions(t, one.peer);
        t.equal(entriesOf(list, other.user.user_id).length, 1, `sessions of ${one.peer.name} with ${other.peer.name}`);
      }
    },
  ),
  defineCase(
    {
      id: "MSG-18/update-time-moves",
      upstream: true,
      title: "a later message sets the update time of both users' sessions",
      steps: ["alice writes to bob", "more than a second later bob answers", "both sessions have a later update time"],
      waits: () => 2_500,
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const timeOf = async (one: typeof alice, other: typeof alice): Promise<number> => {
        const [entry] = entriesOf(await readSessions(t, one.peer), other.user.user_id);
        t.requires(entry !== undefined, `${one.peer.name} has no session with ${other.peer.name}`);
        return entry?.updated_time ?? 0;
      };
      await sendMessage(t, alice.peer, bob.user.user_id, "first");
      const before = [await timeOf(alice, bob), await timeOf(bob, alice)];
      await t.elapse(1_100);
      await sendMessage(t, bob.peer, alice.user.user_id, "later");
      const after = [await timeOf(alice, bob), await timeOf(bob, alice)];
      for (const [index, name] of ["alice", "bob"].entries()) {
        const [earlier = 0, later = 0] = [before[index], after[index]];
        t.ensure(later > earlier, `the update time of ${name}'s session is later than ${earlier}`, `it is ${later}`);
      }
    },
  ),
  defineCase(
    {
      id: "MSG-18/first-messages-at-once",
      capabilities: ["robustness"],
      title: "first messages of both sides at the same moment both succeed and leave one session a side",
      steps: ["ten pairs of users write to each other in the same moment", "all are acknowledged", "one session each"],
    },
    async (t) => {
      const pairs = await Promise.all(
        Array.from({ length: 10 }, async () => [await t.freshLogin("alice"), await t.freshLogin("bob")] as const),
      );
      const sent = pairs.flatMap(([alice, bob]) => [
        { peer: alice.peer, sent: alice.peer.send(commands.MSG_DATA, message(t, alice.peer, bob.user.user_id, "hi")) },
        { peer: bob.peer, sent: bob.peer.send(commands.MSG_DATA, message(t, bob.peer, alice.user.user_id, "hi")) },
      ]);
      for (const one of sent) t.equal((await one.peer.answer(one.sent)).message.res_code, ACCEPTED, "res_code");
      for (const [alice, bob] of pairs) {
        const list = await readSessions(t, alice.peer);
        t.equal(entriesOf(list, bob.user.user_id).length, 1, "sessions of one side with the other");
        const other = await readSessions(t, bob.peer);
        t.equal(entriesOf(other, alice.user.user_id).length, 1, "sessions of the other side");
      }
    },
  ),
  defineCase(
    {
      id: "MSG-19/receiver-never-logged-in",
      needs: ["registration"],
      title: "one may write to a user who never logged in; the message waits",
      steps: [
        "bob registers and has never been online",
        "alice writes and is acknowledged",
        "bob finds it at his first login",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const text = message(t, alice.peer, bob.user_id, "welcome");
      t.equal((await alice.peer.ask(commands.MSG_DATA, text)).res_code, ACCEPTED, "res_code");
      const peer = await t.login(bob, "bob");
      const history = await t.given("the history", () => askHistory(peer, { session: alice.user.user_id }));
      t.equal(
        history.msg_list.map((row) => row.client_msg_id),
        [text.client_msg_id],
        "bob's history",
      );
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "MSG-19/receiver-unknown",
      level: "may",
      title: "whether the receiver exists is not checked",
      steps: ["send a message to a user id that nobody has", "it is acknowledged"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const nobody = 1_900_000_000n + BigInt(t.random.integer(90_000_000));
      const { answer } = await peer.aftermath(peer.send(commands.MSG_DATA, message(t, peer, nobody, "anybody there?")));
      t.ensure(answer?.message !== undefined && isAccepted(answer.message), "res_code 1", "a refusal");
    },
  ),
];

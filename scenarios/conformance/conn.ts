import { commands, encodeRawFrame, formatCommandId } from "../../codegen/index.ts";
import type { ConformanceCase, Peer } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import {
  A_MOMENT_MS,
  ACCEPTED,
  askHistory,
  askSessions,
  connectionsOf,
  message,
  prepare,
  pushOf,
  readHistory,
  SINGLE,
  sendMessage,
  sendMessages,
  stillServed,
} from "./setup/index.ts";

/** Heartbeats on their way at the same time while the counter of a connection is driven around. */
const HEARTBEATS_AT_A_TIME = 900;

/** The packet numbers at the edges of one and two bytes. */
const EDGE_NUMBERS: readonly number[] = [1, 127, 128, 255, 256, 32_767, 32_768, 65_534, 65_535];
/** Command ids that the contract leaves free. */
const FREE_COMMANDS: readonly number[] = [0x0000, 0x0106, 0x0203, 0x0204, 0x0701, 0x0702, 0x7fff, 0xffff];

/** A connection is kept so many times ten heartbeats and a fence busy: more than a limit of a hundred, or of 256. */
const BUSY_ROUNDS = 30;
/** How long connections stay that only send heartbeats, in milliseconds. */
const OPEN_FOR_MS = 10_000;
/** Users of whom each has so many connections then. */
const USERS = 4;
const CONNECTIONS = 3;

/** CONN: what a connection is, how packets are numbered, and in which order they are handled. */
export const connCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "CONN-01/silent-until-first-packet",
      title: "a fresh connection is accepted and hears nothing until it has sent a packet",
      steps: ["connect", "send a login that fails", "the first packet that comes is its answer"],
    },
    async (t) => {
      const peer = await t.connect("newcomer");
      const sent = peer.send(commands.LOGIN_AUTH_REQ, { user_name: `nobody-${t.random.uuid().slice(0, 8)}` });
      await t.given("waiting for any packet", () => peer.answer(sent));
      const first = peer.inbox.since(0)[0];
      t.equal(
        formatCommandId(first?.frame.header.command_id ?? 0),
        formatCommandId(commands.LOGIN_AUTH_RSP.id),
        "the first packet received",
      );
    },
  ),

  ...alsoOverWebSocket(
    {
      id: "CONN-02/header-of-every-packet",
      title: "every packet of the server has version 1 and zeros in the reserved header fields",
      steps: [
        "alice writes to bob",
        "bob asks for sessions and history",
        "both send a heartbeat",
        "look at all headers",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const ack = await sendMessage(t, alice.peer, bob.user.user_id, "header");
      await t.given("delivery", () => pushOf(bob.peer, ack.client_msg_id));
      await t.given("the session list", () => askSessions(bob.peer));
      await t.given("the history", () => askHistory(bob.peer, { session: alice.user.user_id }));
      for (const { peer } of [alice, bob]) {
        await t.given("a fence", () => peer.fence());
        for (const { frame, command } of peer.inbox.since(0)) {
          const { version, flag, service_id, reversed } = frame.header;
          t.equal(
            { version, flag, service_id, reversed },
            { version: 1, flag: 0, service_id: 0, reversed: 0 },
            `the header of ${command?.name ?? formatCommandId(frame.header.command_id)}`,
          );
        }
      }
    },
  ),

  ...alsoOverWebSocket(
    {
      id: "CONN-09/reserved-fields-ignored",
      title: "whatever stands in flag, service_id and reversed, a request is handled",
      steps: ["send a session list request with ones in all reserved header fields", "it is answered"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const seq_num = peer.nextSeq();
      const body = commands.LIST_RECENT_CONTACT_SESSION_REQ.body.encode({ user_id: peer.self ?? 0n });
      const sent = peer.expectAnswer(commands.LIST_RECENT_CONTACT_SESSION_REQ, seq_num);
      const header = { command_id: sent.command.id, seq_num, flag: 0xffff, service_id: 0x1234, reversed: 0xabcd };
      peer.sendBytes(encodeRawFrame(header, body), "reserved header fields are set");
      await peer.answer(sent);
    },
  ),

  defineCase(
    {
      id: "CONN-09/other-version-tolerated",
      level: "should",
      title: "a request with another version in its header is handled",
      steps: ["send session list requests with version 0, 2 and 65535", "each is answered"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      for (const version of [0, 2, 65_535]) {
        const seq_num = peer.nextSeq();
        const body = commands.LIST_RECENT_CONTACT_SESSION_REQ.body.encode({ user_id: peer.self ?? 0n });
        const sent = peer.expectAnswer(commands.LIST_RECENT_CONTACT_SESSION_REQ, seq_num);
        peer.sendBytes(encodeRawFrame({ command_id: sent.command.id, seq_num, version }, body), `version ${version}`);
        await peer.answer(sent);
      }
    },
  ),

  ...alsoOverWebSocket(
    {
      id: "CONN-10/answers-echo-the-number",
      title: "the answer to a request carries the request's number",
      steps: [
        "send session list requests with numbers at the edges of one and two bytes",
        "compare the answers' numbers",
      ],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      for (const seq of EDGE_NUMBERS) {
        const sent = peer.send(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: peer.self ?? 0n }, { seq });
        const answer = await t.given("a session list", () => peer.answer(sent));
        t.equal(answer.frame.header.seq_num, seq, "seq_num of the answer");
      }
    },
  ),

  defineCase(
    {
      id: "CONN-10/every-kind-of-answer",
      title: "login, message, history and session list answers all carry the request's number",
      steps: ["log in with number 700", "send a message with 701, ask for history with 702 and sessions with 703"],
    },
    async (t) => {
      const account = await t.account();
      const bob = await t.user();
      const peer = await t.connect("alice");
      const { user_name, user_pwd } = account;
      const login = await t.given("the login", () =>
        peer.answer(peer.send(commands.LOGIN_AUTH_REQ, { user_name, user_pwd }, { seq: 700 })),
      );
      t.equal(login.frame.header.seq_num, 700, "seq_num of the login answer");
      peer.self = login.message.user_info?.user_id;
      const user_id = peer.self ?? 0n;
      const text = peer.send(commands.MSG_DATA, message(t, peer, bob.user_id, "number"), { seq: 701 });
      const ack = await t.given("the acknowledgement", () => peer.answer(text));
      t.equal(ack.frame.header.seq_num, 701, "seq_num of the acknowledgement");
      const page = { user_id, session_type: SINGLE, session_id: bob.user_id, limit_count: 1 } as const;
      const history = await t.given("the history", () =>
        peer.answer(peer.send(commands.LIST_MSG_REQ, page, { seq: 702 })),
      );
      t.equal(history.frame.header.seq_num, 702, "seq_num of the history answer");
      const list = peer.send(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id }, { seq: 703 });
      const sessions = await t.given("the session list", () => peer.answer(list));
      t.equal(sessions.frame.header.seq_num, 703, "seq_num of the session list");
    },
  ),

  defineCase(
    {
      id: "CONN-10/repeated-number",
      needs: ["stream"],
      title: "a number used twice is answered twice",
      steps: ["send two requests with the same number in one go", "two answers with that number come"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const user_id = peer.self ?? 0n;
      const one = prepare(peer, commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id }, 9);
      const two = prepare(peer, commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id }, 9);
      peer.sendBytes(Buffer.concat([one.bytes, two.bytes]), undefined);
      await t.given("an answer", () => peer.answer(one.sent));
      await peer.answer(two.sent);
    },
  ),

  ...alsoOverWebSocket(
    {
      id: "CONN-11/pushes-are-numbered",
      title: "a push carries a number other than 0",
      steps: ["alice sends bob three messages", "look at the numbers of the pushes"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const [, , last] = await sendMessages(t, alice.peer, bob.user.user_id, ["one", "two", "three"]);
      await t.given("delivery", () => pushOf(bob.peer, last?.client_msg_id));
      const numbers = bob.peer.inbox.all(commands.MSG_DATA).map((one) => one.frame.header.seq_num);
      t.ensure(!numbers.includes(0), "no push has seq_num 0", `pushes with seq_num ${numbers.join(", ")}`);
    },
  ),

  defineCase(
    {
      id: "CONN-11/counted-per-connection",
      level: "should",
      title: "pushes of a connection are numbered 1, 2, 3 …",
      steps: ["alice sends bob three messages", "the pushes on bob's fresh connection have the numbers 1, 2, 3"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const account = await t.account();
      const bob = await t.loginWithoutHeartbeat(account, "bob");
      const [, , last] = await sendMessages(t, alice.peer, bob.self ?? 0n, ["one", "two", "three"]);
      await t.given("delivery", () => pushOf(bob, last?.client_msg_id));
      const numbers = bob.inbox.all(commands.MSG_DATA).map((one) => one.frame.header.seq_num);
      t.equal(numbers, [1, 2, 3], "the numbers of the pushes");
    },
  ),

  defineCase(
    {
      id: "CONN-11/counter-wraps",
      needs: ["stream"],
      level: "should",
      title: "the server's counter goes from 65534 to 1",
      steps: ["send 65,540 heartbeats with number 0, which take their numbers from the counter", "look at the answers"],
    },
    async (t) => {
      const peer = await t.loginWithoutHeartbeat(await t.account(), "alice");
      const count = 65_540;
      const heartbeat = encodeRawFrame({ command_id: commands.LOGIN_HEARTBEAT.id, seq_num: 0 }, new Uint8Array(0));
      const answered = (): number => peer.inbox.count(commands.LOGIN_HEARTBEAT);
      // Fewer at a time than CONN-03 has a case for.
      for (let sent = 0; sent < count; ) {
        const window = Math.min(HEARTBEATS_AT_A_TIME, count - sent);
        peer.sendBytes(Buffer.concat(Array.from({ length: window }, () => heartbeat)), "seq_num 0");
        sent += window;
        const came = () => (answered() >= sent ? true : undefined);
        const all = await peer.until(came, 2 * t.patienceMs);
        t.requires(all === true, `only ${answered()} of ${sent} heartbeats were answered`);
      }
      const numbers = peer.inbox.all(commands.LOGIN_HEARTBEAT).map((one) => one.frame.header.seq_num);
      const wrong = numbers.findIndex((number, index) => number !== (index % 65_534) + 1);
      t.ensure(wrong < 0, `answer ${wrong + 1} has the number ${(wrong % 65_534) + 1}`, `it has ${numbers[wrong]}`);
    },
  ),

  ...alsoOverWebSocket(
    {
      id: "CONN-12/zero-number-answered",
      title: "a request with number 0 is answered, with a number of the server's own",
      steps: ["send a session list request with seq_num 0", "an answer comes whose seq_num is not 0"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const wrong = "seq_num 0 leaves the number to the server";
      const request = { user_id: peer.self ?? 0n };
      const answer = await peer.answer(peer.send(commands.LIST_RECENT_CONTACT_SESSION_REQ, request, { seq: 0, wrong }));
      t.ensure(answer.frame.header.seq_num !== 0, "the answer's seq_num is not 0", "it is 0");
    },
  ),

  ...alsoOverWebSocket(
    {
      id: "CONN-13/unknown-command-ignored",
      title: "a packet with an unknown command is ignored and the connection goes on",
      steps: [
        "send packets with command ids that the contract leaves free",
        "nothing answers them",
        "a request is answered",
      ],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      for (const command_id of FREE_COMMANDS) {
        const mark = peer.inbox.length;
        peer.sendBytes(encodeRawFrame({ command_id, seq_num: 4_242 }, new Uint8Array([8, 1])), "unknown command");
        await stillServed(peer, `command ${formatCommandId(command_id)}`);
        const answers = peer.inbox.since(mark).filter((one) => one.frame.header.seq_num === 4_242);
        t.ensure(
          answers.length === 0,
          `no answer to command ${formatCommandId(command_id)}`,
          `${answers.length} answers`,
        );
      }
    },
  ),

  defineCase(
    {
      id: "CONN-13/open-a-moment-later",
      title: "a connection that sent an unknown command is still open a moment later",
      steps: ["send packets with unknown commands", "let three seconds pass: the connection is open and served"],
      waits: () => A_MOMENT_MS,
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      for (const command_id of FREE_COMMANDS)
        peer.sendBytes(encodeRawFrame({ command_id, seq_num: 4_242 }, new Uint8Array([8, 1])), "unknown command");
      await t.given("a fence right behind them", () => peer.fence());
      await t.elapse(A_MOMENT_MS);
      await stillServed(peer, "unknown commands");
    },
  ),

  defineCase(
    {
      id: "CONN-16/answers-in-order",
      needs: ["stream"],
      title: "the answers of one connection come in the order of its requests",
      steps: ["send 60 session list, history and message requests in one go", "their answers come in that order"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const bob = await t.user();
      const user_id = peer.self ?? 0n;
      const page = { user_id, session_type: SINGLE, session_id: bob.user_id, limit_count: 5 } as const;
      await sendMessage(t, peer, bob.user_id, "alone");
      await readHistory(t, peer, { session: bob.user_id });
      // As many packets of one kind: whether they are all handled is for CONN-03 to say.
      const sameKind = Array.from({ length: 60 }, () =>
        prepare(peer, commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id }),
      );
      peer.sendBytes(Buffer.concat(sameKind.map(({ bytes }) => bytes)), undefined);
      for (const { sent } of sameKind) await t.given("60 session lists", () => peer.answer(sent));
      const requests = Array.from({ length: 20 }, (_, index) => [
        prepare(peer, commands.MSG_DATA, message(t, peer, bob.user_id, `in order ${index}`)),
        prepare(peer, commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id }),
        prepare(peer, commands.LIST_MSG_REQ, page),
      ]).flat();
      const mark = peer.inbox.length;
      peer.sendBytes(Buffer.concat(requests.map(({ bytes }) => bytes)), undefined);
      const expected = requests.map(({ sent }) => formatCommandId(sent.command.replyId ?? 0));
      const answers = () =>
        peer.inbox.since(mark).filter((one) => expected.includes(formatCommandId(one.frame.header.command_id)));
      const all = await peer.until(() => (answers().length >= requests.length ? true : undefined), 2 * t.patienceMs);
      t.ensure(all === true, `${requests.length} answers, in order`, `${answers().length} answers`);
      t.equal(
        answers().map((one) => formatCommandId(one.frame.header.command_id)),
        expected,
        "the commands of the answers",
      );
    },
  ),

  defineCase(
    {
      id: "CONN-16/handled-in-order",
      needs: ["stream"],
      title: "a request sees what the request before it did",
      steps: ["send a message and a history request in one go", "the history holds the message"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const bob = await t.user();
      await sendMessage(t, peer, bob.user_id, "before");
      for (let round = 1; round <= 5; round++) {
        const text = message(t, peer, bob.user_id, `round ${round}`);
        const one = prepare(peer, commands.MSG_DATA, text);
        const page = {
          user_id: peer.self ?? 0n,
          session_type: SINGLE,
          session_id: bob.user_id,
          limit_count: 5,
        } as const;
        const two = prepare(peer, commands.LIST_MSG_REQ, page);
        peer.sendBytes(Buffer.concat([one.bytes, two.bytes]), undefined);
        await t.given("the acknowledgement", () => peer.answer(one.sent));
        const history = await t.given("the history", () => peer.answer(two.sent));
        const ids = history.message.msg_list.map((row) => row.client_msg_id);
        t.ensure(ids.includes(text.client_msg_id ?? ""), `the history holds message ${round}`, "it does not yet");
      }
    },
  ),

  ...alsoOverWebSocket(
    {
      id: "CONN-20/other-connections-go-on",
      title: "when one connection of a user ends, pushes to the others go on",
      steps: [
        "bob has three connections",
        "one is closed in order, one by reset",
        "a message to bob reaches the third",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const phone = await t.login(bob, "bob/phone");
      const tablet = await t.login(bob, "bob/tablet");
      const desktop = await t.login(bob, "bob/desktop");
      phone.close();
      tablet.reset();
      for (const text of ["first", "second", "third"]) {
        const ack = await sendMessage(t, alice.peer, bob.user_id, text);
        await pushOf(desktop, ack.client_msg_id);
      }
    },
  ),

  defineCase(
    {
      id: "CONN-20/last-connection-gone",
      title: "a user whose last connection ended is written to as one who is offline",
      steps: [
        "bob's two connections end",
        "alice writes to bob and is acknowledged",
        "bob comes back and finds the message",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      (await t.login(bob, "bob/phone")).reset();
      (await t.login(bob, "bob/tablet")).close();
      const acks: string[] = [];
      for (const text of ["one", "two"]) {
        const ack = await alice.peer.ask(commands.MSG_DATA, message(t, alice.peer, bob.user_id, text));
        t.equal(ack.res_code, ACCEPTED, "res_code of a message to a user who just left");
        acks.push(ack.client_msg_id);
      }
      const back = await t.login(bob, "bob/back");
      const history = await t.given("the history", () => askHistory(back, { session: alice.user.user_id }));
      t.equal(
        history.msg_list.map((row) => row.client_msg_id),
        acks,
        "the messages in bob's history",
      );
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "CONN-22/many-requests",
      title: "a connection stays open however many requests come on it",
      steps: ["log in", "send ten heartbeats and ask for the sessions, 30 times", "the connection is still open"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      for (let round = 1; round <= BUSY_ROUNDS; round++) {
        for (let beat = 1; beat <= 10; beat++) peer.send(commands.LOGIN_HEARTBEAT, {});
        await t.given("a fence", () => peer.fence());
        const came = `the target ended it behind ${peer.inbox.answers} answers`;
        t.ensure(peer.closing === undefined, "the connection stays open", came);
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "CONN-22/open-for-seconds",
      title: "connections that send heartbeats stay open, all of them",
      steps: [
        "four users log in three times each",
        "let ten seconds pass",
        "all twelve connections are open and served",
      ],
      isLong: true,
    },
    async (t) => {
      const peers: Peer[] = [];
      for (const user of await t.users(USERS))
        peers.push(...(await connectionsOf(t, user, CONNECTIONS, `user ${user.user_id}`)));
      await t.elapse(OPEN_FOR_MS);
      const ended = peers.flatMap(({ closing, openedAt }) => (closing ? [Math.round(closing.at - openedAt)] : []));
      const when = `the target ended ${ended.length}, after ${ended.join(", ")} ms`;
      t.ensure(ended.length === 0, `all ${peers.length} connections stay open for ${OPEN_FOR_MS} ms`, when);
      for (const peer of peers) await stillServed(peer, "ten seconds with heartbeats");
    },
  ),
];

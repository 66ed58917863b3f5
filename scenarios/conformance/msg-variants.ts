import { type CIMMsgData, CIMMsgType, commands } from "../../codegen/index.ts";
import { type CaseContext, type ConformanceCase, type LoggedIn, show } from "../../harness/runner/index.ts";
import { defineGrid } from "./define.ts";
import { ROBOTS } from "./robot.ts";
import {
  ACCEPTED,
  createGroup,
  entryOf,
  GROUP,
  invite,
  isAccepted,
  leave,
  logInAgain,
  message,
  messageIn,
  openTalk,
  passTime,
  pushFence,
  readHistory,
  readSessions,
  SINGLE,
  sayIn,
  sendMessage,
  type Talk,
  textOfBytes,
  utf8,
} from "./setup/index.ts";

const {
  kCIM_MSG_TYPE_NOTIFACATION: NOTIFICATION,
  kCIM_MSG_TYPE_ROBOT: ROBOT,
  kCIM_MSG_TYPE_UNKNOWN: LOCAL,
} = CIMMsgType;

const TRANSPORTS = ["tcp", "ws", "mixed"] as const;

/** Contents that a store may not be able to hold: long ones, a zero byte, bytes that are no text. */
const HARD_CONTENTS: readonly (readonly [name: string, content: Uint8Array])[] = [
  ...[16_384, 32_768, 65_000].map((bytes) => [`${bytes} bytes`, utf8(textOfBytes("ascii", bytes))] as const),
  ["65000 bytes of emoji", utf8(textOfBytes("four-byte", 65_000))],
  ["a zero byte", utf8("a\u0000b")],
  ["bytes that are no UTF-8", Uint8Array.of(0x61, 0xff, 0xfe, 0x62)],
];

/** MSG: acknowledgements, repeats and refusals, in every kind of conversation and for everybody in it. */
export const msgVariantCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "MSG-04/echoed",
      title: "the acknowledgement echoes sender, session, its type and client_msg_id, whoever writes where",
      steps: ["alice, who owns the group, or a member writes", "compare what the acknowledgement echoes"],
      axes: {
        kind: ["one-to-one", "group"],
        role: ["owner", "member"],
        transport: TRANSPORTS,
        time: ["at-once", "second-login"],
      },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      await passTime(t, talk, at.time);
      const from = at.role === "owner" ? talk.writer : talk.readers[0];
      const text = messageIn(t, talk, from, "hello");
      const ack = await from.peer.ask(commands.MSG_DATA, text);
      t.requires(isAccepted(ack), `the message was refused with res_code ${ack.res_code}`);
      t.equal(ack.from_user_id, from.user.user_id, "from_user_id");
      t.equal(ack.to_session_id, talk.sessionOf(from), "to_session_id");
      t.equal(ack.session_type, talk.type, "session_type");
      t.equal(ack.client_msg_id, text.client_msg_id, "client_msg_id");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-07/to-somebody-else",
      title: "a message sent again to somebody else is not stored there: its sender has sent it before",
      steps: [
        "alice writes to bob",
        "time passes: a login anew, or a restart of the server",
        "she sends the same client_msg_id to carol, or to a group with her: the acknowledgement carries the first id",
        "carol's history does not hold it",
      ],
      axes: { kind: ["one-to-one", "group"], time: ["at-once", "second-login", "after-restart"] },
    },
    async (t, at) => {
      const talk = await openTalk(t, "one-to-one");
      const { writer } = talk;
      const carol = await t.user();
      const other =
        at.kind === "group"
          ? { to_session_id: await createGroup(t, writer.peer, [carol.user_id]), session_type: GROUP }
          : { to_session_id: carol.user_id, session_type: SINGLE };
      const text = messageIn(t, talk, writer, "once");
      const first = await t.given("the first sending", () => writer.peer.ask(commands.MSG_DATA, text));
      await passTime(t, talk, at.time);
      const second = await writer.peer.ask(commands.MSG_DATA, { ...text, ...other });
      t.equal(second.server_msg_id, first.server_msg_id, "server_msg_id of the second acknowledgement");
      const session = at.kind === "group" ? other.to_session_id : writer.user.user_id;
      const rows = await readHistory(t, await t.login(carol, "carol"), { session, type: other.session_type });
      const copies = rows.filter((row) => row.client_msg_id === text.client_msg_id).length;
      t.equal(copies, 0, "copies in carol's history");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-07/question-to-a-robot",
      capabilities: ["robots"],
      title: "a question to a robot that is sent again is not answered again",
      steps: [
        "alice asks a robot; it answers",
        "time passes: a login anew, or a restart of the server",
        "she sends the question again, then another one: the history holds two questions and two answers",
      ],
      axes: { transport: ["tcp", "ws"], time: ["at-once", "second-login", "after-restart"] },
    },
    async (t, at) => {
      const alice = await t.freshLogin("alice");
      const [robot = 0n] = ROBOTS;
      const question = message(t, alice.peer, robot, "the first question");
      await t.given("the question", () => alice.peer.ask(commands.MSG_DATA, question));
      await answerTo(t, alice, robot, "the first question");
      if (at.time === "second-login") await logInAgain(t, alice);
      if (at.time === "after-restart") {
        await t.restart();
        alice.peer = await t.login(alice.user, "alice/again");
      }
      await t.given("the question again", () => alice.peer.ask(commands.MSG_DATA, question));
      await sendMessage(t, alice.peer, robot, "the second question");
      await answerTo(t, alice, robot, "the second question");
      const rows = await readHistory(t, alice.peer, { session: robot });
      const count = (from: bigint) => rows.filter((row) => row.from_user_id === from).length;
      t.requires(count(alice.user.user_id) === 2, "the history does not hold the two questions");
      const answers = rows.filter((row) => row.from_user_id === robot && row.msg_type === ROBOT).length;
      t.equal(answers, 2, "the robot's answers to two questions, one of them sent twice");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-12/forged-in-groups",
      capabilities: ["groups"],
      title: "what only the server may send is refused in groups, whoever sends it",
      steps: [
        "somebody sends messages of type 0 and 9 to alice's group: its owner, a member, a former one or an outsider",
        "none is acknowledged, pushed to bob or stored",
      ],
      axes: { role: ["owner", "member", "former-member", "outsider"], transport: TRANSPORTS },
    },
    async (t, at) => {
      const { talk, carol } = await groupWith(t, at.role);
      const forger = at.role === "owner" ? talk.writer : carol;
      const [bob] = talk.readers;
      for (const msg_type of [LOCAL, NOTIFICATION] as CIMMsgData["msg_type"][]) {
        const forged = messageIn(t, talk, forger, `forged ${msg_type}`, { msg_type });
        const wrong = `msg_type ${msg_type}`;
        await t.refused(forger.peer, forger.peer.send(commands.MSG_DATA, forged, { wrong }), isAccepted);
      }
      await pushFence(t, talk.writer.peer, bob.peer, { id: talk.sessionOf(bob), type: GROUP });
      const isForged = ({ msg_data }: { msg_data: Uint8Array }) =>
        new TextDecoder().decode(msg_data).startsWith("forged");
      t.equal(bob.peer.seen(commands.MSG_DATA, isForged).length, 0, "forged messages pushed to bob");
      const rows = await readHistory(t, bob.peer, { session: talk.sessionOf(bob), type: GROUP });
      t.equal(rows.filter(isForged).length, 0, "forged messages in bob's history");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-20/refused-then-member",
      capabilities: ["groups"],
      title: "a message that was refused because its sender was no member is taken when the sender is one",
      steps: [
        "carol, who has left the group or was never in it, sends a message to it: refused",
        "time passes: a login anew, or a restart of the server",
        "she is invited and sends the same message again: taken, and stored once",
      ],
      axes: { role: ["former-member", "outsider"], time: ["at-once", "second-login", "after-restart"] },
    },
    async (t, at) => {
      const { talk, carol } = await groupWith(t, at.role);
      const [bob] = talk.readers;
      const group = talk.sessionOf(bob);
      const text = messageIn(t, talk, carol, "let me in");
      const { answer } = await carol.peer.aftermath(carol.peer.send(commands.MSG_DATA, text, { wrong: "no member" }));
      t.requires(
        !(answer?.message && isAccepted(answer.message)),
        "a message of somebody who is no member was accepted",
      );
      await passTime(t, talk, at.time);
      await invite(t, talk.writer.peer, group, [carol.user.user_id]);
      t.equal((await carol.peer.ask(commands.MSG_DATA, text)).res_code, ACCEPTED, "res_code when carol is a member");
      const rows = await readHistory(t, bob.peer, { session: group, type: GROUP });
      const copies = rows.filter((row) => row.client_msg_id === text.client_msg_id).length;
      t.equal(copies, 1, "copies in bob's history");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-20/hard-contents",
      title: "a content that the server does not take leaves everything as it was",
      steps: [
        "alice and bob have written to each other",
        "alice sends contents that a store may not hold: long ones, a zero byte, bytes that are no text",
        "she sends those that were refused once more: sessions, counts and history of both stay as they are",
        "the next legal message is in both session lists",
      ],
      axes: { kind: ["one-to-one", "group"], time: ["at-once", "second-login"] },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob] = talk.readers;
      await sayIn(t, talk, talk.writer, "before");
      await sayIn(t, talk, bob, "and back");
      await passTime(t, talk, at.time);
      const refused: (typeof HARD_CONTENTS)[number][] = [];
      for (const hard of HARD_CONTENTS) if (!(await isTaken(t, talk, ...hard))) refused.push(hard);
      await sayIn(t, talk, talk.writer, "between");
      const before = await pictureOf(t, talk);
      for (const [name, content] of refused) {
        t.requires(!(await isTaken(t, talk, name, content)), `${name} were refused once and taken the second time`);
        t.equal(await pictureOf(t, talk), before, `sessions, counts and history after ${name} were refused`);
      }
      await sayIn(t, talk, talk.writer, "after");
      for (const who of [talk.writer, bob]) entryOf(await readSessions(t, who.peer), talk.sessionOf(who), talk.type);
    },
  ),
];

/** Alice's group of bob, and carol, who is in it, has left it or has never been in it. */
async function groupWith(
  t: CaseContext,
  role: "owner" | "member" | "former-member" | "outsider",
): Promise<{ talk: Talk; carol: LoggedIn }> {
  const alice = await t.freshLogin("alice");
  const bob = await t.freshLogin("bob");
  const carol = await t.freshLogin("carol");
  const members = role === "outsider" ? [bob] : [bob, carol];
  const ids = members.map(({ user }) => user.user_id);
  const group = await createGroup(t, alice.peer, ids);
  if (role === "former-member") await leave(t, carol.peer, group);
  return { talk: { kind: "group", type: GROUP, writer: alice, readers: [bob, carol], sessionOf: () => group }, carol };
}

/** Waits for the robot's answer that quotes a question (CONTENT-06). */
async function answerTo(t: CaseContext, who: LoggedIn, robot: bigint, question: string): Promise<void> {
  const quotes = ({ from_user_id, msg_type, msg_data }: CIMMsgData): boolean =>
    from_user_id === robot && msg_type === ROBOT && new TextDecoder().decode(msg_data).includes(question);
  await t.given("the robot's answer", () => who.peer.push(commands.MSG_DATA, quotes, `an answer to "${question}"`));
}

/** Sends a content that the server may refuse. */
async function isTaken(t: CaseContext, talk: Talk, name: string, content: Uint8Array): Promise<boolean> {
  const { peer } = talk.writer;
  const sent = peer.send(commands.MSG_DATA, messageIn(t, talk, talk.writer, content), { wrong: name });
  const { answer, closing } = await peer.aftermath(sent);
  t.requires(closing === undefined, `the connection was closed upon ${name}`);
  return answer?.message !== undefined && isAccepted(answer.message);
}

/** What both can see of a conversation, in a form that can be compared. */
async function pictureOf(t: CaseContext, talk: Talk): Promise<string> {
  const parts: unknown[] = [];
  for (const who of [talk.writer, talk.readers[0]]) {
    const list = await readSessions(t, who.peer);
    const sessions = list.contact_session_list.map((one) =>
      [one.session_id, one.session_type, one.unread_cnt, one.updated_time, one.msg_id].join(" "),
    );
    const page = { session: talk.sessionOf(who), type: talk.type, limit: 1 };
    const rows = await readHistory(t, who.peer, page);
    parts.push(
      sessions.toSorted(),
      list.unread_counts,
      rows.map((row) => row.client_msg_id),
    );
  }
  return parts.map(show).join("\n");
}

import { type CIMMsgData, CIMMsgType, commands, type Partially } from "../../codegen/index.ts";
import { describeContents } from "../../harness/check/index.ts";
import { type CaseContext, type ConformanceCase, type LoggedIn, show } from "../../harness/runner/index.ts";
import { type AxisValue, axes } from "../rules/index.ts";
import { defineCase, defineGrid } from "./define.ts";
import {
  createGroup,
  infoOf,
  isAccepted,
  messageIn,
  NAME_CONTENTS,
  openTalk,
  passTime,
  pushesOf,
  pushOf,
  readHistory,
  sayIn,
  sendMessage,
  type Talk,
  textOfBytes,
  textOfCharacters,
} from "./setup/index.ts";

const { kCIM_MSG_TYPE_ROBOT: ROBOT } = CIMMsgType;

/** Content of up to so many characters must be taken (MSG-16). */
const MUST_BE_TAKEN = 2_048;

/** Lengths around the powers of two, in bytes: those that every server must take, and those that it may refuse. */
const LENGTHS: readonly number[] = axes.length.map((name) => Number(name.slice(0, -1)));
const SHORT_LENGTHS: readonly number[] = LENGTHS.filter((length) => length <= MUST_BE_TAKEN);
const LONG_LENGTHS: readonly number[] = LENGTHS.filter((length) => length >= MUST_BE_TAKEN);

/** Contents of questions, which a server may trim. */
const QUESTIONS = axes.content.filter((name) => !/^(invisible|control|blank)-(front|end)/.test(name));

/** A message and what became of it. */
interface Written {
  readonly text: Partially<CIMMsgData>;
  readonly taken: boolean;
}

/** Sends contents over one connection without waiting in between. */
async function write(t: CaseContext, talk: Talk, contents: readonly string[]): Promise<Written[]> {
  const { peer } = talk.writer;
  const longest = Math.max(...contents.map((content) => [...content].length));
  const sent = contents.map((content) => {
    const text = messageIn(t, talk, talk.writer, content);
    const isLong = [...content].length > MUST_BE_TAKEN;
    peer.send(commands.MSG_DATA, text, isLong ? { wrong: "longer than what must be taken" } : {});
    return text;
  });
  const state = await peer.fence();
  // Content that may be refused may be longer than the packets that a server takes (CONN-07).
  t.requires(state === "answered" || longest <= MUST_BE_TAKEN, "the connection was closed");
  t.equal(state, "answered", "the state of the connection behind texts that must be taken");
  const acks = peer.seen(commands.MSG_DATA_ACK, isAccepted).map((ack) => ack.client_msg_id);
  return sent.map((text) => ({ text, taken: acks.includes(text.client_msg_id ?? "") }));
}

/** Sends texts of all lengths that must be taken. */
async function writeAll(t: CaseContext, talk: Talk, content: AxisValue<"content">): Promise<Written[]> {
  const texts = SHORT_LENGTHS.map((length) => textOfBytes(content, length));
  const written = await write(t, talk, texts);
  const refused = written.find(({ taken }) => !taken)?.text.msg_data;
  t.ensure(refused === undefined, "every text is taken", `one of ${refused?.length} bytes is not: ${begin(refused)}`);
  return written;
}

/** The contents are in the reader's history as they were sent, and in the pushes where they are asked for. */
async function unchanged(
  t: CaseContext,
  talk: Talk,
  reader: LoggedIn,
  written: readonly Written[],
  places: readonly ("push" | "history")[],
): Promise<void> {
  const last = written.at(-1)?.text.client_msg_id;
  if (places.includes("push")) {
    await reader.peer.until(() => (pushesOf(reader.peer, last).length > 0 ? true : undefined));
  }
  const seen = {
    push: reader.peer.seen(commands.MSG_DATA),
    history: await readHistory(t, reader.peer, { session: talk.sessionOf(reader), type: talk.type }),
  };
  for (const { text } of written) {
    const sent = text.msg_data ?? new Uint8Array(0);
    for (const place of places) {
      const got = seen[place].find((one) => one.client_msg_id === text.client_msg_id)?.msg_data;
      const same = got !== undefined && Buffer.compare(got, sent) === 0;
      const what = got === undefined ? "nothing" : describeContents(sent, got);
      t.ensure(same, `${sent.length} bytes unchanged in the ${place}: ${begin(sent)}`, what);
    }
  }
}

function begin(bytes: Uint8Array | undefined): string {
  return show(new TextDecoder().decode(bytes?.subarray(0, 40)));
}

/** Texts of every content and length, in messages, names and questions. */
export const textCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "MSG-14/content",
      title: "content comes back byte for byte, whatever it is made of and however long it is",
      steps: [
        "alice sends texts of this content, as long as the powers of two up to 2,048 bytes and their neighbours",
        "the pushes and the history hold the same bytes",
      ],
      axes: { kind: ["one-to-one", "group"], content: axes.content },
    },
    async (t, at) => {
      // As many letters in another conversation: what becomes of them is for other rules to answer for.
      const control = await openTalk(t, at.kind);
      await t.given("sending letters of the same lengths", async () => {
        const letters = await writeAll(t, control, "ascii");
        await unchanged(t, control, control.readers[0], letters, ["push", "history"]);
      });
      const talk = await openTalk(t, at.kind);
      const written = await writeAll(t, talk, at.content);
      await unchanged(t, talk, talk.readers[0], written, ["push", "history"]);
    },
  ),
  ...defineGrid(
    {
      id: "MSG-16/length",
      title: "content of any length is stored whole or refused, never cut or changed",
      steps: [
        "alice sends texts of this content, as long as the powers of two up to 65,536 bytes and their neighbours",
        "what is acknowledged is pushed and stored as it was sent",
      ],
      axes: {
        kind: ["one-to-one", "group"],
        content: ["ascii", "two-byte", "three-byte", "four-byte"],
        transport: ["tcp", "ws"],
        time: ["at-once", "after-restart"],
      },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const first = await sayIn(t, talk, talk.writer, "first");
      const [reader] = talk.readers;
      await t.given("the delivery of a short text", () => pushOf(reader.peer, first.client_msg_id));
      const texts = LONG_LENGTHS.map((length) => textOfBytes(at.content, length));
      const written: Written[] = [];
      // One at a time, since a server that mixes up messages in a row breaks other rules.
      for (const text of texts) written.push(...(await write(t, talk, [text])));
      const taken = written.filter((one) => one.taken);
      const must = texts.filter((text) => [...text].length <= MUST_BE_TAKEN).length;
      t.ensure(
        taken.length >= must,
        `the ${must} texts of up to ${MUST_BE_TAKEN} characters taken`,
        `${taken.length} were taken`,
      );
      await passTime(t, talk, at.time);
      // What was pushed before a restart went to a connection of before.
      const places = at.time === "at-once" ? (["push", "history"] as const) : (["history"] as const);
      await unchanged(t, talk, reader, taken, places);
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-06/name",
      capabilities: ["documented-limits"],
      title: "a name of 32 characters comes back as it was given, whatever it is made of",
      steps: [
        "alice makes groups with names of 32 characters, one of each content",
        "time passes: a login anew, or a restart of the server",
        "the owner, or a member, gets the names as they were given",
      ],
      axes: { role: ["owner", "member"], time: ["at-once", "second-login", "after-restart"] },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group");
      const [bob] = talk.readers;
      const names = NAME_CONTENTS.map((content) => textOfCharacters(content, 32));
      const groups: bigint[] = [];
      for (const name of names) groups.push(await createGroup(t, talk.writer.peer, [bob.user.user_id], name));
      await passTime(t, talk, at.time);
      const { peer } = at.role === "owner" ? talk.writer : bob;
      const info = await t.given("the groups' info", () => infoOf(peer, groups));
      for (const [index, name] of names.entries()) {
        const group = info.group_info_list.find((one) => one.group_id === groups[index]);
        t.equal(group?.group_name, name, `group_name of ${NAME_CONTENTS[index]}`);
      }
    },
  ),
  defineCase(
    {
      id: "CONTENT-06/question-in-any-text",
      capabilities: ["robots", "content-fidelity"],
      title: "a robot's answer quotes the question as it was asked, whatever it is made of",
      steps: ["alice asks a robot a question of each content", "the answer is JSON whose body is the question"],
    },
    async (t) => {
      const robot = 2_020_010_702n;
      const { peer } = await t.freshLogin("alice");
      const questions = QUESTIONS.map((content) => `${content}: ${textOfCharacters(content, 32)}?`);
      for (const question of [...questions, 'lines:\none\r\n\ttwo\n\nand "three"?']) {
        const ack = await sendMessage(t, peer, robot, question);
        const rows = await readHistory(t, peer, { session: robot });
        const asked = rows.find((row) => row.client_msg_id === ack.client_msg_id)?.msg_data;
        t.requires(new TextDecoder().decode(asked) === question, "the question is stored as another text");
        const { message } = await t.given("the answer", () =>
          peer.push(commands.MSG_DATA, (one) => one.from_user_id === robot && one.msg_type === ROBOT, "an answer"),
        );
        const text = new TextDecoder().decode(message.msg_data);
        t.equal(bodyOf(text), question, `the body of the answer ${show(text)}`);
      }
    },
  ),
];

/** The question that a robot's answer quotes; the text itself when it is no JSON. */
function bodyOf(answer: string): unknown {
  try {
    return (JSON.parse(answer) as { body?: unknown }).body;
  } catch {
    return answer;
  }
}

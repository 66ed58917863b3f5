import {
  type CIMMsgData,
  CIMMsgNotificationType,
  CIMMsgType,
  CIMVoipByeReason,
  CIMVoipInviteType,
  commands,
} from "../../codegen/index.ts";
import { type CaseContext, type ConformanceCase, type Peer, RuleFailure, show } from "../../harness/runner/index.ts";
import type { RuleId } from "../rules/index.ts";
import { defineCase } from "./define.ts";
import { ROBOT_LIMIT_MS, ROBOTS, robotAnswer } from "./robot.ts";
import {
  ACCEPTED,
  bye,
  createGroup,
  GROUP,
  message,
  NOTIFICATION,
  plainTextPasses,
  pushOf,
  readHistory,
  SINGLE,
  sendMessage,
  TEXT,
  talk,
} from "./setup/index.ts";

const { kCIM_VOIP_INVITE_TYPE_VOICE_CALL: VOICE_CALL } = CIMVoipInviteType;
const { kCIM_VOIP_BYE_REASON_END: ENDED } = CIMVoipByeReason;
const { kCIM_MSG_NOTIFICATION_GROUP_CREATE: CREATED } = CIMMsgNotificationType;

const FILE = {
  md5: "0cc175b9c0f1b6a831c399e269772661",
  size: "1024",
  url: "http://example/f",
  displayName: "f",
  fileExtension: "txt",
};

/** Types of message in which a robot finds no text to answer. */
const WITHOUT_TEXT: readonly CIMMsgType[] = [
  CIMMsgType.kCIM_MSG_TYPE_FILE,
  CIMMsgType.kCIM_MSG_TYPE_IMAGE,
  CIMMsgType.kCIM_MSG_TYPE_AUDIO,
  CIMMsgType.kCIM_MSG_TYPE_VIDEO,
  CIMMsgType.kCIM_MSG_TYPE_LOCATION,
  CIMMsgType.kCIM_MSG_TYPE_TIPS,
];

/** What the next answer of a robot quotes, of those that came behind `mark` packets. */
async function nextAnswer(t: CaseContext, peer: Peer, mark: number): Promise<{ body?: unknown }> {
  const isAnswer = (push: CIMMsgData): boolean =>
    ROBOTS.includes(push.from_user_id) && push.msg_type === CIMMsgType.kCIM_MSG_TYPE_ROBOT;
  const next = (): CIMMsgData | undefined =>
    peer.inbox.all(commands.MSG_DATA, mark).find(({ message }) => message && isAnswer(message))?.message;
  const answer = await peer.until(next, ROBOT_LIMIT_MS);
  t.requires(answer !== undefined, "the robot does not answer");
  return parse((answer as CIMMsgData).msg_data) as { body?: unknown };
}

/** Content that clients make and the server only carries: rule, message type, content. */
const CARRIED: readonly (readonly [RuleId, CIMMsgType, string])[] = [
  ["CONTENT-01", TEXT, "plain text, not JSON"],
  ["CONTENT-02", CIMMsgType.kCIM_MSG_TYPE_FILE, JSON.stringify({ ...FILE, icoThumbUrl: "http://example/i" })],
  ["CONTENT-03", CIMMsgType.kCIM_MSG_TYPE_AUDIO, JSON.stringify({ ...FILE, duration: "12" })],
  [
    "CONTENT-04",
    CIMMsgType.kCIM_MSG_TYPE_VIDEO,
    JSON.stringify({ ...FILE, duration: "12", width: "640", height: "480", thumbUrl: "http://example/t" }),
  ],
  [
    "CONTENT-05",
    CIMMsgType.kCIM_MSG_TYPE_LOCATION,
    JSON.stringify({ latitude: "31.2", longitude: "121.5", coordinate: "WGS84", address: "a", poi: "p" }),
  ],
  [
    "CONTENT-09",
    CIMMsgType.kCIM_MSG_TYPE_IMAGE,
    JSON.stringify({ ...FILE, thumbUrl: "http://example/t", width: "640", height: "480" }),
  ],
  ["CONTENT-10", CIMMsgType.kCIM_MSG_TYPE_TIPS, "a hint"],
];

function parse(bytes: Uint8Array): Record<string, unknown> {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new RuleFailure("content in JSON", text.slice(0, 200));
  }
}

/** CONTENT: what stands in msg_data. */
export const contentCases: readonly ConformanceCase[] = [
  ...CARRIED.map(([rule, type, content]) =>
    defineCase(
      {
        id: `${rule}/carried-unchanged`,
        title: `content of type ${type} is carried unchanged`,
        steps: [`send a message of type ${type}`, "push and history carry type and content as sent"],
      },
      async (t) => {
        const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
        // What becomes of the same content in a text is for other rules to answer for.
        const talk = { id: bob.user.user_id, type: SINGLE };
        await plainTextPasses(t, alice.peer, bob.peer, talk, type === TEXT ? undefined : content);
        const sent = message(t, alice.peer, bob.user.user_id, content, { msg_type: type });
        const ack = await alice.peer.ask(commands.MSG_DATA, sent);
        t.equal(ack.res_code, ACCEPTED, `res_code of a message of type ${type}`);
        const pushed = await pushOf(bob.peer, sent.client_msg_id);
        const rows = await readHistory(t, bob.peer, { session: alice.user.user_id });
        for (const one of [pushed, rows.find(({ client_msg_id }) => client_msg_id === sent.client_msg_id)]) {
          t.equal(one?.msg_type, type, "msg_type");
          t.equal(new TextDecoder().decode(one?.msg_data), content, "msg_data");
        }
      },
    ),
  ),
  defineCase(
    {
      id: "CONTENT-06/robot-answer",
      capabilities: ["robots"],
      title: "a robot's answer repeats the question and has a text",
      steps: ["alice asks a robot", "the answer is JSON with body and content.type text, content.content not empty"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const robot = ROBOTS[0] as bigint;
      await sendMessage(t, peer, robot, "what is this");
      const answer = await t.given("the answer", () => robotAnswer(t, peer, robot));
      const json = parse(answer.msg_data) as { body?: unknown; content?: { type?: unknown; content?: unknown } };
      t.equal(json.body, "what is this", "body");
      t.equal(json.content?.type, "text", "content.type");
      t.ensure(
        typeof json.content?.content === "string" && json.content.content !== "",
        "content.content, a text",
        "none",
      );
    },
  ),
  defineCase(
    {
      id: "CONTENT-06/every-type-of-question",
      capabilities: ["robots"],
      title: "what a robot is asked in place of a content that is no text is a word",
      steps: ["alice sends a robot a message of each type", "the answer's body is a text that is not empty"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const robot = ROBOTS[0] as bigint;
      for (const msg_type of WITHOUT_TEXT) {
        const answered = peer.inbox.length;
        await sendMessage(t, peer, robot, "{}", { msg_type });
        const { body } = await nextAnswer(t, peer, answered);
        t.ensure(typeof body === "string" && body !== "", `a word for type ${msg_type} as body`, show(body));
      }
    },
  ),
  defineCase(
    {
      id: "CONTENT-06/wrapped-question",
      capabilities: ["robots"],
      title: "the question of an older client, which wraps it, is answered as what it is",
      steps: [
        'alice asks a robot {"body":"what is this"} as type 7',
        "the answer's body is the question or its wrapping",
      ],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const wrapped = JSON.stringify({ body: "what is this" });
      const answered = peer.inbox.length;
      await sendMessage(t, peer, ROBOTS[0] as bigint, wrapped, { msg_type: CIMMsgType.kCIM_MSG_TYPE_ROBOT });
      const { body } = await nextAnswer(t, peer, answered);
      t.ensure(body === "what is this" || body === wrapped, "the question as body", show(body));
    },
  ),
  defineCase(
    {
      id: "CONTENT-07/notification",
      capabilities: ["groups"],
      title: "a notification has its kind as a number and its ids as texts",
      steps: ["alice creates a group with bob", "compare the notification's fields"],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const group = await createGroup(t, alice.peer, [bob.user.user_id], "named");
      const rows = await readHistory(t, bob.peer, { session: group, type: GROUP });
      const row = rows.find((one) => one.msg_type === NOTIFICATION);
      t.requires(row !== undefined, "no notification in the history");
      const json = parse(row?.msg_data ?? new Uint8Array(0)) as {
        notificationType?: unknown;
        data?: Record<string, unknown>;
      };
      t.equal(json.notificationType, CREATED, "notificationType");
      const { groupId, groupName, owner, ids } = json.data ?? {};
      t.equal([groupId, groupName], [String(group), "named"], "groupId and groupName");
      t.equal([owner, ids], [String(alice.user.user_id), [String(bob.user.user_id)]], "owner and ids");
    },
  ),
  defineCase(
    {
      id: "CONTENT-08/call-record",
      capabilities: ["calls"],
      title: "the record of a call has hangup_user_id, hangup_reason, time_len and call_type as numbers",
      steps: ["two users talk, the called one hangs up after 42 s", "compare the record's fields"],
    },
    async (t) => {
      const call = await talk(t);
      await t.given("the bye", () => call.called.peer.ask(commands.VOIP_BYE_REQ, bye(call, call.called, ENDED, 42n)));
      const record = await t.given("the record", () =>
        call.caller.peer.push(
          commands.MSG_DATA,
          (push) => push.msg_type === CIMMsgType.kCIM_MSG_TYPE_AVCHAT,
          "the record",
        ),
      );
      const expected = {
        hangup_user_id: Number(call.called.user.user_id),
        hangup_reason: ENDED,
        time_len: 42,
        call_type: VOICE_CALL,
      };
      t.equal(parse(record.message.msg_data), expected, "the record");
    },
  ),
];

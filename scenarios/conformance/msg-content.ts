import { type CIMMsgData, commands, type Partially } from "../../codegen/index.ts";
import { describeContents } from "../../harness/check/index.ts";
import { type CaseContext, type ConformanceCase, show } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import { ACCEPTED, isAccepted, message, plainTextPasses, pushOf, readHistory, SINGLE, utf8 } from "./setup/index.ts";

/** Content that servers are known to break, by what breaks it. */
const DIFFICULT_TEXTS: readonly (readonly [string, string])[] = [
  ["quotes", `'single' "double" \`back\` ''' """`],
  ["backslashes", "\\ \\\\ \\n \\u0041 C:\\temp\\"],
  ["sql", "'); DROP TABLE messages; -- %s ? :x $1 /* */"],
  ["percent", "100% %d %s %25 %00"],
  ["newlines", "line\nline\r\nline\ttab\u2028\u2029"],
  ["nul", "before\u0000after\u0000"],
  ["emoji", "😀👨‍👩‍👧‍👦🇨🇳 é é 中文 العربية ‮rtl"],
  ["json", `{"a":"\\"b\\"","c":[1,2,{"d":null}]}`],
  ["blanks", "  leading and trailing  "],
  ["html", "<script>alert('x')</script>&amp;&#0;"],
];

/** What may become of a message whose content a server need not take: whole, or cleanly refused. */
async function wholeOrRefused(t: CaseContext, content: Uint8Array, refusable: boolean, remark: string): Promise<void> {
  const alice = await t.freshLogin("alice");
  const bob = await t.freshLogin("bob");
  const text = message(t, alice.peer, bob.user.user_id, content);
  const sent = alice.peer.send(commands.MSG_DATA, text, { wrong: remark });
  const { answer, closing } = await alice.peer.aftermath(sent);
  const taken = answer?.message !== undefined && isAccepted(answer.message);
  const rows = await readHistory(t, bob.peer, { session: alice.user.user_id });
  const stored = rows.find((row) => row.client_msg_id === text.client_msg_id)?.msg_data;
  const whole = taken && stored !== undefined && Buffer.compare(stored, content) === 0;
  const refused = !taken && stored === undefined && closing === undefined;
  t.oneOf(
    [
      { outcome: "accepted, and in the history byte for byte", verdict: "pass", seen: whole },
      ...(refusable
        ? [
            {
              outcome: "refused and not stored, the connection stays open",
              verdict: "pass" as const,
              remark,
              seen: refused,
            },
          ]
        : []),
    ],
    `${taken ? "accepted" : "not accepted"}, ${describe(stored, content)}, connection ${closing ? "closed" : "open"}`,
  );
  if (!taken) return;
  const pushed = await t.given("delivery", () => pushOf(bob.peer, text.client_msg_id));
  t.ensure(
    Buffer.compare(pushed.msg_data, content) === 0,
    "the push byte for byte",
    describe(pushed.msg_data, content),
  );
}

function describe(got: Uint8Array | undefined, content: Uint8Array): string {
  if (got === undefined) return "not in the history";
  if (Buffer.compare(got, content) === 0) return `${got.length} bytes unchanged`;
  return `changed: ${describeContents(content, got)}`;
}

/** A message with special fields is acknowledged, delivered and stored as sent. */
async function accepted(t: CaseContext, fields: Partially<CIMMsgData>, what: string): Promise<void> {
  const alice = await t.freshLogin("alice");
  const bob = await t.freshLogin("bob");
  const text = message(t, alice.peer, bob.user.user_id, "hello", fields);
  const ack = await alice.peer.ask(commands.MSG_DATA, text);
  t.equal(ack.res_code, ACCEPTED, `res_code of a message with ${what}`);
  const [row] = await readHistory(t, bob.peer, { session: alice.user.user_id });
  t.equal(row?.client_msg_id, text.client_msg_id, "client_msg_id in the history");
  t.ensure(
    Buffer.compare(row?.msg_data ?? new Uint8Array(0), text.msg_data ?? new Uint8Array(0)) === 0,
    "msg_data in the history as sent",
    describe(row?.msg_data, text.msg_data ?? new Uint8Array(0)),
  );
}

/** MSG: content, lengths and ids. */
export const msgContentCases: readonly ConformanceCase[] = [
  ...DIFFICULT_TEXTS.map(([name, text]) =>
    defineCase(
      {
        id: `MSG-14/${name}`,
        title: `content with ${name} comes back byte for byte`,
        steps: ["send the content", "the push and the history hold the same bytes"],
      },
      async (t) => {
        const alice = await t.freshLogin("alice");
        const bob = await t.freshLogin("bob");
        const sent = message(t, alice.peer, bob.user.user_id, text);
        await plainTextPasses(t, alice.peer, bob.peer, { id: bob.user.user_id, type: SINGLE });
        const ack = await alice.peer.ask(commands.MSG_DATA, sent);
        t.equal(ack.res_code, ACCEPTED, `res_code of the message ${show(text)}`);
        const expected = utf8(text);
        const pushed = await pushOf(bob.peer, sent.client_msg_id);
        t.ensure(
          Buffer.compare(pushed.msg_data, expected) === 0,
          "the push as sent",
          describe(pushed.msg_data, expected),
        );
        const rows = await readHistory(t, bob.peer, { session: alice.user.user_id });
        const stored = rows.find((row) => row.client_msg_id === sent.client_msg_id)?.msg_data;
        t.ensure(
          Buffer.compare(stored ?? new Uint8Array(0), expected) === 0,
          "the history as sent",
          describe(stored, expected),
        );
      },
    ),
  ),
  defineCase(
    {
      id: "MSG-15/invalid-utf8",
      level: "should",
      title: "content that is not UTF-8 comes back byte for byte",
      steps: ["send bytes that are no text", "they come back unchanged"],
    },
    async (t) => await wholeOrRefused(t, Uint8Array.from([0xff, 0xfe, 0xc3, 0x28, 0x00, 0x80]), false, "not UTF-8"),
  ),
  ...alsoOverWebSocket(
    {
      id: "MSG-15/whole-or-refused",
      title: "content that is not UTF-8 is stored whole or refused cleanly",
      steps: ["send all 256 byte values", "they come back unchanged, or the message is refused and leaves no trace"],
    },
    async (t) =>
      await wholeOrRefused(
        t,
        Uint8Array.from({ length: 256 }, (_, byte) => byte),
        true,
        "the server stores text only",
      ),
  ),
  defineCase(
    {
      id: "MSG-16/2048-characters",
      title: "content of 2048 characters is accepted",
      steps: ["send 2048 letters", "they are acknowledged and come back unchanged"],
    },
    async (t) => await accepted(t, { msg_data: utf8("x".repeat(2_048)) }, "2048 letters"),
  ),
  defineCase(
    {
      id: "MSG-16/2048-wide-characters",
      title: "content of 2048 characters of four bytes is accepted",
      steps: ["send 2048 emoji", "they are acknowledged and come back unchanged"],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("a sender of one emoji"), await t.freshLogin("its receiver")];
      // A server that takes none at all is for MSG-14 to tell.
      await plainTextPasses(t, alice.peer, bob.peer, { id: bob.user.user_id, type: SINGLE }, "😀");
      await accepted(t, { msg_data: utf8("😀".repeat(2_048)) }, "2048 emoji");
    },
  ),
  defineCase(
    {
      id: "MSG-16/never-cut-silently",
      title: "longer content is stored whole or refused, never cut",
      steps: ["send 60,000 characters", "they come back unchanged, or the message is refused and leaves no trace"],
    },
    async (t) =>
      await wholeOrRefused(t, utf8("long ".repeat(12_000)), true, "content above 2048 characters may be refused"),
  ),
  ...alsoOverWebSocket(
    {
      id: "MSG-17/64-characters",
      title: "a client_msg_id of 64 characters is accepted and kept whole",
      steps: ["send a message with a client_msg_id of 64 characters", "acknowledgement and history carry it"],
    },
    async (t) => {
      const client_msg_id = t.random.uuid().padEnd(64, "0123456789abcdef");
      await accepted(t, { client_msg_id }, "a client_msg_id of 64 characters");
    },
  ),
  defineCase(
    {
      id: "MSG-17/64-wide-characters",
      title: "a client_msg_id of 64 characters of four bytes each is accepted and kept whole",
      steps: ["send a message with a client_msg_id of 64 emoji", "acknowledgement and history carry it"],
    },
    async (t) => {
      const client_msg_id = Array.from({ length: 64 }, () => String.fromCodePoint(0x1f600 + t.random.integer(64))).join(
        "",
      );
      await accepted(t, { client_msg_id }, "a client_msg_id of 64 wide characters");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "MSG-21/32-bit-receiver",
      title: "ids of 32 bits work",
      steps: ["write to user 4294967295", "the acknowledgement, the session and the history carry the id unchanged"],
    },
    async (t) => await writeTo(t, 4_294_967_295n),
  ),
  defineCase(
    {
      id: "MSG-21/53-bit-receiver",
      level: "should",
      title: "ids up to 2^53-1 work",
      steps: [
        "write to user 9007199254740991",
        "the acknowledgement, the session and the history carry the id unchanged",
      ],
    },
    async (t) => await writeTo(t, 9_007_199_254_740_991n),
  ),
];

/** A message to an account that nobody has: enough to see whether its id survives. */
async function writeTo(t: CaseContext, receiver: bigint): Promise<void> {
  const { peer } = await t.freshLogin("alice");
  const write = async (to: bigint) =>
    (await peer.aftermath(peer.send(commands.MSG_DATA, message(t, peer, to, "hello")))).answer;
  // Somebody whom nobody has to know either, with an id that fits everywhere.
  const control = await write(1_900_000_000n + BigInt(t.random.integer(90_000_000)));
  t.requires(
    control?.message !== undefined && isAccepted(control.message),
    "the target refuses receivers that do not exist, so their ids cannot be checked",
  );
  const answer = await write(receiver);
  t.ensure(
    answer?.message !== undefined && isAccepted(answer.message),
    `a message to user ${receiver} is taken like one to user ${control?.message?.to_session_id}, whom nobody has either`,
    answer?.message ? `res_code ${answer.message.res_code}` : "no acknowledgement",
  );
  t.equal(answer?.message?.to_session_id, receiver, "to_session_id of the acknowledgement");
  const rows = await readHistory(t, peer, { session: receiver });
  t.equal(
    rows.map((row) => row.to_session_id),
    [receiver],
    "to_session_id in the history",
  );
}

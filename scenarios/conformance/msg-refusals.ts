import { isDeepStrictEqual } from "node:util";
import { type CIMMsgData, commands, type Partially } from "../../codegen/index.ts";
import { type CaseContext, type ConformanceCase, type Peer, RuleFailure, show } from "../../harness/runner/index.ts";
import { axes } from "../rules/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
import {
  A_MOMENT_MS,
  ACCEPTED,
  entriesOf,
  GROUP,
  scene as groupScene,
  invite,
  isAccepted,
  leave,
  message,
  NOTIFICATION,
  plainTextPasses,
  pushesOf,
  pushFence,
  pushOf,
  readHistory,
  readSessions,
  readUnread,
  SINGLE,
  sendMessage,
  stillServed,
  textOfBytes,
  utf8,
} from "./setup/index.ts";

/** Two users who have written to each other, and what a refused message must not change. */
interface Scene {
  readonly alice: Peer;
  readonly bob: Peer;
  readonly aliceId: bigint;
  readonly bobId: bigint;
}

async function scene(t: CaseContext, [one, other]: readonly [string, string] = ["alice", "bob"]): Promise<Scene> {
  const [alice, bob] = [await t.freshLogin(one), await t.freshLogin(other)];
  return { alice: alice.peer, bob: bob.peer, aliceId: alice.user.user_id, bobId: bob.user.user_id };
}

/**
 * Sends a message that must be refused, between two that must not: the refusal is silent or an error, the connection
 * goes on, and nothing reaches bob.
 */
async function mustBeRefused(t: CaseContext, at: Scene, fields: Partially<CIMMsgData>, wrong: string): Promise<void> {
  await sendMessage(t, at.alice, at.bobId, "legal, just before");
  const bad = message(t, at.alice, at.bobId, wrong, fields);
  await t.refused(at.alice, at.alice.send(commands.MSG_DATA, bad, { wrong }), isAccepted);
  await pushFence(t, at.alice, at.bob, { id: at.bobId, type: SINGLE });
  const came = at.bob.seen(commands.MSG_DATA, (pushed) => new TextDecoder().decode(pushed.msg_data) === wrong);
  t.equal(came.length, 0, "the number of pushes of the refused message");
  const rows = await readHistory(t, at.bob, { session: at.aliceId });
  const stored = rows.filter((row) => new TextDecoder().decode(row.msg_data) === wrong);
  t.equal(stored.length, 0, "copies of the refused message in the history");
}

/** A message that a server may refuse, or has to. */
interface Kind {
  readonly name: string;
  make(t: CaseContext, message: Partially<CIMMsgData>): Partially<CIMMsgData>;
}

const withFields = (name: string, fields: Partially<CIMMsgData>): Kind => ({
  name,
  make: (_, one) => ({ ...one, ...fields }),
});

/** What servers are known to refuse, each by a check or a mistake of its own. */
const REFUSABLE: readonly Kind[] = [
  ...axes.content.map((content) => withFields(`a text of ${content}`, { msg_data: utf8(textOfBytes(content, 48)) })),
  ...[0, 2_049, 16_384, 60_000].map((bytes) =>
    withFields(`a text of ${bytes} bytes`, { msg_data: utf8("x".repeat(bytes)) }),
  ),
  withFields("bytes that are no text", { msg_data: Uint8Array.of(0xff, 0xfe, 0xc3, 0x28, 0x00, 0x80) }),
  ...[0, 2, 3, 4, 5, 6, 7, 8, 9, 77].map((type) =>
    withFields(`type ${type}`, { msg_type: type as CIMMsgData["msg_type"] }),
  ),
  ...[65, 200].map((length) => ({
    name: `a client_msg_id of ${length} characters`,
    make: (t: CaseContext, one: Partially<CIMMsgData>) => ({
      ...one,
      client_msg_id: t.random.uuid().padEnd(length, "0"),
    }),
  })),
];

/** Sends messages. @returns those that were not accepted by the time that a request behind them was answered */
async function refusedOf(
  t: CaseContext,
  from: Peer,
  kinds: readonly Kind[],
  make: (kind: Kind) => Partially<CIMMsgData>,
): Promise<Kind[]> {
  const messages = kinds.map((kind) => ({ kind, sent: make(kind) }));
  for (const { sent } of messages) from.send(commands.MSG_DATA, sent, { wrong: "it may be refused" });
  t.requires((await from.fence()) === "answered", "the connection ended by a message that may be refused");
  const accepted = new Set(from.seen(commands.MSG_DATA_ACK, isAccepted).map((ack) => ack.client_msg_id));
  return messages.filter(({ sent }) => !accepted.has(sent.client_msg_id ?? "")).map(({ kind }) => kind);
}

/** MSG: what must be refused, and what a refusal must not leave behind. */
export const msgRefusalCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "MSG-09/to-oneself",
      title: "a one-to-one message to oneself is ignored",
      steps: ["send a message to one's own id", "no acknowledgement says OK, no session and no history appears"],
    },
    async (t) => {
      const { alice, aliceId, bobId } = await scene(t);
      await sendMessage(t, alice, bobId, "legal, just before");
      const note = message(t, alice, aliceId, "note to self");
      await t.refused(alice, alice.send(commands.MSG_DATA, note, { wrong: "to its own sender" }), isAccepted);
      t.equal(entriesOf(await readSessions(t, alice), aliceId).length, 0, "sessions of alice with herself");
      await sendMessage(t, alice, bobId, "legal, just after");
    },
  ),

  ...[0, 3, 99, 2_147_483_647].flatMap((type) =>
    alsoOverWebSocket(
      {
        id: `MSG-11/session-type-${type}`,
        title: `a message with session_type ${type} is refused`,
        steps: [
          `send a message with session_type ${type} between two legal ones`,
          "it is neither acknowledged nor stored",
        ],
      },
      async (t) =>
        await mustBeRefused(
          t,
          await scene(t),
          { session_type: type as CIMMsgData["session_type"] },
          `session_type ${type}`,
        ),
    ),
  ),

  ...[0, 9].map((type) =>
    defineCase(
      {
        id: `MSG-12/msg-type-${type}`,
        title: `a message of type ${type} is refused from clients`,
        steps: [`send a message with msg_type ${type} between two legal ones`, "it is neither acknowledged nor stored"],
      },
      async (t) =>
        await mustBeRefused(t, await scene(t), { msg_type: type as CIMMsgData["msg_type"] }, `msg_type ${type}`),
    ),
  ),

  ...alsoOverWebSocket(
    {
      id: "MSG-13/no-false-ok",
      title: "no refused message is acknowledged with res_code 1, and a refusal keeps the connection",
      steps: [
        "send messages to oneself and with session_type 0, in one go with legal ones",
        "only the legal ones are OK",
      ],
    },
    async (t) => {
      const { alice, bobId, aliceId } = await scene(t);
      const good = [1, 2].map((index) => message(t, alice, bobId, `good ${index}`));
      const bad = [message(t, alice, aliceId, "self"), message(t, alice, bobId, "type", { session_type: 0 })];
      for (let index = 0; index < good.length; index++) {
        alice.send(commands.MSG_DATA, bad[index] ?? {}, { wrong: "to be refused" });
        alice.send(commands.MSG_DATA, good[index] ?? {});
      }
      t.equal(await alice.fence(), "answered", "the state of the connection");
      const accepted = alice.seen(commands.MSG_DATA_ACK, isAccepted).map((ack) => ack.client_msg_id);
      const falsely = bad.filter((one) => accepted.includes(one.client_msg_id ?? ""));
      t.equal(falsely.length, 0, "refused messages acknowledged with res_code 1");
      const missing = good.filter((one) => !accepted.includes(one.client_msg_id ?? ""));
      t.requires(missing.length === 0, "legal messages between refused ones were not acknowledged");
    },
  ),

  defineCase(
    {
      id: "MSG-13/open-a-moment-later",
      title: "a connection whose message was refused is still open a moment later",
      steps: ["send messages that are refused", "let three seconds pass: the connection is open and served"],
      waits: () => A_MOMENT_MS,
    },
    async (t) => {
      const { alice, bobId } = await scene(t);
      const refusals: Partially<CIMMsgData>[] = [{ session_type: 0 }, { to_session_id: alice.self ?? 0n }];
      for (const fields of refusals)
        await refuses(t, alice, message(t, alice, bobId, "refuse me", fields), "it is wrong");
      await t.given("a fence right behind them", () => alice.fence());
      await t.elapse(A_MOMENT_MS);
      await stillServed(alice, "refused messages");
    },
  ),
  defineCase(
    {
      id: "MSG-17/empty-client-id",
      level: "should",
      capabilities: ["deduplication"],
      title: "a message without client_msg_id is refused",
      steps: ["send a message with an empty client_msg_id", "no acknowledgement says OK"],
    },
    async (t) => {
      const { alice, bobId } = await scene(t);
      const anonymous = message(t, alice, bobId, "who am I", { client_msg_id: "" });
      await t.refused(alice, alice.send(commands.MSG_DATA, anonymous, { wrong: "no client_msg_id" }), isAccepted);
    },
  ),

  defineCase(
    {
      id: "MSG-20/refusals-leave-no-trace",
      title: "refused messages change no session, no history, no counter and no later message",
      steps: [
        "alice writes to bob, and both note sessions, history and unread counts",
        "alice sends messages that must be refused",
        "nothing has changed; the next legal message behaves as ever",
      ],
    },
    async (t) => {
      const { alice, bob, aliceId, bobId } = await scene(t);
      const first = await sendMessage(t, alice, bobId, "before");
      const before = await pictureOf(t, alice, bob);
      const refusals: [Partially<CIMMsgData>, string][] = [
        [{ session_type: 0 }, "session_type 0"],
        [{ session_type: 7 as CIMMsgData["session_type"] }, "session_type 7"],
        [{ to_session_id: aliceId }, "to oneself"],
      ];
      for (const [fields, wrong] of refusals) {
        const bad = message(t, alice, bobId, wrong, fields);
        const sent = alice.send(commands.MSG_DATA, bad, { wrong });
        const { answer } = await alice.aftermath(sent);
        t.requires(!(answer?.message && isAccepted(answer.message)), `${wrong} was accepted`);
      }
      requireSame(await pictureOf(t, alice, bob), before, "after messages were refused");
      const later = await sendMessage(t, alice, bobId, "after");
      t.ensure(later.server_msg_id > first.server_msg_id, "a later message has a greater id", `${later.server_msg_id}`);
      t.equal(await readUnread(t, bob, aliceId), 2, "bob's unread count after the next legal message");
      t.equal(pushesOf(bob, first.client_msg_id).length, 1, "pushes of the first message");
    },
  ),

  defineCase(
    {
      id: "MSG-20/whatever-is-refused",
      title: "a message that is refused for its text, length, type or client_msg_id leaves no trace",
      steps: [
        "carol sends dave texts of many contents, lengths and types, and ids of many lengths",
        "alice and bob, who have written to each other, note sessions, history and unread counts",
        "alice sends bob what was not accepted from carol: it changes nothing; the next legal message behaves as ever",
      ],
    },
    async (t) => {
      const others = await scene(t, ["carol", "dave"]);
      await plainTextPasses(t, others.alice, others.bob, { id: others.bobId, type: SINGLE });
      const refused = await refusedOf(t, others.alice, REFUSABLE, (kind) =>
        kind.make(t, message(t, others.alice, others.bobId, "refuse me")),
      );
      if (refused.length === 0) return;
      // Nothing of the kind has been sent here yet: what the first refusal spoils shows, too.
      const { alice, bob, aliceId, bobId } = await scene(t);
      await plainTextPasses(t, alice, bob, { id: bobId, type: SINGLE });
      const before = await pictureOf(t, alice, bob);
      const unread = await readUnread(t, bob, aliceId);
      const again = await refusedOf(t, alice, refused, (kind) => kind.make(t, message(t, alice, bobId, "refuse me")));
      t.requires(again.length === refused.length, "what was refused the first time was accepted the second time");
      const names = again.map(({ name }) => name).join(", ");
      requireSame(await pictureOf(t, alice, bob), before, `after these were refused: ${names}`);
      await sendMessage(t, alice, bobId, "after");
      t.equal(await readUnread(t, bob, aliceId), unread + 1, "bob's unread count after the next legal message");
    },
  ),

  defineCase(
    {
      id: "MSG-20/refused-id-may-be-used",
      title: "the client_msg_id of a refused message is free for a legal one",
      steps: ["send a message to oneself, refused", "send a legal one with the same client_msg_id", "it is delivered"],
    },
    async (t) => {
      const { alice, bob, aliceId, bobId } = await scene(t);
      const client_msg_id = t.random.uuid();
      const bad = message(t, alice, aliceId, "self", { client_msg_id });
      const { answer } = await alice.aftermath(alice.send(commands.MSG_DATA, bad, { wrong: "to oneself" }));
      t.requires(!(answer?.message && isAccepted(answer.message)), "a message to oneself was accepted");
      const ack = await alice.ask(commands.MSG_DATA, message(t, alice, bobId, "good", { client_msg_id }));
      t.equal(ack.res_code, ACCEPTED, "res_code of the legal message");
      const rows = await readHistory(t, bob, { session: aliceId });
      t.equal(
        rows.map((row) => row.client_msg_id),
        [client_msg_id],
        "bob's history",
      );
    },
  ),

  ...(
    [
      ["session-type", { session_type: 7 as CIMMsgData["session_type"] }, []],
      ["msg-type", { msg_type: NOTIFICATION }, ["message-type-checks"]],
    ] as const
  ).map(([name, fields, capabilities]) =>
    defineCase(
      {
        id: `MSG-20/refused-for-its-${name}-then-mended`,
        capabilities,
        title: `a message that was refused for its ${name.replace("-", "_")} is taken once it is mended, under its old id`,
        steps: [
          "send a message that is refused",
          "mend the field, and send it with the same client_msg_id",
          "delivered",
        ],
      },
      async (t) => {
        const { alice, bob, bobId } = await scene(t);
        await plainTextPasses(t, alice, bob, { id: bobId, type: SINGLE });
        const mended = message(t, alice, bobId, "mended");
        await refuses(t, alice, { ...mended, ...fields }, `it has the wrong ${name.replace("-", "_")}`);
        t.equal((await alice.ask(commands.MSG_DATA, mended)).res_code, ACCEPTED, "res_code of the mended message");
        await pushOf(bob, mended.client_msg_id);
      },
    ),
  ),
  ...defineGrid(
    {
      id: "MSG-20/refused-then-allowed",
      capabilities: ["groups"],
      title: "a message that was refused from somebody who is no member is taken from the member, under its old id",
      steps: [
        "somebody who is no member, or no longer one, sends a message to the group, once or twice: refused",
        "a member invites them; they send it again with the same client_msg_id: accepted, and pushed to the others",
      ],
      axes: { role: ["outsider", "former-member"], number: ["1", "2"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const { alice, bob, carol, mallory, group } = await groupScene(t);
      const sender = at.role === "outsider" ? mallory : bob;
      if (at.role === "former-member") await leave(t, bob.peer, group);
      const text = message(t, sender.peer, group, "let me in", { session_type: GROUP });
      for (let time = 1; time <= Number(at.number); time++)
        await refuses(t, sender.peer, text, "its sender is no member");
      await invite(t, alice.peer, group, [sender.user.user_id]);
      await plainTextPasses(t, sender.peer, carol.peer, { id: group, type: GROUP });
      t.equal((await sender.peer.ask(commands.MSG_DATA, text)).res_code, ACCEPTED, "res_code after the invitation");
      await pushOf(carol.peer, text.client_msg_id);
    },
  ),
  ...defineGrid(
    {
      id: "MSG-12/in-groups",
      capabilities: ["groups"],
      title: "nobody makes notifications in a group, whoever they are in it",
      steps: [
        "the owner, a member, one who has left or one who never was in it sends a message of type 9 to a group",
        "no acknowledgement says OK; nobody gets it pushed; nobody has it in the history",
      ],
      axes: { role: ["owner", "member", "former-member", "outsider"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const { alice, bob, carol, mallory, group } = await groupScene(t);
      const sender = { owner: alice, member: bob, "former-member": bob, outsider: mallory }[at.role];
      if (at.role === "former-member") await leave(t, bob.peer, group);
      await plainTextPasses(t, alice.peer, carol.peer, { id: group, type: GROUP });
      const forged = message(t, sender.peer, group, '{"notificationType":1,"data":{}}', {
        session_type: GROUP,
        msg_type: NOTIFICATION,
      });
      await t.refused(
        sender.peer,
        sender.peer.send(commands.MSG_DATA, forged, { wrong: "a notification" }),
        isAccepted,
      );
      await pushFence(t, alice.peer, carol.peer, { id: group, type: GROUP });
      t.equal(pushesOf(carol.peer, forged.client_msg_id).length, 0, "pushes of the forged notification to carol");
      const rows = await readHistory(t, carol.peer, { session: group, type: GROUP });
      const stored = rows.filter((row) => row.client_msg_id === forged.client_msg_id);
      t.equal(stored.length, 0, "forged notifications in the group's history");
    },
  ),
];

/** Sends a message that a case builds on being refused. */
async function refuses(t: CaseContext, from: Peer, text: Partially<CIMMsgData>, wrong: string): Promise<void> {
  const { answer } = await from.aftermath(from.send(commands.MSG_DATA, text, { wrong }));
  t.requires(!(answer?.message && isAccepted(answer.message)), `a message was accepted though ${wrong}`);
}

/** Everything that a refused message might have touched, a line for each thing. */
async function pictureOf(t: CaseContext, alice: Peer, bob: Peer): Promise<string[]> {
  const lines: string[] = [];
  for (const [one, other] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    const list = await readSessions(t, one);
    const sessions = [...list.contact_session_list].sort((a, b) => Number(a.session_id - b.session_id));
    const rows = await readHistory(t, one, { session: other.self ?? 0n });
    lines.push(
      ...sessions.map((session) => `session of ${one.name} ${show(session)}`),
      `unread of ${one.name} ${list.unread_counts}`,
      ...rows.map((row) => `history of ${one.name} ${show(row)}`),
    );
  }
  return lines;
}

/** @throws RuleFailure with the lines that came and those that went */
function requireSame(after: readonly string[], before: readonly string[], when: string): void {
  if (isDeepStrictEqual(after, before)) return;
  const came = after.filter((line) => !before.includes(line));
  const went = before.filter((line) => !after.includes(line));
  const told = (lines: readonly string[]): string =>
    lines.length === 0 ? "the same in another order" : lines.slice(0, 3).join("; ");
  throw new RuleFailure(`sessions, history and counters of both as before, ${when}: ${told(went)}`, told(came));
}

import {
  CIMClientType,
  CIMMsgFeature,
  type CIMMsgInfo,
  CIMMsgStatus,
  CIMMsgType,
  commands,
} from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import {
  ACCEPTED,
  askHistory,
  createGroup,
  GROUP,
  kick,
  leave,
  message,
  NOTIFICATION,
  pushOf,
  readHistory,
  SINGLE,
  sendMessage,
} from "./setup/index.ts";

/** Most messages of one request (HIST-06). */
const PAGE_LIMIT = 100;

interface Conversation {
  readonly alice: LoggedIn;
  readonly bob: LoggedIn;
  /** Client ids in the order of sending. */
  readonly ids: string[];
  /** Server ids in the order of sending. */
  readonly serverIds: bigint[];
}

/** Alice and bob have written to each other in turn. */
async function conversation(t: CaseContext, count: number): Promise<Conversation> {
  const alice = await t.freshLogin("alice");
  const bob = await t.freshLogin("bob");
  const ids: string[] = [];
  const serverIds: bigint[] = [];
  for (let turn = 0; turn < count; turn++) {
    const [from, to] = turn % 2 === 0 ? [alice, bob] : [bob, alice];
    const ack = await sendMessage(t, from.peer, to.user.user_id, `turn ${turn}`);
    ids.push(ack.client_msg_id);
    serverIds.push(ack.server_msg_id);
  }
  return { alice, bob, ids, serverIds };
}

/** Alice has sent bob many messages in one go. */
async function monologue(t: CaseContext, count: number): Promise<{ alice: LoggedIn; bob: LoggedIn }> {
  const alice = await t.freshLogin("alice");
  const bob = await t.freshLogin("bob");
  for (let index = 0; index < count; index++) {
    alice.peer.send(commands.MSG_DATA, message(t, alice.peer, bob.user.user_id, `message ${index}`));
  }
  const acks = () => alice.peer.seen(commands.MSG_DATA_ACK).length;
  await alice.peer.until(() => (acks() >= count ? true : undefined), 2 * t.patienceMs);
  t.requires(acks() === count, `only ${acks()} of ${count} messages were acknowledged`);
  return { alice, bob };
}

const clientIds = (rows: readonly CIMMsgInfo[]): string[] => rows.map((row) => row.client_msg_id);
const sorted = (ids: readonly string[]): string[] => [...ids].sort();

/** HIST: pages of a conversation. */
export const historyCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "HIST-01/echo",
      title: "the answer echoes user, session and end of the request",
      steps: ["ask for a page before message 1000 of 7", "user_id, session_type, session_id and end_msg_id come back"],
    },
    async (t) => {
      const { alice, bob } = await conversation(t, 2);
      const page = await askHistory(alice.peer, { session: bob.user.user_id, end: 1_000n, limit: 7 });
      t.equal(page.user_id, alice.user.user_id, "user_id");
      t.equal(page.session_type, SINGLE, "session_type");
      t.equal(page.session_id, bob.user.user_id, "session_id");
      t.equal(page.end_msg_id, 1_000n, "end_msg_id");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-02/newest",
      title: "end_msg_id 0 gives the newest messages",
      steps: ["six messages were exchanged", "ask for three: the last three come"],
    },
    async (t) => {
      const { alice, bob, ids } = await conversation(t, 6);
      const page = await askHistory(alice.peer, { session: bob.user.user_id, limit: 3 });
      t.equal(sorted(clientIds(page.msg_list)), sorted(ids.slice(-3)), "the three newest messages, in any order");
    },
  ),
  defineCase(
    {
      id: "HIST-02/strictly-below-end",
      title: "end_msg_id gives the newest messages strictly below it",
      steps: ["six messages were exchanged", "ask for two before the fifth: the third and fourth come"],
    },
    async (t) => {
      const { alice, bob, ids, serverIds } = await conversation(t, 6);
      const end = serverIds[4] as bigint;
      const page = await askHistory(alice.peer, { session: bob.user.user_id, end, limit: 2 });
      t.equal(
        sorted(clientIds(page.msg_list)),
        sorted(ids.slice(2, 4)),
        "the two messages before the fifth, in any order",
      );
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-03/ascending",
      title: "messages come in ascending order of server_msg_id",
      steps: ["eight messages were exchanged", "in the whole history and in a page server_msg_id grows"],
    },
    async (t) => {
      const { alice, bob } = await conversation(t, 8);
      for (const limit of [60, 4]) {
        const page = await t.given("the history", () => askHistory(alice.peer, { session: bob.user.user_id, limit }));
        const ids = page.msg_list.map((row) => row.server_msg_id);
        t.requires(ids.length > 1, "the history holds less than two messages");
        const grows = ids.every((id, index) => index === 0 || id > (ids[index - 1] as bigint));
        t.ensure(grows, "growing server_msg_ids", ids.join(", "));
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-04/both-directions",
      title: "a one-to-one history holds both directions, and is the same for both sides",
      steps: ["alice and bob exchanged six messages", "both histories hold all six"],
    },
    async (t) => {
      const { alice, bob, ids } = await conversation(t, 6);
      for (const [one, other] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        const page = await t.given("the history", () => askHistory(one.peer, { session: other.user.user_id }));
        t.equal(
          sorted(clientIds(page.msg_list)),
          sorted(ids),
          `the messages in ${one.peer.name}'s history, in any order`,
        );
      }
    },
  ),
  defineCase(
    {
      id: "HIST-04/other-conversations-apart",
      title: "a history holds no message of another conversation",
      steps: ["alice writes to bob and to carol, carol to bob", "each history holds its own messages alone"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.freshLogin("carol");
      const toBob = await sendMessage(t, alice.peer, bob.user.user_id, "to bob");
      const toCarol = await sendMessage(t, alice.peer, carol.user.user_id, "to carol");
      const fromCarol = await sendMessage(t, carol.peer, bob.user.user_id, "carol to bob");
      for (const [one, other, expected] of [
        [alice, bob, toBob],
        [alice, carol, toCarol],
        [bob, carol, fromCarol],
      ] as const) {
        const page = await t.given("the history", () => askHistory(one.peer, { session: other.user.user_id }));
        t.equal(
          clientIds(page.msg_list),
          [expected.client_msg_id],
          `${one.peer.name}'s history with ${other.peer.name}`,
        );
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-05/every-message-once",
      title: "paging back yields every message exactly once",
      steps: ["alice sent bob 57 messages", "for page sizes 1, 10, 19 and 60 page back to the beginning"],
    },
    async (t) => {
      const count = 57;
      const { alice, bob } = await monologue(t, count);
      const sent = alice.peer.seen(commands.MSG_DATA_ACK).map((ack) => ack.client_msg_id);
      for (const limit of [1, 10, 19, 60]) {
        const seen: string[] = [];
        for (let end = 0n, pages = 0; pages <= count + 1; pages++) {
          const page = await t.given("a page", () => askHistory(bob.peer, { session: alice.user.user_id, end, limit }));
          seen.push(...clientIds(page.msg_list));
          if (page.msg_list.length < limit) break;
          end = page.msg_list.reduce(
            (least, row) => (row.server_msg_id < least ? row.server_msg_id : least),
            2n ** 64n - 1n,
          );
        }
        const missing = sent.filter((id) => !seen.includes(id)).length;
        const repeated = seen.length - new Set(seen).size;
        t.ensure(
          missing === 0 && repeated === 0,
          `every message once with pages of ${limit}`,
          `${missing} missing, ${repeated} repeated`,
        );
      }
    },
  ),
  defineCase(
    {
      id: "HIST-05/stable-while-writing",
      title: "messages that arrive while one pages do not disturb the paging",
      steps: ["alice sent bob 30 messages", "bob pages back while alice goes on writing", "the 30 come once each"],
    },
    async (t) => {
      const { alice, bob } = await monologue(t, 30);
      const sent = alice.peer.seen(commands.MSG_DATA_ACK).map((ack) => ack.client_msg_id);
      const seen: string[] = [];
      for (let end = 0n, pages = 0; pages < 10; pages++) {
        const page = await t.given("a page", () =>
          askHistory(bob.peer, { session: alice.user.user_id, end, limit: 7 }),
        );
        seen.push(...clientIds(page.msg_list));
        if (page.msg_list.length < 7) break;
        end = page.msg_list.reduce(
          (least, row) => (row.server_msg_id < least ? row.server_msg_id : least),
          2n ** 64n - 1n,
        );
        await sendMessage(t, alice.peer, bob.user.user_id, "meanwhile");
      }
      t.equal(sorted(seen), sorted(sent), "the messages seen by paging, in any order");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-06/hundred-served",
      title: "a page of 100 messages is served",
      steps: ["alice sent bob 105 messages", "bob asks for 100: the newest 100 come"],
    },
    async (t) => {
      const { alice, bob } = await monologue(t, 105);
      const sent = alice.peer.seen(commands.MSG_DATA_ACK).map((ack) => ack.client_msg_id);
      const page = await askHistory(bob.peer, { session: alice.user.user_id, limit: PAGE_LIMIT });
      t.equal(page.msg_list.length, PAGE_LIMIT, "the number of messages");
      t.equal(
        sorted(clientIds(page.msg_list)),
        sorted(sent.slice(-PAGE_LIMIT)),
        "the newest 100 messages, in any order",
      );
    },
  ),
  ...[101, 1_000, 0xffff_ffff].map((limit) =>
    defineCase(
      {
        id: `HIST-06/above-hundred-${limit}`,
        upstream: true,
        title: `for ${limit} messages the target gives at most 100, or no answer`,
        steps: [
          "alice sent bob 105 messages",
          `bob asks for ${limit}`,
          "at most 100 come, or nothing; he is still served",
        ],
      },
      async (t) => {
        const { alice, bob } = await monologue(t, 105);
        const control = await readHistory(t, bob.peer, { session: alice.user.user_id, limit: 50 });
        t.requires(control.length === 50, `fifty of 105 messages were asked for, and ${control.length} came`);
        const request = {
          user_id: bob.user.user_id,
          session_type: SINGLE,
          session_id: alice.user.user_id,
          limit_count: limit,
        };
        const sent = bob.peer.send(commands.LIST_MSG_REQ, request, { wrong: `limit_count ${limit}` });
        const { answer, closing } = await bob.peer.aftermath(sent);
        const rows = answer?.message?.msg_list.length;
        t.oneOf(
          [
            { outcome: "capped to 100 messages", verdict: "pass", seen: rows === PAGE_LIMIT },
            {
              outcome: "no answer, or an empty one",
              verdict: "pass",
              remark: "capping to 100 is recommended",
              seen: closing === undefined && (answer === undefined || rows === 0),
            },
            { outcome: "fewer than 100 messages", verdict: "warn", seen: rows !== undefined && rows < PAGE_LIMIT },
          ],
          closing ? "the connection was closed" : `${rows} messages`,
        );
      },
    ),
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-07/limit-zero",
      title: "limit_count 0 gives an empty list",
      steps: ["alice and bob exchanged messages", "ask for 0: an answer without messages comes"],
    },
    async (t) => {
      const { alice, bob } = await conversation(t, 3);
      const control = await readHistory(t, alice.peer, { session: bob.user.user_id, limit: 3 });
      t.requires(control.length === 3, `three messages were exchanged, and ${control.length} are in the history`);
      const page = await askHistory(alice.peer, { session: bob.user.user_id, limit: 0 });
      t.equal(page.msg_list.length, 0, "the number of messages");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-08/fields",
      title: "each message carries what was sent and acknowledged, and defaults elsewhere",
      steps: ["alice sends bob a message of type 4", "compare every field of the history's entry"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const ack = await sendMessage(t, alice.peer, bob.user.user_id, "look closely", {
        msg_type: CIMMsgType.kCIM_MSG_TYPE_AUDIO,
      });
      const page = await t.given("the history", () => askHistory(bob.peer, { session: alice.user.user_id }));
      const row = page.msg_list[0];
      t.requires(page.msg_list.length === 1 && row !== undefined, "the history does not hold just the message");
      t.equal(row?.client_msg_id, ack.client_msg_id, "client_msg_id");
      t.equal(row?.server_msg_id, ack.server_msg_id, "server_msg_id");
      t.equal(row?.msg_res_code, ACCEPTED, "msg_res_code");
      t.equal(row?.msg_feature, CIMMsgFeature.kCIM_MSG_FEATURE_DEFAULT, "msg_feature");
      t.equal(row?.session_type, SINGLE, "session_type");
      t.equal(row?.from_user_id, alice.user.user_id, "from_user_id");
      t.equal(row?.msg_type, CIMMsgType.kCIM_MSG_TYPE_AUDIO, "msg_type");
      t.equal(row?.msg_status, CIMMsgStatus.kCIM_MSG_STATUS_NONE, "msg_status");
      t.equal(new TextDecoder().decode(row?.msg_data), "look closely", "msg_data");
      t.equal(row?.attach, "", "attach");
      t.equal(row?.sender_client_type, CIMClientType.kCIM_CLIENT_TYPE_DEFAULT, "sender_client_type");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-09/to-session-id",
      title: "to_session_id is the session of the request in every row, whoever sent it",
      steps: ["alice and bob wrote to each other", "in alice's history every to_session_id is bob's, in bob's alice's"],
    },
    async (t) => {
      const { alice, bob } = await conversation(t, 4);
      for (const [one, other] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        const page = await t.given("the history", () => askHistory(one.peer, { session: other.user.user_id }));
        t.requires(page.msg_list.length > 0, "the history is empty");
        const receivers = new Set(page.msg_list.map((row) => row.to_session_id));
        t.equal([...receivers], [other.user.user_id], `to_session_id in ${one.peer.name}'s history`);
      }
    },
  ),
  defineCase(
    {
      id: "HIST-09/of-a-group",
      capabilities: ["groups"],
      title: "to_session_id is the group in every row of its history, whoever reads it",
      steps: ["alice and bob write to a group", "in the history of each every to_session_id is the group's"],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const group = await createGroup(t, alice.peer, [bob.user.user_id]);
      for (const { peer } of [alice, bob]) await sendMessage(t, peer, group, "hello", { session_type: GROUP });
      for (const { peer } of [alice, bob]) {
        const page = await t.given("the history", () => askHistory(peer, { session: group, type: GROUP }));
        t.requires(page.msg_list.length > 0, "the history is empty");
        const receivers = new Set(page.msg_list.map((row) => row.to_session_id));
        t.equal([...receivers], [group], `to_session_id in ${peer.name}'s history`);
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-10/create-time",
      title: "create_time in the history is the acknowledgement's, within 1 s",
      steps: ["send a message with a create_time of long ago", "compare acknowledgement and history"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const ack = await sendMessage(t, alice.peer, bob.user_id, "when", { create_time: 1_000 });
      const page = await t.given("the history", () => askHistory(alice.peer, { session: bob.user_id }));
      const row = page.msg_list.find((one) => one.client_msg_id === ack.client_msg_id);
      t.requires(row !== undefined, "the message is not in the history");
      const off = Math.abs((row?.create_time ?? 0) - ack.create_time);
      t.ensure(off <= 1, `create_time is ${ack.create_time}, within 1 s`, `it is ${row?.create_time}`);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-11/other-peoples-conversation",
      title: "nobody reads a conversation of two others",
      steps: ["alice and bob wrote to each other", "mallory asks for both sides, in every way: nothing of it comes"],
    },
    async (t) => {
      const { alice, bob } = await conversation(t, 3);
      const mallory = await t.freshLogin("mallory");
      const control = await readHistory(t, alice.peer, { session: bob.user.user_id });
      t.requires(control.length > 0, "alice's own history is empty");
      for (const session_id of [alice.user.user_id, bob.user.user_id]) {
        for (const user_id of [mallory.user.user_id, alice.user.user_id, bob.user.user_id]) {
          const request = { user_id, session_type: SINGLE, session_id, limit_count: 60 };
          const wrong = "reading a conversation of others";
          const { answer } = await mallory.peer.aftermath(mallory.peer.send(commands.LIST_MSG_REQ, request, { wrong }));
          const rows = answer?.message?.msg_list.length ?? 0;
          t.ensure(rows === 0, "no answer, or one without messages", `${rows} messages of others`);
        }
      }
    },
  ),
  defineCase(
    {
      id: "HIST-11/group-of-others",
      capabilities: ["groups"],
      title: "a non-member does not read a group",
      steps: ["alice and bob have a group with messages", "mallory asks for its history", "nothing of it comes"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const mallory = await t.freshLogin("mallory");
      const group = await createGroup(t, alice.peer, [bob.user.user_id]);
      await sendMessage(t, alice.peer, group, "members only", { session_type: GROUP });
      await groupHidden(t, mallory, group, "members only");
    },
  ),
  ...(["leaving", "removal"] as const).map((end) =>
    defineCase(
      {
        id: `HIST-11/group-after-${end}`,
        capabilities: ["groups"],
        title: `after ${end} a former member does not read what is written then`,
        steps: ["bob was a member of alice's group", "alice writes after he has gone", "he does not get it"],
      },
      async (t) => {
        const alice = await t.freshLogin("alice");
        const bob = await t.freshLogin("bob");
        const group = await createGroup(t, alice.peer, [bob.user.user_id]);
        const before = await sendMessage(t, alice.peer, group, "before", { session_type: GROUP });
        await t.given("delivery", () => pushOf(bob.peer, before.client_msg_id));
        if (end === "leaving") await leave(t, bob.peer, group);
        else await kick(t, alice.peer, group, [bob.user.user_id]);
        await sendMessage(t, alice.peer, group, "after", { session_type: GROUP });
        await groupHidden(t, bob, group, "after");
      },
    ),
  ),
  ...[0, 3].flatMap((type) =>
    alsoOverWebSocket(
      {
        id: `HIST-12/session-type-${type}`,
        level: "may",
        title: `a request with session_type ${type} gets no messages`,
        steps: ["alice and bob exchanged messages", `ask with session_type ${type}: no answer, or an empty one`],
      },
      async (t) => {
        const { alice, bob } = await conversation(t, 2);
        const request = {
          user_id: alice.user.user_id,
          session_type: type as 0,
          session_id: bob.user.user_id,
          limit_count: 10,
        };
        const { answer, closing } = await alice.peer.aftermath(alice.peer.send(commands.LIST_MSG_REQ, request));
        const rows = answer?.message?.msg_list.length ?? 0;
        t.oneOf(
          [
            { outcome: "no answer", verdict: "pass", seen: closing === undefined && answer === undefined },
            { outcome: "an empty answer", verdict: "pass", seen: answer !== undefined && rows === 0 },
          ],
          closing ? "the connection was closed" : `${rows} messages`,
        );
      },
    ),
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-13/notification-in-history",
      level: "must",
      upstream: true,
      capabilities: ["groups"],
      title: "the group history contains the notification messages",
      steps: ["alice creates a group", "its history begins with a message of type 9"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const group = await createGroup(t, alice.peer, []);
      const page = await t.given("the history", () => askHistory(alice.peer, { session: group, type: GROUP }));
      t.equal(page.msg_list[0]?.msg_type, NOTIFICATION, "msg_type of the group's first message");
    },
  ),
  defineCase(
    {
      id: "HIST-13/same-ids-in-push-and-history",
      level: "should",
      capabilities: ["groups"],
      title: "a notification has the same server_msg_id in push and history, and from_user_id 0",
      steps: ["alice creates a group with bob", "compare bob's push with his history"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const group = await createGroup(t, alice.peer, [bob.user.user_id]);
      const pushed = await t.given("the notification", () =>
        bob.peer.push(
          commands.MSG_DATA,
          (one) => one.msg_type === NOTIFICATION && one.to_session_id === group,
          "notification",
        ),
      );
      const page = await t.given("the history", () => askHistory(bob.peer, { session: group, type: GROUP }));
      const row = page.msg_list.find((one) => one.msg_type === NOTIFICATION);
      t.requires(row !== undefined, "no notification in the history");
      t.equal(pushed.message.server_msg_id, row?.server_msg_id, "server_msg_id of the push (as in the history)");
      t.equal([pushed.message.from_user_id, row?.from_user_id], [0n, 0n], "from_user_id in push and history");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HIST-14/short-page-is-the-beginning",
      title: "a short page means that the beginning is reached",
      steps: ["five messages were exchanged", "ask for three, then for three more: two come, and before them nothing"],
    },
    async (t) => {
      const { alice, bob } = await conversation(t, 5);
      const session = bob.user.user_id;
      const first = await t.given("a page", () => askHistory(alice.peer, { session, limit: 3 }));
      t.equal(first.msg_list.length, 3, "messages on the first page");
      const oldest = (rows: readonly CIMMsgInfo[]) =>
        rows.reduce((least, row) => (row.server_msg_id < least ? row.server_msg_id : least), 2n ** 64n - 1n);
      const second = await askHistory(alice.peer, { session, limit: 3, end: oldest(first.msg_list) });
      t.equal(second.msg_list.length, 2, "messages on the second page");
      const third = await askHistory(alice.peer, { session, limit: 3, end: oldest(second.msg_list) });
      t.equal(third.msg_list.length, 0, "messages before the beginning");
    },
  ),
];

async function groupHidden(t: CaseContext, outsider: LoggedIn, group: bigint, text: string): Promise<void> {
  const request = { user_id: outsider.user.user_id, session_type: GROUP, session_id: group, limit_count: 60 };
  const { answer } = await outsider.peer.aftermath(outsider.peer.send(commands.LIST_MSG_REQ, request));
  const rows = answer?.message?.msg_list ?? [];
  const leaked = rows.filter((row) => new TextDecoder().decode(row.msg_data) === text).length;
  t.ensure(
    leaked === 0,
    `no answer, or one without "${text}"`,
    `${leaked} messages that are not for ${outsider.peer.name}`,
  );
}

import { type CIMMsgDataAck, type CIMMsgInfo, CIMMsgType, commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase } from "../../harness/runner/index.ts";
import { defineGrid } from "./define.ts";
import {
  ACCEPTED,
  askHistory,
  messageIn,
  openTalk,
  passTime,
  sayManyIn,
  stillStored,
  type Talk,
} from "./setup/index.ts";

const KINDS = ["one-to-one", "group"] as const;
const TIMES = ["at-once", "after-restart"] as const;
const { kCIM_MSG_TYPE_AUDIO: AUDIO } = CIMMsgType;

/** A conversation in which alice has written so many messages. */
async function written(
  t: CaseContext,
  kind: (typeof KINDS)[number],
  count: number,
): Promise<{ talk: Talk; acks: CIMMsgDataAck[] }> {
  const talk = await openTalk(t, kind);
  return { talk, acks: await sayManyIn(t, talk, talk.writer, count) };
}

/** A page of it as the first reader asks for it, as the rule's subject. */
function pageOf(talk: Talk, page: { end?: bigint; limit: number }) {
  const [{ peer }] = talk.readers;
  return askHistory(peer, { session: talk.sessionOf(talk.readers[0]), type: talk.type, ...page });
}

const idsOf = (rows: readonly { client_msg_id: string }[]): string[] => rows.map((row) => row.client_msg_id).toSorted();

/** What holds for a one-to-one history holds for a group's. */
export const eitherHistoryCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "HIST-01/in-either-kind",
      title: "the answer echoes user, session and end of the request",
      steps: ["ask for a page before message 1000", "user_id, session_type, session_id and end_msg_id come back"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const { talk } = await written(t, at.kind, 2);
      const [bob] = talk.readers;
      const page = await pageOf(talk, { end: 1_000n, limit: 7 });
      t.equal(
        [page.user_id, page.session_type, page.session_id, page.end_msg_id],
        [bob.user.user_id, talk.type, talk.sessionOf(bob), 1_000n],
        "user_id, session_type, session_id and end_msg_id",
      );
    },
  ),
  ...defineGrid(
    {
      id: "HIST-02/in-either-kind",
      title: "end_msg_id 0 gives the newest messages, another the newest strictly below it",
      steps: ["six messages were written", "ask for the last three, then for two before the fifth"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const { talk, acks } = await written(t, at.kind, 6);
      const newest = await pageOf(talk, { limit: 3 });
      t.equal(idsOf(newest.msg_list), idsOf(acks.slice(-3)), "the three newest messages, in any order");
      const below = await pageOf(talk, { end: acks[4]?.server_msg_id ?? 0n, limit: 2 });
      t.equal(idsOf(below.msg_list), idsOf(acks.slice(2, 4)), "the two messages before the fifth, in any order");
    },
  ),
  ...defineGrid(
    {
      id: "HIST-03/in-either-kind",
      title: "messages come in ascending order of server_msg_id",
      steps: ["eight messages were written", "in the whole history and in a page server_msg_id grows"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const { talk } = await written(t, at.kind, 8);
      for (const limit of [60, 4]) {
        const page = await t.given("the history", () => pageOf(talk, { limit }));
        const ids = page.msg_list.map((row) => row.server_msg_id);
        t.requires(ids.length > 1, "the history holds less than two messages");
        const grows = ids.every((id, index) => index === 0 || id > (ids[index - 1] as bigint));
        t.ensure(grows, "growing server_msg_ids", ids.join(", "));
      }
    },
  ),
  ...defineGrid(
    {
      id: "HIST-06/in-either-kind",
      title: "a page of 100 messages is served",
      steps: ["105 messages were written", "ask for 100: the newest 100 come"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const { talk, acks } = await written(t, at.kind, 105);
      const page = await pageOf(talk, { limit: 100 });
      t.equal(idsOf(page.msg_list), idsOf(acks.slice(-100)), "the newest 100 messages, in any order");
    },
  ),
  ...defineGrid(
    {
      id: "HIST-07/in-either-kind",
      title: "limit_count 0 gives an empty list",
      steps: ["three messages were written", "ask for 0: an answer without messages comes"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const { talk } = await written(t, at.kind, 3);
      const control = await t.given("the history", () => pageOf(talk, { limit: 3 }));
      t.requires(control.msg_list.length === 3, "three messages were written, and fewer are in the history");
      t.equal((await pageOf(talk, { limit: 0 })).msg_list.length, 0, "the number of messages");
    },
  ),
  ...defineGrid(
    {
      id: "HIST-08/in-either-kind",
      title: "each message carries what was sent and acknowledged",
      steps: ["alice sends a message of type 4", "compare the history's entry"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const { peer, user } = talk.writer;
      const sent = messageIn(t, talk, talk.writer, "look closely", { msg_type: AUDIO });
      const ack = await t.given("the acknowledgement", () => peer.ask(commands.MSG_DATA, sent));
      const row = (await t.given("the history", () => pageOf(talk, { limit: 1 }))).msg_list[0];
      t.requires(row?.client_msg_id === sent.client_msg_id, "the newest message of the history is another");
      t.equal(
        [row?.server_msg_id, row?.msg_res_code, row?.session_type, row?.from_user_id, row?.msg_type],
        [ack.server_msg_id, ACCEPTED, talk.type, user.user_id, AUDIO],
        "server_msg_id, msg_res_code, session_type, from_user_id and msg_type",
      );
      t.equal(new TextDecoder().decode(row?.msg_data), "look closely", "msg_data");
    },
  ),
  ...defineGrid(
    {
      id: "HIST-10/in-either-kind",
      title: "create_time in the history is the acknowledgement's, within 1 s",
      steps: ["send a message with a create_time of long ago", "compare acknowledgement and history"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const sent = messageIn(t, talk, talk.writer, "when", { create_time: 1_000 });
      const ack = await t.given("the acknowledgement", () => talk.writer.peer.ask(commands.MSG_DATA, sent));
      const page = await t.given("the history", () => pageOf(talk, { limit: 60 }));
      const row = page.msg_list.find((one) => one.client_msg_id === sent.client_msg_id);
      t.requires(row !== undefined, "the message is not in the history");
      const off = Math.abs((row?.create_time ?? 0) - ack.create_time);
      t.ensure(off <= 1, `create_time is ${ack.create_time}, within 1 s`, `it is ${row?.create_time}`);
    },
  ),
  ...defineGrid(
    {
      id: "HIST-14/in-either-kind",
      title: "a short page means that the beginning is reached",
      steps: ["five messages were written", "page back, three at a time: behind the first short page there is nothing"],
      axes: { kind: KINDS },
    },
    async (t, at) => {
      const { talk, acks } = await written(t, at.kind, 5);
      const least = (rows: readonly CIMMsgInfo[]): bigint =>
        rows.reduce((id, row) => (row.server_msg_id < id ? row.server_msg_id : id), 2n ** 64n - 1n);
      const seen = new Set<string>();
      // A group has a few notifications besides: four pages are enough for all.
      for (let end = 0n, pages = 0; pages < 4; pages++) {
        const { msg_list: rows } = await t.given("a page", () => pageOf(talk, { end, limit: 3 }));
        for (const row of rows) seen.add(row.client_msg_id);
        if (rows.length < 3) {
          t.ensure(
            acks.every((ack) => seen.has(ack.client_msg_id)),
            "every message on the pages so far",
            `${seen.size} came`,
          );
          const before = rows.length === 0 ? end : least(rows);
          t.equal((await pageOf(talk, { end: before, limit: 3 })).msg_list.length, 0, "messages before the beginning");
          return;
        }
        end = least(rows);
      }
      t.ensure(false, "a short page at the beginning of the history", "none within four pages");
    },
  ),
  ...defineGrid(
    {
      id: "MSGID-01/in-either-kind",
      title: "latest_msg_id is the newest message's, whenever it is asked for",
      steps: ["alice writes three messages", "time passes", "each side asks for the latest id: the third's"],
      axes: { kind: KINDS, time: TIMES },
    },
    async (t, at) => {
      const { talk, acks } = await written(t, at.kind, 3);
      await passTime(t, talk, at.time);
      await stillStored(t, talk, talk.readers[0], idsOf(acks));
      for (const one of [talk.writer, ...talk.readers]) {
        const session = { user_id: one.user.user_id, session_type: talk.type, session_id: talk.sessionOf(one) };
        const { latest_msg_id } = await one.peer.ask(commands.MSG_GET_LATEST_MSG_ID_REQ, session);
        t.equal(latest_msg_id, acks.at(-1)?.client_msg_id, `latest_msg_id for ${one.peer.name}`);
      }
    },
  ),
  ...defineGrid(
    {
      id: "MSGID-02/in-either-kind",
      title: "messages are found by their client ids, in ascending order, unknown ids left out",
      steps: ["alice writes five messages", "time passes", "bob asks for the fourth, an unknown one and the second"],
      axes: { kind: KINDS, time: TIMES },
    },
    async (t, at) => {
      const { talk, acks } = await written(t, at.kind, 5);
      await passTime(t, talk, at.time);
      await stillStored(t, talk, talk.readers[0], idsOf(acks));
      const [bob] = talk.readers;
      const [second = "", fourth = ""] = [acks[1]?.client_msg_id, acks[3]?.client_msg_id];
      const reply = await bob.peer.ask(commands.MSG_GET_BY_MSG_ID_REQ, {
        user_id: bob.user.user_id,
        session_type: talk.type,
        session_id: talk.sessionOf(bob),
        msg_id_list: [fourth, t.random.uuid(), second],
      });
      const found = reply.msg_list.map((row) => row.client_msg_id);
      t.equal(found, [second, fourth], "the messages found, in order");
    },
  ),
];

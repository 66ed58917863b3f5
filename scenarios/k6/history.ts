import type { Options } from "k6/options";
import {
  CIMSessionType,
  commands,
  defineK6Scenario,
  type K6Client,
  type K6Scenario,
  type K6Session,
  type K6User,
  now,
  record,
} from "../../harness/k6/index.ts";

/** Messages that each conversation holds. */
const MESSAGES = 60;
const PAGE_SIZE = 20;

/** Users come back and read a conversation page by page; every message must be there once, in order. */
const scenario: K6Scenario = defineK6Scenario({
  name: "history",
  usersPerVu: 2,
  keepsConnection: false,
  defaults: { vus: 10, rate: 5 },
});

export const options: Options = scenario.options;
export const handleSummary: K6Scenario["handleSummary"] = scenario.handleSummary;

const { users, messages } = scenario;
const session_type = CIMSessionType.kCIM_SESSION_TYPE_SINGLE;

/** The ids under which the conversation of this virtual user was acknowledged, once it is filled. */
let acknowledged: bigint[] | undefined;
let peerId = 0n;

export default function history(): Promise<void> {
  return scenario.session(async (session) => {
    const [reader, writer] = users.take() as [K6User, K6User];
    const client = await session.login(reader);
    acknowledged ??= await fillConversation(session, writer, client.user.user_id);
    const read = await readPages(client);
    session.checks.checked("history", acknowledged.length);
    if (read.join() === acknowledged.join()) return;
    const text = `user ${client.user.user_id} read ${read.length} messages with ${peerId}`;
    const expected = `${acknowledged.length} were acknowledged, under other ids or in another order`;
    session.checks.violated("history", `${text}; ${expected}`);
  });
}

async function fillConversation(session: K6Session, user: K6User, readerId: bigint): Promise<bigint[]> {
  const writer = await session.login(user);
  peerId = writer.user.user_id;
  return fill(writer, readerId).finally(() => writer.close());
}

async function fill(writer: K6Client, readerId: bigint): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (let index = 0; index < MESSAGES; index++) {
    const ack = await writer.request(commands.MSG_DATA, {
      from_user_id: writer.user.user_id,
      to_session_id: readerId,
      session_type,
      ...messages.write(1, index),
    });
    ids.push(ack.server_msg_id);
  }
  return ids;
}

/** The ids of the whole conversation, oldest first; records the metric `history` for each page. */
async function readPages(client: K6Client): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (let end_msg_id = 0n; ; ) {
    const began = now();
    const page = await client.request(commands.LIST_MSG_REQ, {
      user_id: client.user.user_id,
      session_type,
      session_id: peerId,
      end_msg_id,
      limit_count: PAGE_SIZE,
    });
    record("history", now() - began);
    ids.unshift(...page.msg_list.map((message) => message.server_msg_id));
    // More pages than a conversation can have: the server gives the same ones again.
    if (page.msg_list.length < PAGE_SIZE || ids.length > MESSAGES * 2) return ids;
    end_msg_id = page.msg_list[0]?.server_msg_id ?? 0n;
  }
}

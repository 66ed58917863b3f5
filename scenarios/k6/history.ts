import type { Options } from "k6/options";
import {
  CIMSessionType,
  commands,
  defineK6Scenario,
  K6Client,
  type K6Scenario,
  now,
  record,
  SessionChecks,
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

const { settings, users, messages } = scenario;
const session_type = CIMSessionType.kCIM_SESSION_TYPE_SINGLE;

/** The ids under which the conversation of this virtual user was acknowledged, once it is filled. */
let acknowledged: bigint[] | undefined;
let peerId = 0n;

export default async function history(): Promise<void> {
  const [reader, writer] = users.take();
  if (!reader || !writer) return;
  const checks = new SessionChecks();
  const client = await K6Client.login(settings.url, reader);
  try {
    if (!acknowledged) {
      const other = await K6Client.login(settings.url, writer);
      peerId = other.user.user_id;
      acknowledged = await fill(other, client.user.user_id).finally(() => other.close());
    }
    const read = await readPages(client);
    checks.checked("history", acknowledged.length);
    if (read.join() !== acknowledged.join()) {
      const text = `user ${client.user.user_id} read ${read.length} messages with ${peerId}`;
      checks.violated(
        "history",
        `${text}; ${acknowledged.length} were acknowledged, under other ids or in another order`,
      );
    }
  } finally {
    client.close();
  }
  checks.report();
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

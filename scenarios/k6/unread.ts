import type { Options } from "k6/options";
import {
  CIMSessionType,
  commands,
  deadline,
  defineK6Scenario,
  type K6Client,
  type K6Scenario,
  type K6User,
  now,
  record,
  type SessionChecks,
} from "../../harness/k6/index.ts";

/** Messages that wait for the reader. */
const WAITING = 3;

/** Messages wait for a user who is away; the unread count must be exact, and zero once they are read. */
const scenario: K6Scenario = defineK6Scenario({
  name: "unread",
  usersPerVu: 2,
  keepsConnection: false,
  defaults: { vus: 10, rate: 5 },
});

export const options: Options = scenario.options;
export const handleSummary: K6Scenario["handleSummary"] = scenario.handleSummary;

const { settings, users, messages } = scenario;
const session_type = CIMSessionType.kCIM_SESSION_TYPE_SINGLE;

/** Messages that the writer of this virtual user has sent in earlier iterations. */
let sent = 0;

export default function unread(): Promise<void> {
  return scenario.session(async (session) => {
    const [writerUser, readerUser] = users.take() as [K6User, K6User];
    const writer = await session.login(writerUser);
    // The reader's id is known only from a login, and the messages must find the reader away.
    const visitor = await session.login(readerUser);
    visitor.close();
    await write(writer, visitor.user.user_id);
    const reader = await session.login(readerUser);
    const writerId = writer.user.user_id;
    await expectUnread(reader, writerId, WAITING, session.checks);
    await readAll(reader, writer, session.checks);
    await expectUnread(reader, writerId, 0, session.checks);
  });
}

async function write(writer: K6Client, readerId: bigint): Promise<void> {
  for (let index = 0; index < WAITING; index++) {
    await writer.request(commands.MSG_DATA, {
      from_user_id: writer.user.user_id,
      to_session_id: readerId,
      session_type,
      ...messages.write(0, sent++),
    });
  }
}

/** Asks for the session list, which records the metric `sessions`, and compares the count of one conversation. */
async function expectUnread(reader: K6Client, peer: bigint, expected: number, checks: SessionChecks): Promise<void> {
  const began = now();
  const list = await reader.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: reader.user.user_id });
  record("sessions", now() - began);
  const session = list.contact_session_list.find(
    (entry) => entry.session_id === peer && entry.session_type === session_type,
  );
  const count = session?.unread_cnt;
  checks.checked("unread");
  if (count !== expected) {
    const where = `user ${reader.user.user_id} has ${count ?? "no"} unread messages of ${peer}`;
    checks.violated("unread", `${where}, and ${expected} were expected`);
  }
}

/** Reads everything and waits for the writer to hear of it, which records the metric `read_notify`. */
async function readAll(reader: K6Client, writer: K6Client, checks: SessionChecks): Promise<void> {
  const notified = new Promise<boolean>((resolve) => {
    const clearDeadline = deadline(() => resolve(false), settings.drainMs);
    writer.on(commands.MSG_READ_NOTIFY, () => {
      // A timer that is left would keep k6's iteration from ending.
      clearDeadline();
      resolve(true);
    });
  });
  const began = now();
  reader.send(commands.MSG_READ_ACK, {
    user_id: reader.user.user_id,
    session_id: writer.user.user_id,
    msg_id: 0n,
    session_type,
  });
  checks.checked("unread");
  if (await notified) record("read_notify", now() - began);
  else checks.violated("unread", `user ${writer.user.user_id} never heard that its messages were read`);
}

import type { CIMMsgInfo } from "../../codegen/index.ts";
import { decodeMark } from "../check/index.ts";
import { type Address, type CimClient, isClientError, type PageSize, withUser } from "../client/index.ts";
import { connectUntil, type Participant, type SentMessage } from "./traffic.ts";

/** What must hold after every fault. */
export interface Guarantee {
  /** kebab-case. */
  readonly name: string;
  /** The rule that it comes from. */
  readonly rule: string;
  readonly title: string;
}

/** The guarantees, in the order in which they are reported. */
export const guarantees: Record<GuaranteeName, Guarantee> = {
  acknowledged: {
    name: "all-acknowledged",
    rule: "HB-05",
    title: "clients come back, and every message is acknowledged in the end",
  },
  kept: { name: "none-lost", rule: "MSG-03", title: "every acknowledged message is in history under its id" },
  refused: { name: "none-half-refused", rule: "MSG-20", title: "a message that was refused leaves no trace" },
  once: { name: "none-doubled", rule: "MSG-07", title: "a message that was sent again is stored once" },
  ordered: { name: "order-kept", rule: "MSG-05", title: "each sender's messages stand in the order of sending" },
  delivered: {
    name: "delivered-once",
    rule: "HIST-05",
    title: "each receiver gets every message exactly once, live or from history",
  },
  counted: { name: "unread-exact", rule: "UNREAD-06", title: "unread count and newest message are exact afterwards" },
};

/** Keys of {@link guarantees}: what a server must keep through every fault. */
export type GuaranteeName = "acknowledged" | "kept" | "refused" | "once" | "ordered" | "delivered" | "counted";

/** Broken guarantees, each as one sentence. */
export type BrokenGuarantees = Record<GuaranteeName, string[]>;

/** No more examples of one guarantee than this are kept. */
const MOST_EXAMPLES = 5;
/** How the user connects who looks what the server has kept. */
const AUDITOR = { label: "auditor", heartbeatMs: false, deadlineMs: 15_000 } as const;

/** What a look at a pair has found. */
export interface PairFindings {
  readonly broken: BrokenGuarantees;
  /** Messages of another run that uses the same accounts: with any, nothing is known of the guarantees. */
  readonly ofAnotherRun: number;
  /** Why nobody could look at what some users have afterwards, a sentence each: of those only HB-05 is known. */
  readonly unseen: readonly string[];
}

/**
 * Compares what a pair sent and received with what the server has.
 * @param address a path without faults
 * @param size of the history pages that the server serves
 * @param signal raised to give up
 * @throws ClientError when nobody can connect; the signal's reason
 */
export async function checkPair(
  address: Address,
  pair: readonly Participant[],
  size: PageSize,
  signal?: AbortSignal,
): Promise<PairFindings> {
  let ofAnotherRun = 0;
  const unseen: string[] = [];
  const found: BrokenGuarantees = {
    acknowledged: [],
    kept: [],
    refused: [],
    once: [],
    ordered: [],
    delivered: [],
    counted: [],
  };
  for (const participant of pair) {
    // The import boundaries' parser does not know `using` yet.
    const auditor = await connectUntil(address, AUDITOR, signal);
    try {
      ofAnotherRun += await checkParticipant(auditor, participant, size, found);
    } catch (error) {
      signal?.throwIfAborted();
      if (!isClientError(error)) throw error;
      // Whoever is served no more after a fault has not got well.
      const sentence = `${participant.client.label} is not served after the fault: ${error.message}`;
      found.acknowledged.push(sentence);
      unseen.push(sentence);
    } finally {
      auditor.close();
    }
  }
  for (const kind of Object.keys(found) as GuaranteeName[]) found[kind].splice(MOST_EXAMPLES);
  return { broken: found, ofAnotherRun, unseen };
}

/**
 * Compares one side of the conversation with the server, through a connection of its own.
 * @returns how many messages of another run it came across
 */
async function checkParticipant(
  auditor: CimClient,
  participant: Participant,
  size: PageSize,
  found: BrokenGuarantees,
): Promise<number> {
  const { user_name, user_pwd } = participant.account;
  await auditor.login({ user_name, user_pwd });
  const history = await readHistory(auditor, participant, size);
  checkSent(participant, history, found);
  checkDelivered(participant, found);
  const sessions = (await auditor.sessions()).contact_session_list;
  checkSession(participant, history, sessions, found);
  const foreign = history.filter(
    (row) => (decodeMark(row.client_msg_id)?.run ?? participant.mark.run) !== participant.mark.run,
  );
  return Math.max(foreign.length, participant.arrivals.ofAnotherRun);
}

/** What the conversation has beyond what it held before the run, ascending. */
async function readHistory(auditor: CimClient, participant: Participant, size: PageSize): Promise<CIMMsgInfo[]> {
  const { peer, before } = participant as Participant & { peer: Participant };
  const pages: CIMMsgInfo[][] = [];
  const missing = new Set<bigint>();
  for (const { serverMsgId } of [...participant.sent, ...peer.sent]) if (serverMsgId) missing.add(serverMsgId);
  for await (const page of auditor.historyPages(peer.client.userId, { size, isDue: () => missing.size > 0 })) {
    pages.unshift(page.filter((row) => row.server_msg_id > before.newestId));
    for (const row of page) missing.delete(row.server_msg_id);
    if ((page[0]?.server_msg_id ?? 0n) <= before.newestId) break;
  }
  return pages.flat();
}

function checkSent(participant: Participant, history: readonly CIMMsgInfo[], found: BrokenGuarantees): void {
  const own = history.filter((row) => row.from_user_id === participant.client.userId);
  const rows = Map.groupBy(own, (row) => row.client_msg_id);
  for (const message of participant.sent) {
    const { clientMsgId, serverMsgId, isRefused } = message;
    const stored = rows.get(clientMsgId) ?? [];
    const ids = stored.map((row) => row.server_msg_id);
    const name = nameOf(message, participant);
    if (serverMsgId === undefined && !isRefused) found.acknowledged.push(`${name} was never acknowledged`);
    if (serverMsgId !== undefined && !ids.includes(serverMsgId)) {
      found.kept.push(`${name} was acknowledged as ${serverMsgId}; history has it ${ids.join(", ") || "nowhere"}`);
    }
    if (isRefused && stored.length > 0) found.refused.push(`${name} was refused and is stored as ${ids.join(", ")}`);
    if (stored.length > 1) found.once.push(`${name} is stored ${stored.length} times, as ${ids.join(", ")}`);
  }
  const order = own.flatMap((row) => {
    const mark = decodeMark(row.client_msg_id);
    return mark?.run === participant.mark.run && mark.conversation === participant.mark.conversation ? mark.index : [];
  });
  const bad = order.findIndex((index, i) => i > 0 && index < (order[i - 1] as number));
  if (bad > 0)
    found.ordered.push(`message ${order[bad]} of ${participant.client.label} stands behind ${order[bad - 1]}`);
}

function checkDelivered({ client, peer, arrivals }: Participant, found: BrokenGuarantees): void {
  for (const message of peer?.sent ?? []) {
    const { index, serverMsgId, isRefused } = message;
    const times = arrivals.timesOf(index);
    const name = nameOf(message, peer as Participant);
    if (isRefused && times > 0) found.refused.push(`${name} was refused and reached ${client.label}`);
    // One that was never acknowledged may or may not have been stored, but even then it comes once at most.
    if (times > 1 || (times === 0 && serverMsgId !== undefined)) {
      found.delivered.push(`${name} reached ${client.label} ${times} times`);
    }
  }
}

function nameOf({ index, clientMsgId }: SentMessage, { client }: Participant): string {
  return `message ${index} of ${client.label} (${clientMsgId})`;
}

function checkSession(
  participant: Participant,
  history: readonly CIMMsgInfo[],
  sessions: readonly { session_id: bigint; session_type: number; unread_cnt: number; server_msg_id: bigint }[],
  found: BrokenGuarantees,
): void {
  const { session_id, session_type } = withUser(participant.peer?.client.userId ?? 0n);
  const session = sessions.find((one) => one.session_id === session_id && one.session_type === session_type);
  const { before } = participant;
  // Nobody has read anything, so each message of the peer is unread.
  const unread = before.unread + history.filter((row) => row.from_user_id === session_id).length;
  const newest = history.at(-1)?.server_msg_id ?? before.newestId;
  if (session?.unread_cnt !== unread) {
    const held = before.unread === 0 ? "" : `, including ${before.unread} from before the run`;
    found.counted.push(`${participant.client.label} has ${session?.unread_cnt} unread, history holds ${unread}${held}`);
  }
  if (session && session.server_msg_id !== newest) {
    found.counted.push(`the session's newest message is ${session.server_msg_id}, history's is ${newest}`);
  }
}

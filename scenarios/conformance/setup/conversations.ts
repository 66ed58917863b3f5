import {
  type CIMContactSessionInfo,
  type CIMGetMsgListRsp,
  type CIMMsgInfo,
  type CIMRecentContactSessionRsp,
  type CIMSessionType,
  commands,
} from "../../../codegen/index.ts";
import { type CaseContext, type Peer, RuleFailure } from "../../../harness/runner/index.ts";
import { SINGLE } from "./values.ts";

/**
 * Messages of a page unless a case asks for another number: below 100, which some servers refuse, so that this fault
 * fails the cases of HIST-06 alone.
 */
const PAGE_SIZE = 60;

/** Which part of a conversation's history to ask for. */
export interface PageRequest {
  readonly session: bigint;
  /** Default: one-to-one. */
  readonly type?: CIMSessionType;
  /** Default 0: the newest. */
  readonly end?: bigint;
  /** Default: 60. */
  readonly limit?: number;
}

/** Asks for a page of history as a rule's subject. */
export async function askHistory(peer: Peer, request: PageRequest): Promise<CIMGetMsgListRsp> {
  return await peer.ask(commands.LIST_MSG_REQ, {
    user_id: peer.self ?? 0n,
    session_type: request.type ?? SINGLE,
    session_id: request.session,
    end_msg_id: request.end ?? 0n,
    limit_count: request.limit ?? PAGE_SIZE,
  });
}

/** Reads history that a case builds on. */
export async function readHistory(t: CaseContext, peer: Peer, request: PageRequest): Promise<CIMMsgInfo[]> {
  const page = await t.given(`reading the history by ${peer.name}`, () => askHistory(peer, request));
  return page.msg_list;
}

/**
 * How many messages a target gives at a time to somebody who asks for more than these: that it may give fewer is for
 * HIST-05 and HIST-06 to tell, and who pages by what it gives finds the rest all the same.
 * @param wanted messages of a page that the case would ask for
 * @returns `wanted`, or what came of it while older messages were there
 */
export async function servedPageSize(
  t: CaseContext,
  peer: Peer,
  request: PageRequest,
  wanted: number = PAGE_SIZE,
): Promise<number> {
  const rows = await readHistory(t, peer, { ...request, limit: wanted });
  if (rows.length === 0 || rows.length >= wanted) return wanted;
  const oldest = rows.reduce((id, row) => (row.server_msg_id < id ? row.server_msg_id : id), 2n ** 64n - 1n);
  const older = await readHistory(t, peer, { ...request, end: oldest, limit: wanted });
  return older.length > 0 ? rows.length : wanted;
}

/** Asks for the session list as a rule's subject. */
export async function askSessions(peer: Peer, latestUpdateTime: number = 0): Promise<CIMRecentContactSessionRsp> {
  return await peer.ask(commands.LIST_RECENT_CONTACT_SESSION_REQ, {
    user_id: peer.self ?? 0n,
    latest_update_time: latestUpdateTime,
  });
}

/** Reads the session list that a case builds on. */
export async function readSessions(t: CaseContext, peer: Peer): Promise<CIMRecentContactSessionRsp> {
  return await t.given(`reading the session list by ${peer.name}`, () => askSessions(peer));
}

/** The entries of a session in a list: one when all is well. */
export function entriesOf(
  list: CIMRecentContactSessionRsp,
  session: bigint,
  type: CIMSessionType = SINGLE,
): CIMContactSessionInfo[] {
  return list.contact_session_list.filter((one) => one.session_id === session && one.session_type === type);
}

/** The entry of a session that must be in the list. @throws RuleFailure */
export function entryOf(
  list: CIMRecentContactSessionRsp,
  session: bigint,
  type: CIMSessionType = SINGLE,
): CIMContactSessionInfo {
  const entries = entriesOf(list, session, type);
  if (entries.length === 1) return entries[0] as CIMContactSessionInfo;
  throw new RuleFailure(`one entry for session ${session} of type ${type}`, `${entries.length} entries`);
}

/** The unread count of a session, 0 when it is not listed, as a case's set-up or measure. */
export async function readUnread(
  t: CaseContext,
  peer: Peer,
  session: bigint,
  type: CIMSessionType = SINGLE,
): Promise<number> {
  return entriesOf(await readSessions(t, peer), session, type)[0]?.unread_cnt ?? 0;
}

/** Tells the target that a session was read. The reader gets no answer, so a fence behind it says when it is done. */
export async function markRead(
  t: CaseContext,
  peer: Peer,
  session: bigint,
  upTo: bigint = 0n,
  type: CIMSessionType = SINGLE,
): Promise<void> {
  peer.send(commands.MSG_READ_ACK, { user_id: peer.self ?? 0n, session_id: session, msg_id: upTo, session_type: type });
  await t.given(`a fence by ${peer.name}`, () => peer.fence());
}

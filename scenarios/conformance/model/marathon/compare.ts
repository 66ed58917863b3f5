import { type CIMMsgInfo, commands } from "../../../../codegen/index.ts";
import { type CaseContext, RuleFailure } from "../../../../harness/runner/index.ts";
import { askHistory, askSessions, entryOf, GROUP, sameIds, servedPageSize } from "../../setup/index.ts";
import type { Person } from "./devices.ts";
import type { Talk } from "./talk.ts";

/** What the list of one who is online says of a conversation. @throws RuleFailure where the model says otherwise */
export async function compareCounts(t: CaseContext, talk: Talk, person: Person): Promise<void> {
  const { peer } = person.nextDevice();
  const list = await askSessions(peer);
  const entry = entryOf(list, talk.sessionFor(person.id), talk.type);
  t.equal(entry.unread_cnt, talk.unreadOf(person.id), `${person.name}'s unread count`);
  const sum = list.contact_session_list.reduce((total, { unread_cnt }) => total + unread_cnt, 0);
  t.equal(list.unread_counts, sum, `the sum of ${person.name}'s ${list.contact_session_list.length} counts`);
  if (talk.newest) t.equal(entry.msg_id, talk.newest.clientId, `the newest message in ${person.name}'s list`);
}

/** Reads the whole history in pages. @throws RuleFailure unless it has every message once and in order */
export async function compareHistory(t: CaseContext, talk: Talk, reader: Person): Promise<void> {
  const session = talk.sessionFor(reader.id);
  const ids: string[] = [];
  const known = new Set(talk.log.map(({ clientId }) => clientId));
  const limit = await servedPageSize(t, reader.nextDevice().peer, { session, type: talk.type });
  for (let end: bigint | undefined = 0n; end !== undefined; ) {
    const { peer } = reader.nextDevice();
    const { msg_list }: { msg_list: CIMMsgInfo[] } = await askHistory(peer, {
      session,
      type: talk.type,
      end,
      limit,
    });
    ids.unshift(...msg_list.map(({ client_msg_id }) => client_msg_id));
    const next: bigint | undefined = msg_list[0]?.server_msg_id;
    t.ensure(next === undefined || end === 0n || next < end, `a page below ${end}`, `a page from ${next}`);
    end = msg_list.length < limit ? undefined : next;
  }
  // A group's history has notifications besides.
  const written = talk.type === GROUP ? ids.filter((id) => known.has(id)) : ids;
  const expected = talk.log.map(({ clientId }) => clientId);
  const wrong = expected.findIndex((id, index) => written[index] !== id);
  if (wrong >= 0 || written.length !== expected.length) {
    const where = wrong < 0 ? "more than that" : `${written.length}, with another one at place ${wrong + 1}`;
    throw new RuleFailure(`${expected.length} messages in ${reader.name}'s history, each once, in order`, where);
  }
}

/** @throws RuleFailure unless a group's list holds every member once and nobody else */
export async function compareMembers(t: CaseContext, talk: Talk, reader: Person): Promise<void> {
  const asked = { user_id: reader.id, group_id: talk.sessionFor(reader.id) };
  const { member_id_list: members } = await reader.nextDevice().peer.ask(commands.GROUP_LIST_MEMBER_REQ, asked);
  const expected = [...talk.members];
  const missing = expected.filter((id) => !members.includes(id)).length;
  const foreign = members.filter((id) => !talk.members.has(id)).length;
  t.ensure(
    sameIds(members, expected),
    `the ${expected.length} members of the group`,
    `${members.length} ids: ${missing} missing, ${foreign} of users who are none`,
  );
}

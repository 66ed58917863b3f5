import { commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn, Peer, TestUser } from "../../harness/runner/index.ts";
import { defineCase, defineGrid } from "./define.ts";
import {
  askSessions,
  connectionsOf,
  createGroup,
  createGroups,
  groupsOf,
  historyIn,
  isAccepted,
  leave,
  messageIn,
  NEXT_SECOND_MS,
  openTalk,
  pushesOf,
  pushOf,
  readMembers,
  SUCCESS,
  sayIn,
  sendMessage,
  succeeded,
  writeToMany,
} from "./setup/index.ts";

/** The limit that the target states; the cases here run on no other target. */
const stated = (t: CaseContext, name: string): number => t.limit(name, Number.NaN);

/** Logs somebody in once more, as what is asked. @returns the connection, and the answer's code */
async function loginOf(t: CaseContext, user: TestUser, name: string): Promise<{ peer: Peer; code: number }> {
  const peer = await t.connect(name);
  const { user_name, user_pwd } = user;
  const answer = await peer.ask(commands.LOGIN_AUTH_REQ, { user_name, user_pwd, client_version: "cupping" });
  if (answer.result_code === SUCCESS) peer.self = user.user_id;
  return { peer, code: answer.result_code };
}

/** Makes a group, as what is asked. */
async function groupMade(t: CaseContext, { user, peer }: LoggedIn, which: string): Promise<bigint> {
  const request = { user_id: user.user_id, group_name: "one more" };
  const answer = await peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, request);
  t.equal(answer.result_code, SUCCESS, `result_code of ${which}`);
  return answer.group_info?.group_id ?? 0n;
}

/** Asks for a group that must be refused. */
async function groupRefused(t: CaseContext, { user, peer }: LoggedIn, members: readonly bigint[]): Promise<void> {
  const request = { user_id: user.user_id, group_name: "one too many", member_id_list: [...members] };
  await t.refused(peer, peer.send(commands.GROUP_CREATE_DEFAULT_REQ, request), succeeded);
}

/** What a target that states its own limits keeps, and what lies beyond. */
export const statedLimitCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "LOGIN-12/stated-limit",
      atLimit: "devices",
      title: "as many connections of a user as the target states are served, and no more",
      steps: [
        "alice logs in as often as stated: each connection is served",
        "once more: refused, and the others are still served",
        "one of them ends: alice may log in again",
      ],
      axes: { transport: ["tcp", "mixed"] },
    },
    async (t) => {
      const user = await t.user();
      const most = stated(t, "devices");
      const peers = await connectionsOf(t, user, most - 1, "alice");
      const last = await loginOf(t, user, `alice/${most}`);
      t.equal(last.code, SUCCESS, `result_code of login ${most} of ${most}`);
      peers.push(last.peer);
      const beyond = await loginOf(t, user, "alice/one-too-many");
      t.ensure(beyond.code !== SUCCESS, `login ${most + 1} refused`, "result_code 200");
      for (const peer of peers) {
        t.ensure((await peer.fence()) === "answered", `${peer.name} is served`, "its connection was closed");
      }
      const [first] = peers;
      first?.endWriting();
      t.requires((await first?.closed()) !== undefined, "a connection that its client ends stays open");
      const again = await loginOf(t, user, "alice/in-its-place");
      t.equal(again.code, SUCCESS, "result_code of a login in its place");
    },
  ),
  defineCase(
    {
      id: "SESS-01/stated-limit",
      atLimit: "sessions",
      title: "the list holds as many sessions as the target states, the newest ones",
      steps: [
        "alice has as many sessions as stated: all are listed",
        "a second later bob writes to her: as many are listed, bob's the first, each once",
      ],
      waits: () => NEXT_SECOND_MS,
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const most = stated(t, "sessions");
      const { contact_session_list: own } = await t.given("the session list", () => askSessions(alice.peer));
      const ids = await writeToMany(t, alice, most - own.length);
      const full = (await askSessions(alice.peer)).contact_session_list;
      t.equal(full.length, most, "the number of sessions that are listed");
      const missing = ids.filter((id) => !full.some(({ session_id }) => session_id === id));
      t.equal(missing.length, 0, `the number of ${ids.length} sessions that are missing`);
      await t.elapse(NEXT_SECOND_MS);
      const bob = await t.freshLogin("bob");
      await sendMessage(t, bob.peer, alice.user.user_id, "one more");
      const list = await askSessions(alice.peer);
      const keys = new Set(list.contact_session_list.map((one) => `${one.session_type} ${one.session_id}`));
      t.equal([list.contact_session_list.length, keys.size], [most, most], "sessions listed, and different ones");
      t.equal(list.contact_session_list[0]?.session_id, bob.user.user_id, "the first session of the list");
      const sum = list.contact_session_list.reduce((count, { unread_cnt }) => count + unread_cnt, 0);
      t.equal(list.unread_counts, sum, "unread_counts, as the sum of what is listed");
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-18/stated-limit",
      atLimit: "groups",
      title: "a user is in as many groups as the target states, and in no more",
      steps: [
        "alice makes as many groups as stated: all are listed",
        "one more, made by her, or by carol with her and bob, or an invitation of both: refused as a whole",
        "she leaves one that bob owns, and may make another",
      ],
      axes: { role: ["owner", "member", "outsider"] },
    },
    async (t, at) => {
      const [alice, bob, carol] = [await t.freshLogin("alice"), await t.freshLogin("bob"), await t.freshLogin("carol")];
      const most = stated(t, "groups");
      const left = await createGroup(t, bob.peer, [alice.user.user_id]);
      const ids = [left, ...(await createGroups(t, alice, [], most - 2))];
      ids.push(await groupMade(t, alice, `group ${most} of ${most}`));
      const listed = await groupsOf(t, alice.peer);
      t.equal(ids.filter((id) => !listed.includes(id)).length, 0, `the number of ${most} groups that are missing`);
      const both = [bob.user.user_id, alice.user.user_id];
      const before = (await groupsOf(t, bob.peer)).length;
      if (at.role === "owner") await groupRefused(t, alice, [bob.user.user_id]);
      else if (at.role === "member") await groupRefused(t, carol, both);
      else {
        const group = await createGroup(t, carol.peer, []);
        const request = { user_id: carol.user.user_id, group_id: group, member_id_list: both };
        await t.refused(carol.peer, carol.peer.send(commands.GROUP_INVITE_MEMBER_REQ, request), succeeded);
        t.equal(await readMembers(t, carol.peer, group), [carol.user.user_id], "the members after the refusal");
      }
      t.equal((await groupsOf(t, alice.peer)).length, most, "the number of alice's groups");
      t.equal((await groupsOf(t, bob.peer)).length, before, "the number of bob's groups");
      await leave(t, alice.peer, left);
      await groupMade(t, alice, "a group in its place");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-16/stated-limit",
      atLimit: "content-bytes",
      title: "content of as many bytes as the target states is taken whole, and more is refused",
      steps: [
        "alice sends content of exactly so many bytes: it is pushed and stored as it was sent",
        "one byte more: refused, and neither pushed nor stored",
      ],
      axes: { kind: ["one-to-one", "group"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob] = talk.readers;
      const most = stated(t, "content-bytes");
      const wrong = "the content is longer than 2048 characters, as the target takes it";
      const whole = messageIn(t, talk, talk.writer, Buffer.alloc(most, "whole "));
      const ack = await talk.writer.peer.ask(commands.MSG_DATA, whole, { wrong });
      t.ensure(isAccepted(ack), `content of ${most} bytes accepted`, `res_code ${ack.res_code}`);
      const isWhole = (data: Uint8Array | undefined): boolean =>
        Buffer.from(data ?? []).equals(Buffer.alloc(most, "whole "));
      const pushed = await pushOf(bob.peer, whole.client_msg_id);
      t.ensure(isWhole(pushed.msg_data), "the content pushed as it was sent", `${pushed.msg_data.length} other bytes`);
      const more = messageIn(t, talk, talk.writer, Buffer.alloc(most + 1, "more "));
      await t.refused(talk.writer.peer, talk.writer.peer.send(commands.MSG_DATA, more, { wrong }), isAccepted);
      const after = await sayIn(t, talk, talk.writer, "short");
      await pushOf(bob.peer, after.client_msg_id);
      t.equal(pushesOf(bob.peer, more.client_msg_id ?? "").length, 0, "pushes of the refused content");
      const rows = await historyIn(t, talk, bob);
      const stored = rows.find((row) => row.client_msg_id === whole.client_msg_id);
      t.ensure(isWhole(stored?.msg_data), "the content stored as it was sent", "other content or none");
      t.ensure(
        !rows.some((row) => row.client_msg_id === more.client_msg_id),
        "the refused content not stored",
        "it is",
      );
    },
  ),
];

import { commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn, Peer, Sent, TestUser } from "../../harness/runner/index.ts";
import { limits } from "../rules/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
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
  paddedFrame,
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

/** How many connections hold a large part of a packet each, beside one that holds little, and how many users they are of. */
const HOLDERS = 17;
const HOLDING_USERS = 4;
/** What the last of them holds, in bytes. */
const LITTLE = 100;
/** How much more the first holds than the others at least, in bytes. */
const MORE = 100;
/** Requests behind which a target has read what came on other connections before. */
const ROUNDS_TO_READ = 10;
const LIST = commands.LIST_RECENT_CONTACT_SESSION_REQ;

/** A packet of which a part has been sent. */
interface Begun {
  readonly peer: Peer;
  readonly sent: Sent;
  readonly bytes: Uint8Array;
  at: number;
}

/** A request of so many bytes, most of them a field that servers skip. Nothing of it is sent yet. */
function requestOf(peer: Peer, length: number): Begun {
  const sent = peer.expectAnswer(LIST, peer.nextSeq());
  return { peer, sent, bytes: paddedFrame(LIST, { user_id: peer.self ?? 0n }, sent.seq, length), at: 0 };
}

function sendMore(begun: Begun, bytes: number): void {
  begun.peer.sendPart(begun.bytes.subarray(begun.at, begun.at + bytes), "more than the target says that it holds");
  begun.at += bytes;
}

/** What each holder but the first sends, and what the first sends, when all together hold so many bytes. */
function partsOf(bytes: number): { readonly share: number; readonly most: number } {
  const share = MORE * (Math.floor((bytes - LITTLE) / HOLDERS / MORE) - 1);
  return { share, most: bytes - LITTLE - share * (HOLDERS - 1) };
}

/**
 * Begins a packet on each connection, so that all together hold so many bytes: the first the most of them, the last
 * {@link LITTLE}.
 * @param later how many more bytes the last one's packet has, beyond one byte that each lacks
 */
function holdTogether(peers: readonly Peer[], bytes: number, later: number): Begun[] {
  const { share, most } = partsOf(bytes);
  return peers.map((peer, index) => {
    const part = index === 0 ? most : index < HOLDERS ? share : LITTLE;
    const begun = requestOf(peer, part + (index < HOLDERS ? 1 : later + 1));
    sendMore(begun, part);
    return begun;
  });
}

async function finish(all: readonly Begun[]): Promise<void> {
  for (const { peer, bytes, at } of all) peer.sendBytes(bytes.subarray(at), undefined);
  for (const { peer, sent } of all) await peer.answer(sent);
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
  ...alsoOverWebSocket(
    {
      id: "CONN-23/stated-limit",
      atLimit: "incoming-bytes",
      alone: true,
      title: "clients may begin packets up to the bytes that the target states; beyond, who holds the most is closed",
      steps: [
        "a packet as large as the largest of those that follow is answered alone, in two pieces",
        "18 connections each send a part of a packet, together 16 KiB less than stated: none is closed",
        "the one that sent the least goes on until it is 16 KiB more: the one that sent the most is closed, and no other",
        "the others send the rest: all are answered",
        "they do the same once more, with a new one for the one that was closed: all are answered",
      ],
    },
    async (t) => {
      const most = stated(t, "incoming-bytes");
      const { within = 0 } = limits["incoming-bytes"];
      const { peer: bystander } = await t.freshLogin("bystander");
      const users: TestUser[] = [];
      for (let index = 0; index < HOLDING_USERS; index++) users.push(await t.user());
      const holder = (index: number, name: string): Promise<Peer> =>
        t.loginWithoutHeartbeat(users[index % HOLDING_USERS] as TestUser, name);
      const peers: Peer[] = [];
      for (let index = 0; index <= HOLDERS; index++) peers.push(await holder(index, `holder-${index + 1}`));
      const open = async (which: readonly Begun[], when: string): Promise<void> => {
        for (let round = 0; round < ROUNDS_TO_READ; round++) {
          t.ensure((await bystander.fence()) === "answered", `others are served ${when}`, "a bystander was closed");
        }
        const closed = which.filter(({ peer }) => peer.closing !== undefined).map(({ peer }) => peer.name);
        t.ensure(closed.length === 0, `no connection is closed ${when}`, `${closed.join(", ")} closed`);
      };
      const alone = requestOf(bystander, partsOf(most - within).most + 1);
      bystander.sendPart(alone.bytes.subarray(0, -1), undefined);
      await t.given("a fence beside it", () => (peers[0] as Peer).fence());
      bystander.sendBytes(alone.bytes.subarray(-1), undefined);
      const why = "the answer to a packet as large as the largest, alone and in two pieces (see CONN-04 and CONN-07)";
      await t.given(why, () => bystander.answer(alone.sent));
      const begun = holdTogether(peers, most - within, 2 * within);
      const [largest, ...others] = begun as [Begun, ...Begun[]];
      await open(begun, `while all together hold ${most - within} bytes`);
      sendMore(others.at(-1) as Begun, 2 * within);
      const closing = await largest.peer.closed();
      t.present(
        closing,
        `whoever holds the most of ${most + within} bytes is closed`,
        `${largest.peer.name} stays open`,
      );
      await open(others, "but the one that held the most");
      await finish(others);
      const again = [await holder(0, "holder-again"), ...others.map(({ peer }) => peer)];
      const second = holdTogether(again, most - within, 0);
      await open(second, "when what was held before is handled or gone");
      await finish(second);
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

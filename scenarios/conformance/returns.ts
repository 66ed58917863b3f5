import { commands } from "../../codegen/index.ts";
import { type CaseContext, type ConformanceCase, type LoggedIn, type Peer, show } from "../../harness/runner/index.ts";
import { defineCase, defineGrid } from "./define.ts";
import {
  ACCEPTED,
  cannotSend,
  GROUP,
  goOut,
  groupsOf,
  historyIn,
  infoOf,
  invite,
  markRead,
  messageIn,
  openTalk,
  passTime,
  pushOf,
  readHistory,
  readIn,
  readMembers,
  readSessions,
  readUnread,
  sayIn,
  sayManyIn,
  sendMessage,
  unreadIn,
} from "./setup/index.ts";

/** Both ways out of a group and back. */
const WAYS = ["after-return", "after-removal"] as const;
const TRANSPORTS = ["tcp", "ws", "mixed"] as const;

/** Coming back: into a group, onto the line, and the server itself after a restart. */
export const returnCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "GROUP-22/return",
      capabilities: ["groups"],
      title: "who left or was removed and is invited again is a member in every respect",
      steps: [
        "bob leaves alice's group, or she removes him",
        "she invites him again; all this once or twice",
        "what carol gets, reads and has listed of the group, he does too; and he can send",
      ],
      axes: { time: WAYS, number: ["1", "2"], transport: TRANSPORTS },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group");
      const [bob, carol = bob] = talk.readers;
      const group = talk.sessionOf(bob);
      for (let round = 1; round <= Number(at.number); round++) {
        await goOut(t, talk, at.time);
        await invite(t, talk.writer.peer, group, [bob.user.user_id]);
      }
      const ack = await sayIn(t, talk, talk.writer, "to all");
      await t.given("delivery to carol", () => pushOf(carol.peer, ack.client_msg_id));
      await pushOf(bob.peer, ack.client_msg_id);
      const lists = async (who: LoggedIn): Promise<boolean> => (await groupsOf(t, who.peer)).includes(group);
      const reads = async (who: LoggedIn): Promise<boolean> =>
        (await historyIn(t, talk, who)).some((row) => row.client_msg_id === ack.client_msg_id);
      t.equal(await lists(bob), await lists(carol), "whether bob's list holds the group, as carol's does");
      t.equal(await reads(bob), await reads(carol), "whether bob's history holds the message, as carol's does");
      const text = messageIn(t, talk, bob, "back again");
      t.equal((await bob.peer.ask(commands.MSG_DATA, text)).res_code, ACCEPTED, "res_code of bob's message");
    },
  ),
  ...defineGrid(
    {
      id: "UNREAD-03/return",
      capabilities: ["groups"],
      title: "what was written while a member was away counts for him no more than for a new member",
      steps: [
        "alice writes to her group and bob reads it; he leaves, or she removes him",
        "she writes a number of messages, and invites him again together with dave, who is new",
        "their counts are the same, and rise by what is written then",
      ],
      axes: { time: WAYS, number: ["1", "100", "0"], transport: TRANSPORTS },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group");
      const [bob] = talk.readers;
      const group = talk.sessionOf(bob);
      const dave = await t.freshLogin("dave");
      await sayIn(t, talk, talk.writer, "before");
      await readIn(t, talk, bob);
      await goOut(t, talk, at.time);
      await sayManyIn(t, talk, talk.writer, Number(at.number));
      await invite(t, talk.writer.peer, group, [bob.user.user_id, dave.user.user_id]);
      const fresh = await readUnread(t, dave.peer, group, GROUP);
      t.requires(fresh <= 1, `the count of a new member is ${fresh}`);
      t.equal(await unreadIn(t, talk, bob), fresh, "bob's unread count, which is that of a new member");
      await sayManyIn(t, talk, talk.writer, 2);
      t.equal(await unreadIn(t, talk, bob), fresh + 2, "bob's unread count after two more messages");
    },
  ),
  ...defineGrid(
    {
      id: "UNREAD-06/kept",
      inGroups: ["group-unread"],
      title: "what was read stays read, and what was not stays unread",
      steps: [
        "alice writes three messages, bob reads up to the second, or all; she writes one more",
        "time passes: a login anew, or a restart of the server",
        "his count is as before",
      ],
      axes: {
        kind: ["one-to-one", "group"],
        position: ["middle", "last"],
        time: ["second-login", "after-restart"],
      },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob] = talk.readers;
      const acks = await sayManyIn(t, talk, talk.writer, 3);
      await readIn(t, talk, bob, at.position === "last" ? 0n : acks[1]?.server_msg_id);
      await sayIn(t, talk, talk.writer, "one more");
      const before = await unreadIn(t, talk, bob);
      t.requires(before > 0, "nothing of bob's is unread, though one message came behind his receipt");
      await passTime(t, talk, at.time);
      t.equal(await unreadIn(t, talk, bob), before, "bob's unread count");
    },
  ),
  defineCase(
    {
      id: "SYS-01/all-that-clients-see",
      needs: ["restart"],
      capabilities: ["groups"],
      title: "whatever a client can ask for is the same after a restart",
      steps: [
        "alice and bob write to each other and in a group; carol has left it; they read some of it",
        "note what each of them can ask for",
        "restart the server: all of it is as before, and carol still cannot send",
      ],
    },
    async (t) => {
      const talk = await openTalk(t, "group");
      const [bob, carol] = talk.readers;
      const alice = talk.writer;
      const group = talk.sessionOf(alice);
      await sayManyIn(t, talk, alice, 3);
      await markRead(t, bob.peer, group, 0n, GROUP);
      await sayIn(t, talk, alice, "later");
      await sendMessage(t, alice.peer, bob.user.user_id, "to bob");
      await sendMessage(t, bob.peer, alice.user.user_id, "to alice");
      if (carol) {
        carol.peer.send(commands.GROUP_EXIT_REQ, { user_id: carol.user.user_id, group_id: group });
        await t.given("that carol cannot send", () => cannotSend(t, carol.peer, group));
      }
      const everybody = [alice, bob, ...(carol ? [carol] : [])];
      const before = await Promise.all(everybody.map((one) => picture(t, one.peer, group, bob.user.user_id)));
      await t.restart();
      for (const one of everybody) one.peer = await t.login(one.user, `${one.peer.name}/again`);
      for (const [index, one] of everybody.entries()) {
        const after = await picture(t, one.peer, group, bob.user.user_id);
        for (const [what, seen] of Object.entries(before[index] ?? {})) t.equal(after[what], seen, what);
      }
      if (carol) await cannotSend(t, carol.peer, group);
    },
  ),
];

/** What a user can ask for, by what it is, in a form that can be compared. */
async function picture(t: CaseContext, peer: Peer, group: bigint, other: bigint): Promise<Record<string, unknown>> {
  const user_id = peer.self ?? 0n;
  const told = peer.inbox.all(commands.LOGIN_AUTH_RSP).at(-1)?.message?.user_info?.nick_name;
  const sessions = (await readSessions(t, peer)).contact_session_list;
  const bySession = sessions.toSorted((a, b) => Number(a.session_id - b.session_id || a.session_type - b.session_type));
  return {
    [`${peer.name.split("/")[0]}'s nickname`]: told,
    [`the sessions of ${user_id}`]: bySession.map(show),
    [`the groups of ${user_id}`]: (await groupsOf(t, peer)).toSorted().map(String),
    [`the group's info for ${user_id}`]: show((await infoOf(peer, [group])).group_info_list),
    [`the group's history for ${user_id}`]: (await readHistory(t, peer, { session: group, type: GROUP })).map(show),
    [`the history of ${user_id} with ${other}`]: (await readHistory(t, peer, { session: other })).map(show),
    [`the members for ${user_id}`]: (await readMembers(t, peer, group)).toSorted().map(String),
  };
}

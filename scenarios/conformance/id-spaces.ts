import { commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn, Peer } from "../../harness/runner/index.ts";
import { defineCase } from "./define.ts";
import {
  ACCEPTED,
  entriesOf,
  entryOf,
  GROUP,
  invite,
  makeTwins,
  markRead,
  message,
  pushFence,
  pushOf,
  readHistory,
  readSessions,
  SINGLE,
  sendMessage,
  TEXT,
  type Twins,
} from "./setup/index.ts";

/** Alice's group with bob, and the user of the group's number, who is no member. */
interface TwinScene extends Twins {
  readonly alice: LoggedIn;
  readonly bob: LoggedIn;
  readonly twin: Peer;
}

async function twinScene(t: CaseContext): Promise<TwinScene> {
  const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
  const { group, user } = await makeTwins(t, alice.peer);
  await invite(t, alice.peer, group, [bob.user.user_id]);
  return { alice, bob, group, user, twin: await t.login(user, "twin") };
}

/** MSG, SESS and READ: a user and a group with the same number are two different things. */
export const idSpaceCases: readonly ConformanceCase[] = [
  defineCase(
    {
      id: "MSG-10/to-the-group-of-ones-own-number",
      capabilities: ["groups"],
      first: true,
      title: "a user whose id is the number of a group may write to that group",
      steps: [
        "make a group with the number of a user",
        "take the user in",
        "she writes to it: acknowledged and delivered",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const { group, user } = await makeTwins(t, alice.peer);
      await invite(t, alice.peer, group, [user.user_id]);
      const twin = await t.login(user, "twin");
      const text = message(t, twin, group, "to the group of my number", { session_type: GROUP });
      t.equal((await twin.ask(commands.MSG_DATA, text)).res_code, ACCEPTED, "res_code");
      await pushOf(alice.peer, text.client_msg_id);
    },
  ),
  defineCase(
    {
      id: "SESS-07/both-listed",
      capabilities: ["groups"],
      first: true,
      title: "sessions with a user and with a group of the same number are both listed, each with its own state",
      steps: [
        "make a group with the number of a user; bob is a member of the group",
        "the user and alice, in the group, write to bob",
        "bob's list has two entries of that number, each with its own message and count",
      ],
    },
    async (t) => {
      const { alice, bob, group, twin } = await twinScene(t);
      await sendMessage(t, twin, bob.user.user_id, "one");
      const single = await sendMessage(t, twin, bob.user.user_id, "two");
      const toGroup = await sendMessage(t, alice.peer, group, "in the group", { session_type: GROUP });
      const list = await readSessions(t, bob.peer);
      t.equal(entryOf(list, group, SINGLE).msg_id, single.client_msg_id, "the newest message of the user's session");
      t.equal(entryOf(list, group, GROUP).msg_id, toGroup.client_msg_id, "the newest message of the group session");
      const groupUnread = entryOf(list, group, GROUP).unread_cnt;
      t.equal(entryOf(list, group, SINGLE).unread_cnt, 2, "unread_cnt of the user's session");
      await markRead(t, bob.peer, group, 0n, SINGLE);
      const later = await readSessions(t, bob.peer);
      t.equal(entryOf(later, group, SINGLE).unread_cnt, 0, "unread_cnt of the user's session after reading it");
      t.equal(entryOf(later, group, GROUP).unread_cnt, groupUnread, "unread_cnt of the group session after that");
    },
  ),
  defineCase(
    {
      id: "SESS-07/histories-apart",
      capabilities: ["groups"],
      first: true,
      title: "the histories of a user and of a group of the same number are different",
      steps: [
        "as before",
        "the history of either type holds its own messages alone, whoever asks: bob, the user, alice",
      ],
    },
    async (t) => {
      const { alice, bob, group, twin } = await twinScene(t);
      const toBob = await sendMessage(t, twin, bob.user.user_id, "to bob");
      const toGroup = await sendMessage(t, alice.peer, group, "in the group", { session_type: GROUP });
      const ids = async (peer: Peer, session: bigint, type: typeof SINGLE | typeof GROUP): Promise<string[]> => {
        const rows = await readHistory(t, peer, { session, type });
        return rows.filter((row) => row.msg_type === TEXT).map((row) => row.client_msg_id);
      };
      const single = [toBob.client_msg_id];
      t.equal(await ids(bob.peer, group, SINGLE), single, "the texts in bob's one-to-one history with the user");
      t.equal(await ids(twin, bob.user.user_id, SINGLE), single, "the texts in the user's one-to-one history with bob");
      t.equal(await ids(twin, alice.user.user_id, SINGLE), [], "the texts in the user's one-to-one history with alice");
      t.equal(await ids(alice.peer, group, SINGLE), [], "the texts in alice's one-to-one history with the user");
      t.equal(await ids(bob.peer, group, GROUP), [toGroup.client_msg_id], "the texts in the group history");
      const sessions = await readSessions(t, twin);
      t.equal(entriesOf(sessions, alice.user.user_id).length, 0, "the user's sessions with alice");
    },
  ),
  defineCase(
    {
      id: "SESS-07/both-written-to",
      capabilities: ["groups"],
      first: true,
      title: "who writes to a user and to the group of the user's number finds each message in its own history",
      steps: [
        "make a group with the number of a user, with alice and bob in it",
        "alice writes to the user, to the group and to the user again; bob writes to the group",
        "no message of the group is in her one-to-one history, nor in the user's with her, and none of theirs in the group's",
      ],
    },
    async (t) => {
      const { alice, bob, group, twin } = await twinScene(t);
      const toUser = [await sendMessage(t, alice.peer, group, "to the user")];
      const toGroup = [await sendMessage(t, alice.peer, group, "to the group", { session_type: GROUP })];
      toUser.push(await sendMessage(t, alice.peer, group, "to the user again"));
      toGroup.push(await sendMessage(t, bob.peer, group, "bob to the group", { session_type: GROUP }));
      const strangers = async (peer: Peer, session: bigint, type: typeof SINGLE | typeof GROUP): Promise<string[]> => {
        const others = (type === GROUP ? toUser : toGroup).map((ack) => ack.client_msg_id);
        const rows = await readHistory(t, peer, { session, type });
        return rows.map((row) => row.client_msg_id).filter((id) => others.includes(id));
      };
      t.equal(await strangers(alice.peer, group, SINGLE), [], "the group's messages in alice's history with the user");
      t.equal(await strangers(twin, alice.user.user_id, SINGLE), [], "the group's messages in the user's with alice");
      t.equal(await strangers(bob.peer, group, GROUP), [], "one-to-one messages in the group's history for bob");
      t.equal(await strangers(alice.peer, group, GROUP), [], "one-to-one messages in the group's history for alice");
    },
  ),
  defineCase(
    {
      id: "READ-06/no-notify-to-the-users-number",
      capabilities: ["groups"],
      first: true,
      title: "reading a group tells nothing to the user whose id is the group's number",
      steps: [
        "make a group with the number of a user who is no member",
        "bob reads the group",
        "the user gets no notify",
      ],
    },
    async (t) => {
      const { alice, bob, group, user, twin } = await twinScene(t);
      await sendMessage(t, alice.peer, group, "read me", { session_type: GROUP });
      await markRead(t, bob.peer, group, 0n, GROUP);
      await pushFence(t, bob.peer, twin, { id: user.user_id, type: SINGLE });
      const told = twin.seen(commands.MSG_READ_NOTIFY).length;
      t.equal(told, 0, "read notifies to the user with the group's number");
    },
  ),
];

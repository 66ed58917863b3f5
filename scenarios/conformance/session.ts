import {
  CIMMsgStatus,
  CIMMsgType,
  type CIMRecentContactSessionRsp,
  CIMSessionStatusType,
  commands,
} from "../../codegen/index.ts";
import { type ConformanceCase, show } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import {
  askSessions,
  createGroup,
  disband,
  entriesOf,
  entryOf,
  GROUP,
  invite,
  kick,
  leave,
  markRead,
  NEXT_SECOND_MS,
  NOTIFICATION,
  pushOf,
  readHistory,
  readSessions,
  SINGLE,
  sendMessage,
  sendMessages,
  TEXT,
} from "./setup/index.ts";

function sumOfUnread({ contact_session_list }: CIMRecentContactSessionRsp): number {
  return contact_session_list.reduce((total, one) => total + one.unread_cnt, 0);
}

/** SESS: the list of conversations. */
export const sessionCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "SESS-01/all-sessions",
      title: "the list holds all sessions of the user, without paging",
      steps: ["25 users write to bob, and bob writes to another 5", "his list holds all 30 and none twice"],
      asks: { sessions: 32 },
    },
    async (t) => {
      const bob = await t.freshLogin("bob");
      const writers = await Promise.all(Array.from({ length: 25 }, (_, index) => t.freshLogin(`writer-${index}`)));
      const readers = await t.users(5);
      for (const { peer } of writers) await sendMessage(t, peer, bob.user.user_id, "hello");
      for (const user of readers) await sendMessage(t, bob.peer, user.user_id, "hello");
      const list = await askSessions(bob.peer);
      const partners = [...writers.map((one) => one.user.user_id), ...readers.map((user) => user.user_id)];
      const missing = partners.filter((id) => entriesOf(list, id).length !== 1);
      t.ensure(missing.length === 0, "each of the 30 sessions once", `${missing.length} of them missing or repeated`);
    },
  ),
  defineCase(
    {
      id: "SESS-01/status-ok",
      title: "every session listed is in state OK",
      steps: ["alice writes to bob", "all entries of both lists have session_status 1"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      await sendMessage(t, alice.peer, bob.user.user_id, "hello");
      for (const { peer } of [alice, bob]) {
        const list = await t.given("the session list", () => askSessions(peer));
        const other = list.contact_session_list.map((one) => one.session_status);
        t.requires(other.length > 0, "a list after a message is empty");
        const ok = other.every((status) => status === CIMSessionStatusType.kCIM_SESSION_STATUS_OK);
        t.ensure(ok, "session_status 1 in every entry", `${show(other)}`);
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "SESS-02/newest-first",
      title: "sessions are listed by update time, newest first",
      steps: ["bob, carol and dave write to alice, a second apart, then bob again", "her list: bob, dave, carol"],
      waits: () => 4 * NEXT_SECOND_MS,
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const [bob, carol, dave] = [await t.freshLogin("bob"), await t.freshLogin("carol"), await t.freshLogin("dave")];
      for (const { peer } of [bob, carol, dave, bob]) {
        await sendMessage(t, peer, alice.user.user_id, "hello");
        await t.elapse(NEXT_SECOND_MS);
      }
      const list = await t.given("the session list", () => askSessions(alice.peer));
      const partners = [bob, dave, carol].map((one) => one.user.user_id);
      const order = list.contact_session_list.map((one) => one.session_id).filter((id) => partners.includes(id));
      t.equal(order, partners, "the order of the sessions (bob, dave, carol)");
    },
  ),
  defineCase(
    {
      id: "SESS-02/sorted-as-stated",
      title: "the order agrees with the update times in the list",
      steps: ["five users write to alice over some seconds", "updated_time never grows down the list"],
      waits: () => 2 * NEXT_SECOND_MS,
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      for (let index = 0; index < 5; index++) {
        const writer = await t.freshLogin(`writer-${index}`);
        await sendMessage(t, writer.peer, alice.user.user_id, "hello");
        if (index % 2 === 1) await t.elapse(NEXT_SECOND_MS);
      }
      const list = await t.given("the session list", () => askSessions(alice.peer));
      const times = list.contact_session_list.map((one) => one.updated_time);
      t.requires(times.length >= 5, `five users wrote, and ${times.length} sessions are listed`);
      const sorted = [...times].sort((a, b) => b - a);
      t.equal(times, sorted, "updated_time down the list");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "SESS-03/entry-fields",
      title: "an entry describes the newest message of the conversation",
      steps: ["alice sends bob two messages", "compare every field of bob's entry with the second"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const fields = { msg_type: CIMMsgType.kCIM_MSG_TYPE_FILE };
      const [, ack] = await sendMessages(t, alice.peer, bob.user.user_id, ["one", "two"], fields);
      const entry = entryOf(await askSessions(bob.peer), alice.user.user_id);
      t.equal(entry.session_type, SINGLE, "session_type");
      t.equal(entry.msg_id, ack?.client_msg_id, "msg_id");
      t.equal(entry.server_msg_id, ack?.server_msg_id, "server_msg_id");
      t.equal(entry.msg_type, CIMMsgType.kCIM_MSG_TYPE_FILE, "msg_type");
      t.equal(entry.msg_from_user_id, alice.user.user_id, "msg_from_user_id");
      t.equal(new TextDecoder().decode(entry.msg_data), "two", "msg_data");
      t.equal(entry.msg_status, CIMMsgStatus.kCIM_MSG_STATUS_NONE, "msg_status");
      t.equal([entry.msg_attach, entry.extend_data], ["", ""], "msg_attach and extend_data");
      const stamped = ack?.create_time ?? 0;
      const near = (time: number): boolean => Math.abs(time - stamped) <= 1;
      t.ensure(near(entry.msg_time_stamp), `msg_time_stamp is ${stamped}, within 1 s`, `it is ${entry.msg_time_stamp}`);
      t.ensure(near(entry.updated_time), `updated_time is ${stamped}, within 1 s`, `it is ${entry.updated_time}`);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "SESS-04/newest-of-both-directions",
      title: "the newest message is the newest of both directions",
      steps: ["alice writes to bob, bob answers", "both lists show bob's answer"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      await sendMessage(t, alice.peer, bob.user.user_id, "question");
      const ack = await sendMessage(t, bob.peer, alice.user.user_id, "answer");
      for (const [one, other] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        const list = await readSessions(t, one.peer);
        const entry = entriesOf(list, other.user.user_id)[0];
        t.equal(entry?.msg_id, ack.client_msg_id, `msg_id in ${one.peer.name}'s list`);
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "SESS-05/sum-of-unread",
      title: "unread_counts is the sum of the entries, and user_id is echoed",
      steps: ["alice sends bob three messages, carol two", "unread_counts is the sum; again after reading"],
    },
    async (t) => {
      const bob = await t.freshLogin("bob");
      const alice = await t.freshLogin("alice");
      const carol = await t.freshLogin("carol");
      await sendMessages(t, alice.peer, bob.user.user_id, ["1", "2", "3"]);
      await sendMessages(t, carol.peer, bob.user.user_id, ["1", "2"]);
      for (const moment of ["before reading", "after reading"]) {
        const list = await t.given("the session list", () => askSessions(bob.peer));
        const sum = sumOfUnread(list);
        t.requires(sum > 0, "five unread messages count as none");
        t.equal(list.unread_counts, sum, `unread_counts ${moment} (the sum of unread_cnt)`);
        t.equal(list.user_id, bob.user.user_id, "user_id");
        await markRead(t, bob.peer, carol.user.user_id);
      }
    },
  ),
  ...(["exit", "removal", "disband", "return"] as const).map((end) =>
    defineCase(
      {
        id: `SESS-05/sum-after-${end}`,
        capabilities: ["groups"],
        title: `unread_counts is the sum of the entries after a group with unread messages has ended in ${end}`,
        steps: [
          "alice sends bob two messages, and three to a group of his that he does not read",
          "he leaves it, is removed, leaves and comes back, or it is disbanded",
          "unread_counts is the sum of what is listed",
        ],
      },
      async (t) => {
        const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
        const group = await createGroup(t, alice.peer, [bob.user.user_id]);
        await sendMessages(t, alice.peer, bob.user.user_id, ["1", "2"]);
        await sendMessages(t, alice.peer, group, ["1", "2", "3"], { session_type: GROUP });
        await t.given("the session list", () => askSessions(bob.peer));
        if (end === "removal") await kick(t, alice.peer, group, [bob.user.user_id]);
        else if (end === "disband") await disband(t, alice.peer, group);
        else await leave(t, bob.peer, group);
        if (end === "return") await invite(t, alice.peer, group, [bob.user.user_id]);
        const list = await t.given("the session list", () => askSessions(bob.peer));
        const sum = sumOfUnread(list);
        t.equal(list.unread_counts, sum, "unread_counts (the sum of unread_cnt)");
      },
    ),
  ),
  ...alsoOverWebSocket(
    {
      id: "SESS-06/latest-update-time-ignored",
      level: "should",
      unless: ["session-filter"],
      title: "latest_update_time filters nothing",
      steps: [
        "alice writes to bob",
        "bob asks with latest_update_time 0, now and far ahead",
        "the same list each time",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      await sendMessage(t, alice.peer, bob.user.user_id, "hello");
      const all = await t.given("the session list", () => askSessions(bob.peer));
      t.requires(entriesOf(all, alice.user.user_id).length > 0, "the session with alice is not listed");
      for (const time of [1, Math.floor(Date.now() / 1_000), 0xffff_ffff]) {
        const list = await askSessions(bob.peer, time);
        const [got, expected] = [list, all].map((one) =>
          one.contact_session_list.map((entry) => entry.session_id).sort(),
        );
        t.equal(got, expected, `the sessions listed with latest_update_time ${time}`);
      }
    },
  ),
  defineCase(
    {
      id: "SESS-06/declared-filter",
      level: "should",
      capabilities: ["session-filter"],
      title: "a target that declares the filter lists what was updated later, and all for 0",
      steps: ["bob's list is empty for a time ahead", "for 0 and for a time long past it has all sessions"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      await sendMessage(t, alice.peer, bob.user.user_id, "hello");
      for (const time of [0, 1]) entryOf(await askSessions(bob.peer, time), alice.user.user_id);
      const ahead = await askSessions(bob.peer, Math.floor(Date.now() / 1_000) + 3_600);
      t.equal(ahead.contact_session_list.length, 0, "the number of sessions updated later than in an hour");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "SESS-08/group-moves-up-for-all",
      capabilities: ["groups"],
      title: "a group message moves the group up in every member's list",
      steps: [
        "alice and bob have a group",
        "carol writes to bob a second later",
        "alice writes to the group: it leads bob's list",
      ],
      waits: () => 3 * NEXT_SECOND_MS,
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const carol = await t.freshLogin("carol");
      const group = await createGroup(t, alice.peer, [bob.user.user_id]);
      await t.elapse(NEXT_SECOND_MS);
      await sendMessage(t, carol.peer, bob.user.user_id, "between");
      await t.elapse(NEXT_SECOND_MS);
      await sendMessage(t, alice.peer, group, "up", { session_type: GROUP });
      const list = await readSessions(t, bob.peer);
      const groupTime = entriesOf(list, group, GROUP)[0]?.updated_time ?? 0;
      const carolTime = entriesOf(list, carol.user.user_id)[0]?.updated_time ?? 0;
      t.requires(carolTime > 0, "the session with carol is missing");
      t.ensure(
        groupTime > carolTime,
        "the group was updated later than the session with carol",
        `${groupTime}, ${carolTime}`,
      );
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "SESS-09/invited-members-get-it",
      capabilities: ["groups"],
      title: "an invited member gets the group session at once",
      steps: ["alice has a group", "dave is taken in", "his list holds the group"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const dave = await t.freshLogin("dave");
      const group = await createGroup(t, alice.peer, []);
      await invite(t, alice.peer, group, [dave.user.user_id]);
      entryOf(await readSessions(t, dave.peer), group, GROUP);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "SESS-10/no-empty-session",
      capabilities: ["groups"],
      title: "a group session always shows a message: at first the notification of its creation",
      steps: ["alice creates a group", "her entry of the group has a message of type 9"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const group = await createGroup(t, alice.peer, []);
      const entry = entryOf(await readSessions(t, alice.peer), group, GROUP);
      t.equal(entry.msg_type, NOTIFICATION, "msg_type of the newest message");
      t.ensure(entry.msg_id !== "", "msg_id of the newest message is filled", "it is empty");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "SESS-11/robots-only",
      capabilities: ["robots"],
      needs: ["registration"],
      title: "is_robot_session is true for the robot sessions and for no other",
      steps: ["a fresh user writes to bob", "her two robot sessions are marked, the one with bob is not"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      await sendMessage(t, alice.peer, bob.user_id, "hello");
      const list = await readSessions(t, alice.peer);
      const marked = list.contact_session_list.filter((one) => one.is_robot_session).map((one) => one.session_id);
      t.equal(marked.sort(), [2_020_010_702n, 2_020_010_703n], "the sessions marked as robot sessions");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "SESS-12/answered-without-sessions",
      title: "a user without conversations of his own gets an answer whose counts agree",
      steps: ["a fresh user asks for sessions", "an answer comes: no session but those of the robots, and their sum"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("newcomer");
      const list = await askSessions(peer);
      const own = list.contact_session_list.filter((one) => !one.is_robot_session);
      if (t.around.accounts.registers) t.equal(own.length, 0, "sessions of a fresh user, robots left aside");
      if (list.contact_session_list.length === 0) t.equal(list.unread_counts, 0, "unread_counts of an empty list");
    },
  ),
  defineCase(
    {
      id: "SESS-12/empty-list",
      needs: ["tokens"],
      title: "a user without any session gets an empty list and unread_counts 0",
      steps: ["a user whom no robot greeted asks for sessions", "an answer comes, with an empty list and 0"],
    },
    async (t) => {
      const user = await t.userWithToken();
      const list = await askSessions(await t.login(user, "listed"));
      if (list.contact_session_list.length > 0) {
        t.remarks.push("the account has sessions already, so that its list could not be empty");
        return;
      }
      t.equal(list.unread_counts, 0, "unread_counts of an empty list");
    },
  ),
  ...(["leaving", "removal", "disbanding"] as const).flatMap((end) =>
    alsoOverWebSocket(
      {
        id: `SESS-13/after-${end}`,
        capabilities: ["groups"],
        title: `after ${end} the list shows no message that was sent later`,
        steps: [
          "bob is a member of alice's group and loses it",
          "alice writes to the group",
          "bob's list does not show it",
        ],
      },
      async (t) => {
        const alice = await t.freshLogin("alice");
        const bob = await t.freshLogin("bob");
        const carol = await t.freshLogin("carol");
        const group = await createGroup(t, alice.peer, [bob.user.user_id, carol.user.user_id]);
        const before = await sendMessage(t, alice.peer, group, "before", { session_type: GROUP });
        await t.given("delivery", () => pushOf(bob.peer, before.client_msg_id));
        if (end === "leaving") await leave(t, bob.peer, group);
        else if (end === "removal") await kick(t, alice.peer, group, [bob.user.user_id]);
        else await disband(t, alice.peer, group);
        const text = "for members only";
        const sent = alice.peer.send(commands.MSG_DATA, {
          from_user_id: alice.user.user_id,
          to_session_id: group,
          client_msg_id: t.random.uuid(),
          msg_type: TEXT,
          session_type: GROUP,
          msg_data: new TextEncoder().encode(text),
        });
        await t.given("sending afterwards", () => alice.peer.aftermath(sent));
        const entry = entriesOf(await readSessions(t, bob.peer), group, GROUP)[0];
        const shown = entry === undefined ? "not listed" : new TextDecoder().decode(entry.msg_data);
        t.ensure(shown !== text, "an older message, or no entry", "the message that was sent afterwards");
        if (end !== "disbanding")
          await t.given("carol's history", () => readHistory(t, carol.peer, { session: group, type: GROUP }));
      },
    ),
  ),
];

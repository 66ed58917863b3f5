import { commands } from "../../codegen/index.ts";
import { type ConformanceCase, show } from "../../harness/runner/index.ts";
import { defineCase } from "./define.ts";
import {
  createGroup,
  GROUP,
  markRead,
  message,
  pushOf,
  readHistory,
  readMembers,
  readSessions,
  sameIds,
  sendMessage,
  sendMessages,
} from "./setup/index.ts";

/** SYS: persistence and concurrency. */
export const sysCases: readonly ConformanceCase[] = [
  defineCase(
    {
      id: "SYS-01/survives-restart",
      needs: ["restart"],
      title: "users, messages, sessions, unread counts and counters survive a restart",
      steps: ["alice and bob chat, bob reads some", "restart the server", "all is as before; ids go on growing"],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      await sendMessages(t, alice.peer, bob.user.user_id, ["one", "two"]);
      await markRead(t, bob.peer, alice.user.user_id);
      const last = await sendMessage(t, alice.peer, bob.user.user_id, "three");
      const session = alice.user.user_id;
      const before = [await readHistory(t, bob.peer, { session }), await readSessions(t, bob.peer)].map(show);
      await t.restart();
      const again = await t.login(bob.user, "bob/again");
      const after = [await readHistory(t, again, { session }), await readSessions(t, again)].map(show);
      t.equal(after, before, "bob's history and sessions after the restart");
      const writer = await t.login(alice.user, "alice/again");
      const next = await sendMessage(t, writer, bob.user.user_id, "four");
      t.ensure(next.server_msg_id > last.server_msg_id, `an id above ${last.server_msg_id}`, `${next.server_msg_id}`);
    },
  ),
  defineCase(
    {
      id: "SYS-01/groups-survive-restart",
      needs: ["restart"],
      capabilities: ["groups"],
      title: "groups and their members survive a restart",
      steps: ["alice has a group with bob", "restart the server", "the members are as before, messages go through"],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.user()];
      const group = await createGroup(t, alice.peer, [bob.user_id]);
      await t.restart();
      const again = await t.login(alice.user, "alice/again");
      const reader = await t.login(bob, "bob");
      const members = await readMembers(t, again, group);
      t.ensure(sameIds(members, [alice.user.user_id, bob.user_id]), "alice and bob are members", members.join(", "));
      const ack = await sendMessage(t, again, group, "still here", { session_type: GROUP });
      await pushOf(reader, ack.client_msg_id);
    },
  ),
  defineCase(
    {
      id: "SYS-02/concurrent-senders-distinct-ids",
      capabilities: ["groups"],
      title: "concurrent senders to one conversation get distinct ids",
      steps: ["five members of a group send 20 messages each at the same time", "100 different ids"],
    },
    async (t) => {
      const members = await Promise.all(Array.from({ length: 5 }, (_, index) => t.freshLogin(`member-${index}`)));
      const [owner, ...others] = members;
      t.requires(owner !== undefined, "no members");
      if (!owner) return;
      const group = await createGroup(
        t,
        owner.peer,
        others.map((one) => one.user.user_id),
      );
      const sent = members.flatMap(({ peer }) =>
        Array.from({ length: 20 }, (_, index) => {
          const text = message(t, peer, group, `${peer.name} ${index}`, { session_type: GROUP });
          return { peer, sent: peer.send(commands.MSG_DATA, text) };
        }),
      );
      const ids = new Set<bigint>();
      for (const one of sent) {
        const ack = await t.given("an acknowledgement", () => one.peer.answer(one.sent));
        ids.add(ack.message.server_msg_id);
      }
      t.equal(ids.size, sent.length, "the number of different server_msg_ids");
    },
  ),
  defineCase(
    {
      id: "SYS-02/coming-going-and-writing",
      title: "many users who log in, write and leave at the same time corrupt nothing",
      steps: [
        "20 users three times log in, write to bob and are cut off",
        "bob's histories hold what was acknowledged",
      ],
    },
    async (t) => {
      const bob = await t.freshLogin("bob");
      const users = await t.users(20);
      const acknowledged = await Promise.all(
        users.map(async (user, index) => {
          const ids: string[] = [];
          for (let round = 1; round <= 3; round++) {
            const peer = await t.login(user, `user-${index}/${round}`);
            ids.push((await sendMessage(t, peer, bob.user.user_id, `round ${round}`)).client_msg_id);
            if (round % 2 === 0) peer.reset();
            else peer.close();
          }
          return ids;
        }),
      );
      for (const [index, user] of users.entries()) {
        const rows = await readHistory(t, bob.peer, { session: user.user_id });
        t.equal(
          rows.map((row) => row.client_msg_id),
          acknowledged[index],
          `bob's history with user ${user.user_id}`,
        );
      }
    },
  ),
];

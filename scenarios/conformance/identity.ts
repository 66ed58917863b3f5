import { type Command, commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, Peer } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import {
  actingCommands,
  createGroup,
  type Forgery,
  forge,
  GROUP,
  isAboutCalls,
  isAboutGroups,
  markRead,
  message,
  needsCall,
  pushesOf,
  pushFence,
  readHistory,
  readMembers,
  readSessions,
  readUnread,
  ringBetween,
  SINGLE,
  sameIds,
  saysDone,
  sendMessage,
  sendMessages,
} from "./setup/index.ts";

/** A victim with everything that an impostor might be after, and the impostor. */
interface Scene extends Forgery {
  readonly victimPeer: Peer;
  readonly friendPeer: Peer;
  readonly mallory: Peer;
}

/** Alice (the victim) and bob have written to each other; mallory is logged in. */
async function scene(t: CaseContext, withGroup: boolean, withCall: boolean = false): Promise<Scene> {
  const alice = await t.freshLogin("alice");
  const bob = await t.freshLogin("bob");
  const mallory = await t.freshLogin("mallory");
  const received = await sendMessages(t, bob.peer, alice.user.user_id, ["for alice", "for alice again"]);
  const sent = await sendMessage(t, alice.peer, bob.user.user_id, "for bob");
  const group = withGroup ? await createGroup(t, alice.peer, [bob.user.user_id]) : 1n;
  const call = withCall ? await ringBetween(t, bob, alice) : undefined;
  return {
    victim: alice.user.user_id,
    victimPeer: alice.peer,
    friend: bob.user.user_id,
    friendPeer: bob.peer,
    impostor: mallory.user.user_id,
    mallory: mallory.peer,
    group,
    messageIds: [...received, sent].map(({ client_msg_id }) => client_msg_id),
    freshId: t.random.uuid(),
    channel: call?.channel,
  };
}

/** What the friend and the victim would be told of a call. */
function toldOfCalls({ friendPeer, victimPeer }: Scene): number {
  const told = [commands.VOIP_INVITE_REQ, commands.VOIP_INVITE_REPLY, commands.VOIP_BYE_NOTIFY] as Command[];
  const inboxes = [friendPeer.inbox, victimPeer.inbox];
  return inboxes.flatMap((inbox) => told.flatMap((command) => inbox.all(command))).length;
}

/** LOGIN-17: nobody acts in another user's name. */
export const identityCases: readonly ConformanceCase[] = [
  ...actingCommands.map((command) =>
    defineCase(
      {
        id: `LOGIN-17/${command.name.toLowerCase().replaceAll("_", "-")}`,
        ...(isAboutGroups(command) && { capabilities: ["groups"] as const }),
        ...(isAboutCalls(command) && { capabilities: ["calls"] as const }),
        title: `${command.name} in another user's name is not done`,
        steps: [
          "alice and bob have written to each other",
          `mallory sends ${command.name} in alice's name`,
          "it is refused",
        ],
      },
      async (t) => {
        const at = await scene(t, isAboutGroups(command), needsCall(command));
        const told = toldOfCalls(at);
        const sent = at.mallory.send(command, forge(command, at) as never, { wrong: "in another user's name" });
        if (command.replyId !== undefined) await t.refused(at.mallory, sent, saysDone);
        else await t.given("a fence", () => at.mallory.fence());
        const own = await t.given("a request in mallory's own name", () => readSessions(t, at.mallory));
        t.ensure(
          own.user_id === at.mallory.self,
          "mallory is served in her own name afterwards",
          `the answer is for user ${own.user_id}`,
        );
        for (const one of [at.friendPeer, at.victimPeer]) await t.given(`a fence by ${one.name}`, () => one.fence());
        t.equal(toldOfCalls(at), told, "the number of packets about calls that alice and bob have got");
      },
    ),
  ),

  ...alsoOverWebSocket(
    {
      id: "LOGIN-17/forged-message-has-no-effect",
      title: "a message in another user's name reaches nobody and is stored nowhere",
      steps: ["mallory writes to bob in alice's name", "bob gets nothing; the history of alice and bob is as before"],
    },
    async (t) => {
      const at = await scene(t, false);
      const before = await readHistory(t, at.friendPeer, { session: at.victim });
      const forged = message(t, at.mallory, at.friend, "forged", { from_user_id: at.victim });
      at.mallory.send(commands.MSG_DATA, forged, { wrong: "in alice's name" });
      await t.given("a fence", () => at.mallory.fence());
      await pushFence(t, at.mallory, at.friendPeer, { id: at.friend, type: SINGLE });
      t.equal(pushesOf(at.friendPeer, forged.client_msg_id).length, 0, "pushes of the forged message to bob");
      t.equal(await readHistory(t, at.friendPeer, { session: at.victim }), before, "bob's history with alice");
    },
  ),
  defineCase(
    {
      id: "LOGIN-17/forged-receipt-has-no-effect",
      title: "a read receipt in another user's name changes no counter and tells nobody",
      steps: [
        "alice has unread messages of bob",
        "mallory reads them in alice's name",
        "the count stays, bob is not told",
      ],
    },
    async (t) => {
      const at = await scene(t, false);
      const before = await readUnread(t, at.victimPeer, at.friend);
      t.requires(before > 0, "alice has no unread messages");
      const receipt = { user_id: at.victim, session_id: at.friend, msg_id: 0n, session_type: SINGLE };
      at.mallory.send(commands.MSG_READ_ACK, receipt, { wrong: "in alice's name" });
      await t.given("a fence", () => at.mallory.fence());
      await pushFence(t, at.mallory, at.friendPeer, { id: at.friend, type: SINGLE });
      t.equal(await readUnread(t, at.victimPeer, at.friend), before, "alice's unread count");
      t.equal(at.friendPeer.seen(commands.MSG_READ_NOTIFY).length, 0, "read notifies to bob");
    },
  ),
  defineCase(
    {
      id: "LOGIN-17/forged-group-requests-have-no-effect",
      capabilities: ["groups"],
      title: "creating, inviting, removing, leaving and disbanding in another user's name change no group",
      steps: [
        "alice has a group with bob",
        "mallory sends each request in alice's name",
        "group and lists are as before",
      ],
    },
    async (t) => {
      const at = await scene(t, true);
      const mine = { user_id: at.victim, group_id: at.group };
      const wrong = { wrong: "in alice's name" };
      const members = [at.mallory.self ?? 0n];
      at.mallory.send(commands.GROUP_CREATE_DEFAULT_REQ, { user_id: at.victim, group_name: "forged" }, wrong);
      at.mallory.send(commands.GROUP_INVITE_MEMBER_REQ, { ...mine, member_id_list: members }, wrong);
      at.mallory.send(commands.GROUP_KICK_OUT_MEMBER_REQ, { ...mine, member_id_list: [at.friend] }, wrong);
      at.mallory.send(commands.GROUP_EXIT_REQ, { ...mine, user_id: at.friend }, wrong);
      at.mallory.send(commands.GROUP_DISBINGDING_REQ, mine, wrong);
      await t.given("a fence", () => at.mallory.fence());
      const now = await readMembers(t, at.victimPeer, at.group);
      t.ensure(
        sameIds(now, [at.victim, at.friend]),
        "alice and bob are the members as before",
        `members ${now.join(", ")}`,
      );
      const list = await t.given("the group list", () =>
        at.victimPeer.ask(commands.GROUP_LIST_REQ, { user_id: at.victim }),
      );
      t.equal(
        list.group_version_list.map((one) => one.group_id),
        [at.group],
        "alice's groups",
      );
      await sendMessage(t, at.victimPeer, at.group, "still alive", { session_type: GROUP });
    },
  ),
  defineCase(
    {
      id: "LOGIN-17/own-requests-go-on",
      title: "what was refused in another's name is done in one's own",
      steps: ["alice asks for sessions and history and reads, in her own name", "all of it works"],
    },
    async (t) => {
      const at = await scene(t, false);
      t.ensure((await readHistory(t, at.victimPeer, { session: at.friend })).length === 3, "three messages", "others");
      await markRead(t, at.victimPeer, at.friend);
      t.equal(await readUnread(t, at.victimPeer, at.friend), 0, "alice's unread count after reading");
    },
  ),
];

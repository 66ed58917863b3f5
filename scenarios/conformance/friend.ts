import { type CIMUserInfo, commands } from "../../codegen/index.ts";
import { type CaseContext, type ConformanceCase, NotApplicable, type Peer } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import {
  ACCEPTED,
  freshName,
  logIn,
  message,
  NAME_CONTENTS,
  pushOf,
  register,
  registration,
  SUCCESS,
  textOfCharacters,
} from "./setup/index.ts";

/** Most users of the list (FRIEND-01). */
const LIST_LIMIT = 50;

async function ask(peer: Peer): Promise<{ user_id: bigint; user_info_list: CIMUserInfo[] }> {
  return await peer.ask(commands.FRIEND_QUERY_USER_LIST_REQ, { user_id: peer.self ?? 0n });
}

async function someUsers(t: CaseContext): Promise<Peer> {
  await t.users(3);
  return (await t.freshLogin("alice")).peer;
}

/** FRIEND: the list of registered users. */
export const friendCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "FRIEND-01/at-most-fifty",
      title: "the list has up to 50 users, each with id and nickname, and echoes user_id",
      steps: ["four users register", "alice asks for the list"],
    },
    async (t) => {
      const peer = await someUsers(t);
      const answer = await ask(peer);
      const count = answer.user_info_list.length;
      t.ensure(count >= 3 && count <= LIST_LIMIT, "3 to 50 users", `${count}`);
      t.equal(answer.user_id, peer.self, "user_id");
      const bare = answer.user_info_list.filter((user) => user.user_id === 0n || user.nick_name === "");
      t.equal(bare.length, 0, "users without id or nickname");
    },
  ),
  defineCase(
    {
      id: "FRIEND-01/without-oneself",
      title: "the one who asks is not in the list",
      steps: ["a user who just registered asks for the list", "it is without her"],
    },
    async (t) => {
      const peer = await someUsers(t);
      const { user_info_list } = await t.given("the user list", () => ask(peer));
      t.requires(user_info_list.length > 0, "the list is empty, though users have registered");
      t.ensure(!user_info_list.some((user) => user.user_id === peer.self), "a list without oneself", "one's own id");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "FRIEND-02/no-duplicates",
      title: "nobody is listed twice, and the nicknames are right",
      steps: ["users register", "ask for the list", "no id twice; a nickname known to the suite is as registered"],
    },
    async (t) => {
      const users = await t.users(4);
      const { peer } = await t.freshLogin("alice");
      const { user_info_list } = await t.given("the user list", () => ask(peer));
      const ids = user_info_list.map((user) => user.user_id);
      t.requires(ids.length > 0, "the list is empty, though users have registered");
      t.equal(new Set(ids).size, ids.length, "the number of different ids (of all listed)");
      if (!t.around.accounts.registers) return;
      for (const listed of user_info_list) {
        const known = users.find((user) => user.user_id === listed.user_id);
        if (known) t.equal(listed.nick_name, known.nick_name, `the nickname of user ${known.user_id}`);
      }
    },
  ),
  defineCase(
    {
      id: "FRIEND-02/nicknames-of-any-text",
      capabilities: ["verbatim-names"],
      needs: ["http"],
      title: "nicknames of 32 characters are listed as they are, whatever they are made of",
      steps: [
        "register users with nicknames of 32 characters, one of each content; their logins return them",
        "those of them that are listed have the same nicknames",
      ],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const nicknames = new Map<bigint, string>();
      for (const content of NAME_CONTENTS) {
        const userName = freshName(t);
        const userNickName = textOfCharacters(content, 32);
        const code = await register(t, registration(t, { userName, userNickName }));
        t.requires(code === SUCCESS, `a nickname of ${content} cannot be registered`);
        const { user_info } = await logIn(t, userName);
        t.requires(user_info?.nick_name === userNickName, `a login returns another nickname of ${content}`);
        nicknames.set(user_info?.user_id ?? 0n, userNickName);
      }
      let listed = 0;
      // A target may choose whom it lists: what it does not show now it may show the next time.
      for (let attempt = 1; attempt <= 5 && listed === 0; attempt++) {
        const { user_info_list } = await t.given("the user list", () => ask(peer));
        for (const { user_id, nick_name } of user_info_list) {
          const registered = nicknames.get(user_id);
          if (registered === undefined) continue;
          listed++;
          t.equal(nick_name, registered, `the nickname of user ${user_id}`);
        }
      }
      if (listed === 0) throw new NotApplicable("the target lists others than those who have just registered");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "FRIEND-03/anybody-writes",
      title: "any user may write to any other, without friendship",
      steps: ["alice, a stranger to bob, writes to him", "acknowledged and delivered"],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const text = message(t, alice.peer, bob.user.user_id, "hello stranger");
      t.equal((await alice.peer.ask(commands.MSG_DATA, text)).res_code, ACCEPTED, "res_code");
      await pushOf(bob.peer, text.client_msg_id);
    },
  ),
];

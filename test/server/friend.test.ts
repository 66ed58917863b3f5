import { expect, test } from "vitest";
import { type CIMUserInfo, commands } from "../../codegen/index.ts";
import type { CimClient } from "../../harness/client/index.ts";
import { onEachStore } from "./fixture.ts";

async function usersSeenBy(client: CimClient): Promise<CIMUserInfo[]> {
  const answer = await client.request(commands.FRIEND_QUERY_USER_LIST_REQ, { user_id: client.userId });
  expect(answer.user_id).toBe(client.userId);
  return answer.user_info_list;
}

onEachStore("the user list", {}, (fixture) => {
  test("names all other users with their nicknames while they are few, newest first (FRIEND-01, FRIEND-02)", async () => {
    const first = await fixture.newClient("Erste");
    expect(await usersSeenBy(first)).toEqual([]);
    const second = await fixture.newClient("第二");
    const third = await fixture.newClient('3 "😀"');
    expect((await usersSeenBy(first)).map(({ user_id, nick_name }) => [user_id, nick_name])).toEqual([
      [third.userId, '3 "😀"'],
      [second.userId, "第二"],
    ]);
    expect((await usersSeenBy(third)).map(({ nick_name }) => nick_name)).toEqual(["第二", "Erste"]);
  });

  test("names no more than 50 (FRIEND-01)", async () => {
    const client = await fixture.newClient();
    await Promise.all(Array.from({ length: 55 }, () => fixture.newAccount()));
    const users = await usersSeenBy(client);
    expect(users).toHaveLength(50);
    expect(new Set(users.map(({ user_id }) => user_id)).size).toBe(50);
    expect(users.map(({ user_id }) => user_id)).not.toContain(client.userId);
  });

  test("is given to nobody in another's name (LOGIN-17)", async () => {
    const client = await fixture.newClient();
    const asked = client.request(commands.FRIEND_QUERY_USER_LIST_REQ, { user_id: client.userId + 1n });
    const outcome = asked.then(
      () => "answered",
      (error: Error) => error.message,
    );
    // Answers keep the order of the requests: it would have come before the heartbeat's.
    expect(await Promise.race([outcome, client.heartbeat().then(() => "ignored")])).toBe("ignored");
  });
});

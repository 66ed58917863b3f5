import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CimClient, type ClientError, passwordDigest } from "../../harness/client/index.ts";
import { Fixture, onEachStore } from "./fixture.ts";

interface Answer {
  error_code: number;
  error_msg: string;
  nick_name?: string;
}

const PASSWORD = "the password";

async function register(
  fixture: Fixture,
  userName: string,
  userNickName = "Nick",
  password = PASSWORD,
): Promise<Answer> {
  const response = await fetch(`${fixture.http}/user/register`, {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ userName, userNickName, userPwd: passwordDigest(password) }),
  });
  return (await response.json()) as Answer;
}

async function nicknameOf(fixture: Fixture, user_id: bigint): Promise<Answer> {
  return (await (await fetch(`${fixture.http}/user/nickname/query?user_id=${user_id}`)).json()) as Answer;
}

async function login(fixture: Fixture, user_name: string, password = PASSWORD): Promise<CimClient> {
  const client = await CimClient.connect(fixture.tcp);
  await client.login({ user_name, password });
  return client;
}

onEachStore("the HTTP API", {}, (fixture) => {
  test("who registers can log in and be looked up (HTTP-01, HTTP-14, LOGIN-13)", async () => {
    expect(await register(fixture, "alice", "Alice")).toEqual({ error_code: 200, error_msg: "success" });
    using client = await login(fixture, "alice");
    expect(client.user).toMatchObject({ nick_name: "Alice" });
    expect(await nicknameOf(fixture, client.userId)).toEqual({
      error_code: 0,
      error_msg: "success",
      nick_name: "Alice",
    });
    expect(await nicknameOf(fixture, 1n << 50n)).toMatchObject({ error_code: 9002, nick_name: "" });
  });

  test("of several registrations of one name at once exactly one succeeds (HTTP-08)", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => register(fixture, "contested", `Nick ${n}`, `password ${n}`)),
    );
    const codes = answers.map(({ error_code }) => error_code).sort();
    expect(codes).toEqual([200, ...Array<number>(19).fill(9000)]);
    const winner = answers.findIndex(({ error_code }) => error_code === 200);
    using client = await login(fixture, "contested", `password ${winner}`);
    expect(client.user?.nick_name).toBe(`Nick ${winner}`);
    const loser = await CimClient.connect(fixture.tcp);
    const refused = loser.login({ user_name: "contested", password: `password ${(winner + 1) % 20}` });
    await expect(refused).rejects.toMatchObject({ resultCode: 2003 });
    loser.close();
  });

  test.each(["o'hara\"", "back\\slash", "größe", "用户名字", "😀😀😀", "a;b--c%d_e"])(
    "the name %j is kept as it is (HTTP-10)",
    async (name) => {
      expect((await register(fixture, name, name)).error_code).toBe(200);
      expect((await register(fixture, name, name)).error_code).toBe(9000);
      using client = await login(fixture, name);
      expect(client.user?.nick_name).toBe(name);
      expect((await nicknameOf(fixture, client.userId)).nick_name).toBe(name);
    },
  );

  test("blanks around name, nickname and password are removed (HTTP-09)", async () => {
    expect((await register(fixture, "  trimmed\t", " \n Trim ")).error_code).toBe(200);
    expect((await register(fixture, "trimmed")).error_code).toBe(9000);
    using client = await login(fixture, "trimmed");
    expect(client.user?.nick_name).toBe("Trim");
  });

  test("registration makes the robots' sessions and nothing for those that were refused (HTTP-12)", async () => {
    await register(fixture, "greeted");
    await register(fixture, "greeted");
    using client = await login(fixture, "greeted");
    expect(await client.sessions()).toMatchObject({ unread_counts: 2, contact_session_list: { length: 2 } });
  });

  test("an unknown name and a wrong password cannot be told apart (LOGIN-04)", async () => {
    await register(fixture, "existing");
    const client = await CimClient.connect(fixture.tcp);
    const outcomes = await Promise.allSettled([
      client.login({ user_name: "existing", password: "wrong" }),
      client.login({ user_name: "not existing", password: "wrong" }),
      client.login({ user_name: "", user_pwd: "" }),
    ]);
    client.close();
    const [first, ...others] = outcomes.map((outcome) =>
      outcome.status === "rejected" ? (outcome.reason as ClientError) : undefined,
    );
    expect(first).toMatchObject({ code: "login-refused", resultCode: 2003 });
    for (const other of others) expect(other?.message).toBe(first?.message);
  });
});

test("no more accounts are made than the hourly limit allows (HTTP-13)", async () => {
  await using fixture = await Fixture.start({ registrationsPerHour: 2 });
  const codes: number[] = [];
  for (const name of ["first", "second", "third"]) codes.push((await register(fixture, name)).error_code);
  expect(codes).toEqual([200, 200, 201]);
  // What the checks refuse does not count, and is told first.
  expect((await register(fixture, "x")).error_code).toBe(9001);
});

describe("a flood of logins", () => {
  // Each password takes about a tenth of a second, so that the queue overflows at once.
  const fixture = new Fixture({ passwordCost: 16 });
  beforeAll(() => fixture.start());
  afterAll(() => fixture[Symbol.asyncDispose]());

  test("is answered with 201 beyond the queue, and others are served meanwhile (LOGIN-07, LOGIN-16)", async () => {
    await register(fixture, "bystander");
    using bystander = await login(fixture, "bystander");
    const clients = await Promise.all(Array.from({ length: 1100 }, () => CimClient.connect(fixture.tcp)));
    let over = false;
    const flood = Promise.all(
      clients.map((client) =>
        client.login({ user_name: "bystander", password: "wrong" }).then(
          () => 200,
          (error: ClientError) => error.resultCode,
        ),
      ),
    ).finally(() => {
      over = true;
    });
    let served = 0;
    while (!over) {
      await bystander.heartbeat();
      served++;
    }
    const codes = await flood;
    for (const client of clients) client.close();
    expect(new Set(codes)).toEqual(new Set([201, 2003]));
    expect(served).toBeGreaterThan(3);
    // The queue is free again.
    using again = await login(fixture, "bystander");
    expect(again.userId).toBe(bystander.userId);
  });
});

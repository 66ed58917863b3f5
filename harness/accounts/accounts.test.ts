import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { passwordDigest } from "../client/index.ts";
import { type AccountShare, openAccounts, registeredAccounts, takeAccounts, templateAccounts } from "./index.ts";
import { readPassword } from "./password.ts";
import { Secrets } from "./secrets.ts";
import { parseUsers } from "./users-file.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-accounts-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.txt`);
  writeFileSync(path, text);
  return path;
}

/** An HTTP API that keeps names and measures how many requests are under way. */
async function startApi(answer?: (body: string) => object | undefined) {
  const names = new Set<string>();
  const seen = { most: 0, contentTypes: new Set<string | undefined>() };
  let underWay = 0;
  const read = async (request: IncomingMessage): Promise<string> => (await request.toArray()).join("");
  const server = createServer(async (request, response) => {
    seen.most = Math.max(seen.most, ++underWay);
    seen.contentTypes.add(request.headers["content-type"]);
    const body = await read(request);
    const { userName } = JSON.parse(body) as { userName: string };
    const code = names.has(userName) ? 9000 : 200;
    names.add(userName);
    await new Promise((resolve) => setImmediate(resolve));
    underWay--;
    response.end(JSON.stringify(answer?.(body) ?? { error_code: code, error_msg: "" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { http, names, seen, [Symbol.asyncDispose]: stop };
}

describe("register", () => {
  test("the same seed gives the same accounts on a fresh server, another seed others", async () => {
    const runs: unknown[] = [];
    for (const seed of [1, 1, 2]) {
      await using api = await startApi();
      runs.push(await takeAccounts(registeredAccounts(api.http, { seed }), 3));
    }
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]).not.toEqual(runs[2]);
  });

  test("names are fresh even when the server knows those of this seed", async () => {
    await using api = await startApi();
    const first = await takeAccounts(registeredAccounts(api.http, { seed: 1 }), 30);
    const second = await takeAccounts(registeredAccounts(api.http, { seed: 1 }), 30);
    const names = [...first, ...second].map(({ user_name }) => user_name);
    expect(new Set(names).size).toBe(60);
    expect(api.names.size).toBe(60);
    for (const name of names) expect(Buffer.byteLength(name)).toSatisfy((n: number) => n >= 5 && n <= 32);
  });

  test("no more registrations are under way than allowed, each in the form that every server takes (HTTP-02)", async () => {
    await using api = await startApi();
    await takeAccounts(registeredAccounts(api.http, { seed: 1 }), 50, 4);
    expect(api.seen.most).toBeLessThanOrEqual(4);
    expect([...api.seen.contentTypes]).toEqual(["application/json; charset=utf-8"]);
  });

  test("a refusal and a server that is not there are target errors that say what happened", async () => {
    await using api = await startApi(() => ({ error_code: 201, error_msg: "server internal error" }));
    await expect(registeredAccounts(api.http, { seed: 1 }).take()).rejects.toThrow(/code 201 "server internal error"/);
    const http = api.http;
    await api[Symbol.asyncDispose]();
    const attempt = registeredAccounts(http, { seed: 1 }).take();
    await expect(attempt).rejects.toThrow(expect.objectContaining({ code: "target" }));
    await expect(attempt).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe("template", () => {
  test("numbers go into the pattern, padded on request", async () => {
    const names = async (pattern: string): Promise<string[]> =>
      (await takeAccounts(templateAccounts(pattern, "secret"), 2)).map(({ user_name }) => user_name);
    expect(await names("load{n}")).toEqual(["load1", "load2"]);
    expect(await names("u{n:5}x")).toEqual(["u00001x", "u00002x"]);
    expect(() => templateAccounts("load", "secret")).toThrow(expect.objectContaining({ code: "usage" }));
  });

  test("the password comes from the environment or a file, never from an option's value", () => {
    const path = fileWith("from file\n");
    expect(readPassword(undefined, { CUPPING_PASSWORD: "from environment" })).toBe("from environment");
    expect(readPassword(undefined, { CUPPING_PASSWORD: `@${path}` })).toBe("from file");
    expect(readPassword(`@${path}`, {})).toBe("from file");
    expect(() => readPassword("secret", {})).toThrow("--user-password takes @FILE");
    expect(() => readPassword(undefined, {})).toThrow("set the environment variable CUPPING_PASSWORD");
    expect(() => readPassword("@/no/such/file", {})).toThrow("cannot be read");
    expect(() => readPassword(`@${fileWith("")}`, {})).toThrow("only line");
  });
});

describe("file", () => {
  test("columns are found by name or by place; ids keep their full range", () => {
    const account = { user_name: "neo", user_pwd: passwordDigest("a,b"), nick_name: "neo" };
    expect(parseUsers('18446744073709551615,neo,"a,b",tok\n', "users.csv", new Secrets())).toEqual([
      { ...account, user_id: 2n ** 64n - 1n, user_token: "tok" },
    ]);
    expect(parseUsers('# ours\r\npassword,user_name\r\n"a,b",neo\r\n', "users.csv", new Secrets())).toEqual([account]);
  });

  test.each([
    ["user_name,passwort\na,b", "line 1: column 2 has no name that is known"],
    ["user_id,user_name\n1,a", 'line 1: the column "password" is missing'],
    ["1,a,b,c,d", "line 1: 5 cells where 4 are expected"],
    ["1,a,p\nx,b,p", "line 2: the user_id is not a whole number"],
    ["1,,p", "line 1: the user_name is empty"],
    ["1,a,", "line 1: the password is empty"],
    ["1,a,p\n2,a,p", "the user_name is already in line 1"],
    ['1,a,"p\n2,b,p', "line 1: a quote"],
    ["", "holds no account"],
    ["user_id;user_name;password\n1;a;p", "line 1: the cells are separated by semicolons; expected commas"],
    ["# ours\n1\ta\tp", "line 2: the cells are separated by tabs; expected commas"],
  ])("%j is refused with its line", (text, reason) => {
    expect(() => parseUsers(text, "users.csv", new Secrets())).toThrow(expect.objectContaining({ code: "usage" }));
    expect(() => parseUsers(text, "users.csv", new Secrets())).toThrow(reason);
  });

  test("accounts with a token are kept for whoever needs one, and running out is said", async () => {
    const path = fileWith("user_id,user_name,password,token\n1,a,p,tok\n2,b,p,\n");
    const source = openAccounts({ users: `file:${path}`, http: undefined, seed: 1 });
    expect(source.size).toBe(2);
    expect((await source.take()).user_name).toBe("b");
    expect(await source.takeWithToken?.()).toMatchObject({ user_name: "a", user_id: 1n, user_token: "tok" });
    await expect(source.take()).rejects.toThrow(`${path} holds 2 accounts, but the run needs more`);
  });
});

test.each([
  [{ http: undefined }, "cannot be registered; give --http or --users"],
  [{ users: "register", http: undefined }, "needs the target's HTTP API"],
  [{ users: "nobody", http: "http://x" }, '--users "nobody" is not known'],
  [{ users: "template", http: undefined }, "needs --user-template"],
  [{ users: "register", userTemplate: "load{n}", http: "http://x" }, "belongs to --users template"],
  [{ users: "file:/no/such/users.csv", http: undefined }, "cannot be read"],
])("%o is refused in one sentence", (options, reason) => {
  expect(() => openAccounts({ seed: 1, ...options })).toThrow(expect.objectContaining({ code: "usage" }));
  expect(() => openAccounts({ seed: 1, ...options })).toThrow(reason);
});

test("several runs share out one load's accounts: each has its own, whatever they come from", async () => {
  const lines = ["1,a,p,tok", "2,b,p,", "3,c,p,tok", "4,d,p,", "5,e,p,"];
  const users = `file:${fileWith(["user_id,user_name,password,token", ...lines, ""].join("\n"))}`;
  const shareOf = (first: number, count: number): AccountShare => ({ first, count, of: 5 });
  const namesOf = async (share: AccountShare, options: object): Promise<string[]> => {
    const source = openAccounts({ seed: 1, http: undefined, share, ...options });
    return (await takeAccounts(source, share.count)).map(({ user_name }) => user_name);
  };
  // Loads take those with a token first.
  const listed = await Promise.all([shareOf(0, 3), shareOf(3, 2)].map((share) => namesOf(share, { users })));
  expect(listed.map((names) => names.sort())).toEqual([
    ["a", "b", "c"],
    ["d", "e"],
  ]);
  const source = openAccounts({ seed: 1, http: undefined, share: shareOf(3, 2), users });
  await expect(takeAccounts(source, 3)).rejects.toThrow("holds 2 accounts, but the run needs more");
  expect(() => openAccounts({ seed: 1, http: undefined, share: { first: 0, count: 3, of: 6 }, users })).toThrow(
    "holds 5 accounts, and all slices together need 6: every slice is given the same whole file",
  );
  const template = { userTemplate: "load{n}", userPassword: `@${fileWith("secret")}` };
  expect(await namesOf(shareOf(3, 2), template)).toEqual(["load4", "load5"]);
});

test("accounts that log in by token alone need an id and a token, and nothing else", () => {
  const secrets = new Secrets();
  const [plain, named] = parseUsers(
    "user_id,token\n1993,long-random-token\n1994,another-token\n",
    "t.csv",
    secrets,
    true,
  );
  expect(plain).toMatchObject({ user_id: 1993n, user_token: "long-random-token" });
  expect(named?.user_id).toBe(1994n);
  expect(parseUsers("1993,trinity,,long-random-token", "t.csv", secrets, true)).toMatchObject([{ user_id: 1993n }]);
  expect(() => parseUsers("1993,trinity,,", "t.csv", secrets, true)).toThrow("t.csv, line 1: the token is empty");
  expect(() => parseUsers("1993,trinity,,long-random-token", "t.csv", secrets)).toThrow(
    "t.csv, line 1: the password is empty; an account with a token alone is for --token-users",
  );
});

import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseUsersFile, readUsersFile } from "./users-file.ts";

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

test("reads the four columns, with and without a header line", () => {
  const users = [
    { user_id: 1992n, user_name: "neo", password: md5("secret"), token: "12345" },
    { user_id: 9007199254740991n, user_name: "trinity", password: undefined, token: "t-2" },
  ];
  const lines = "1992,neo,secret,12345\n9007199254740991,trinity,,t-2\n";
  expect(parseUsersFile(lines)).toEqual(users);
  expect(parseUsersFile(`user_id,user_name,password,token\r\n${lines.replaceAll("\n", "\r\n")}`)).toEqual(users);
});

test("reads columns in the order of the header, which may leave out ids and tokens", () => {
  expect(parseUsersFile('password,user_name\n"a, ""b""  ",  neo \n')).toEqual([
    { user_id: undefined, user_name: "neo", password: md5('a, "b"  '), token: undefined },
  ]);
});

test("leaves out empty lines and comments and still counts them", () => {
  expect(parseUsersFile("# people\n\n1,alice,pw,\n\n")).toHaveLength(1);
  expect(() => parseUsersFile("# people\n\n1,alice,pw,\n\nx,bobby,pw,\n")).toThrow(
    /^line 5: user_id is not a whole number/,
  );
});

test.each([
  ["1,alice,pw", /^line 1: has 3 fields; expected 4: user_id,user_name,password,token/],
  ["0,alice,pw,", /^line 1: user_id is not a whole number from 1 to/],
  ["18446744073709551616,alice,pw,", /^line 1: user_id is not a whole number from 1 to/],
  ["2020010702,alice,pw,", /^line 1: user_id belongs to a robot/],
  ["-4,alice,pw,", /^line 1: user_id is not a whole number from 1 to/],
  ["1,,pw,", /^line 1: user_name is empty/],
  ["1,alice,,", /^line 1: has neither a password nor a token/],
  ["1,alice,pw,\n1,bobby,pw,", /^line 2: the same user_id stands on line 1 already/],
  ["1,alice,pw,\n2,alice,pw,", /^line 2: the same user_name stands on line 1 already/],
  ["user_id,name,password,token\n", /^line 1: column 2 has no name that is known; expected user_id,user_name/],
  ["user_id,password,token\n", /^line 1: the column "user_name" is missing/],
  ['1,"alice,pw,\n', /^line 1: a quote that is never closed/],
  ['1,al"ice,pw,\n', /^line 1: a quote inside a field/],
  ['1,"alice"x,pw,\n', /^line 1: text behind a closing quote/],
])("refuses %j and says where", (text, message) => {
  expect(() => parseUsersFile(text)).toThrow(expect.objectContaining({ code: "bad-users-file" }));
  expect(() => parseUsersFile(text)).toThrow(message);
});

test("names the file in its errors", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cupping-users-"));
  try {
    const path = join(folder, "users.csv");
    await writeFile(path, "1,alice,pw\n");
    await expect(readUsersFile(path)).rejects.toThrow(`${path}, line 1: has 3 fields`);
    await expect(readUsersFile(join(folder, "none.csv"))).rejects.toThrow(/^cannot read the users file .*none\.csv/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

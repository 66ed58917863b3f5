import { expect, test } from "vitest";
import { hideInError } from "./hide-in-error.ts";
import { Secrets } from "./secrets.ts";

const account = { user_name: "margarete", user_pwd: "5f4dcc3b5aa765d61d8327deb882cf99", user_token: "tok-4711" };

function secrets(): Secrets {
  const home = new Secrets();
  home.add(account);
  home.addPassword("password before the digest");
  return home;
}

test("names, passwords and tokens are blotted out of bytes wherever they lie", () => {
  const bytes = Buffer.from(`..${account.user_name}..${account.user_pwd}..${account.user_token}..`);
  expect(Buffer.from(secrets().hideInBytes(bytes)).toString()).toBe(
    `..${"*".repeat(9)}..${"*".repeat(32)}..********..`,
  );
  expect(bytes.toString()).toContain(account.user_pwd);
});

test("bytes and data that hold no word are not copied", () => {
  const bytes = Buffer.from("nothing to hide");
  const data = { text: "nothing", list: [1, "two", { three: null }] };
  expect(secrets().hideInBytes(bytes)).toBe(bytes);
  expect(secrets().hideIn(data)).toBe(data);
});

test.each([
  ["plain", (word: Buffer) => word.toString()],
  ["hexadecimal", (word: Buffer) => word.toString("hex")],
  ["upper-case hexadecimal", (word: Buffer) => word.toString("hex").toUpperCase()],
  ["base64", (word: Buffer) => word.toString("base64")],
])("words are hidden in texts as %s", (_, form) => {
  for (const word of [account.user_pwd, account.user_token, account.user_name, "password before the digest"]) {
    const hidden = secrets().hideInText(`before ${form(Buffer.from(word))} behind`);
    expect(hidden).toMatch(/^before .* behind$/);
    expect(hidden).not.toContain(form(Buffer.from(word)));
  }
});

test("a word inside a longer base64 text is hidden at each alignment", () => {
  for (const before of ["", "x", "xy", "xyz"]) {
    const hidden = secrets().hideInText(Buffer.from(`${before}${account.user_pwd}tail`).toString("base64"));
    const opened = Buffer.from(hidden.replaceAll("*", "A"), "base64").toString("latin1");
    expect(opened).not.toContain(account.user_pwd.slice(2, -2));
  }
});

test("the digest is hidden in upper case, too; data keep their form", () => {
  const result = { reason: `got ${account.user_pwd.toUpperCase()}`, cases: [{ trace: [account.user_token], at: 3 }] };
  expect(secrets().hideIn(result)).toEqual({
    reason: `got ${"*".repeat(32)}`,
    cases: [{ trace: ["********"], at: 3 }],
  });
});

test("a word is hidden where a text or bytes end within it", () => {
  expect(secrets().hideInText(`got ${account.user_pwd.slice(0, 20)}… (64 characters)`)).toBe(
    `got ${"*".repeat(20)}… (64 characters)`,
  );
  const bytes = Buffer.from(`..${account.user_name.slice(0, 7)}`);
  expect(Buffer.from(secrets().hideInBytes(bytes)).toString()).toBe("..*******");
  expect(secrets().hideInText("margaret is another")).toBe("margaret is another");
});

test("words with quotes, blanks or letters of all the world are hidden in JSON and in URLs", () => {
  const home = new Secrets();
  const name = 'zoë "the cat"';
  home.add({ ...account, user_name: name });
  for (const text of [JSON.stringify({ name }), `/user?name=${encodeURIComponent(name)}`, `hello ${name}`]) {
    expect(home.hideInText(text)).toMatch(/\*{10}/);
    expect(home.hideInText(text)).not.toContain("cat");
  }
});

test("an error and its causes are told without a word", () => {
  const cause = new Error(`"no ${account.user_name}"`);
  const error = hideInError(new Error(`refused: ${account.user_pwd}`, { cause }), secrets());
  for (const told of [error.message, error.stack, cause.message, cause.stack]) {
    expect(told).toContain("*");
    expect(told).not.toMatch(new RegExp(`${account.user_name}|${account.user_pwd}`));
  }
});

import { expect, test } from "vitest";
import { type Command, commands } from "../../codegen/index.ts";
import { wrongInOwnFrame } from "./own-frame.ts";

const self = 7n;
const good = {
  from_user_id: self,
  to_session_id: 8n,
  client_msg_id: "a",
  msg_type: 1,
  session_type: 1,
  msg_data: new TextEncoder().encode("hi"),
};
const check = (
  command: Command,
  message: object,
  seq: number = 1,
  user: bigint | undefined = self,
): string | undefined => wrongInOwnFrame(command, message, seq, user);

test("a message as clients make it is right", () => {
  expect(check(commands.MSG_DATA as Command, good)).toBeUndefined();
  expect(check(commands.LOGIN_AUTH_REQ as Command, { user_name: "a" }, 1, undefined)).toBeUndefined();
});

test("64 characters are 64, however many code units they are (MSG-17)", () => {
  expect(check(commands.MSG_DATA as Command, { ...good, client_msg_id: "😀".repeat(64) })).toBeUndefined();
});

test.each([
  ["LOGIN-17", { from_user_id: 9n }],
  ["MSG-17", { client_msg_id: "" }],
  ["MSG-17", { client_msg_id: "x".repeat(65) }],
  ["MSG-01", { server_msg_id: 1n }],
  ["MSG-11", { session_type: 0 }],
  ["MSG-12", { msg_type: 9 }],
  ["MSG-09", { to_session_id: self }],
  ["longer", { msg_data: new Uint8Array(2_049).fill(97) }],
])("%s is noticed in %o", (word, fields) => {
  expect(check(commands.MSG_DATA as Command, { ...good, ...fields })).toContain(word);
});

test("commands of the server, number 0 and requests before login are noticed", () => {
  expect(check(commands.MSG_READ_NOTIFY as Command, {})).toContain("command of the server");
  expect(check(commands.MSG_DATA as Command, good, 0)).toContain("seq_num 0");
  expect(wrongInOwnFrame(commands.LOGIN_HEARTBEAT as Command, {}, 1, undefined)).toContain("CONN-15");
});

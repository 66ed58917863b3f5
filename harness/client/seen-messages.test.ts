import { expect, test } from "vitest";
import { type CIMMsgData, commands } from "../../codegen/index.ts";
import { SeenMessages } from "./seen-messages.ts";
import { inGroup, withUser } from "./session-ref.ts";

const self = 12n;
const message = (fields: Partial<CIMMsgData>): CIMMsgData =>
  commands.MSG_DATA.body.create({ from_user_id: 13n, to_session_id: self, session_type: 1, ...fields });

test("the same id counts once per conversation, and both directions are one conversation", () => {
  const seen = new SeenMessages();
  expect(seen.add(message({ server_msg_id: 1n }), self)).toBe(true);
  expect(seen.add(message({ server_msg_id: 1n }), self)).toBe(false);
  expect(seen.add(message({ server_msg_id: 1n, from_user_id: self, to_session_id: 13n }), self)).toBe(false);
  expect(seen.add(message({ server_msg_id: 1n, from_user_id: 14n }), self)).toBe(true);
  expect(seen.add(message({ server_msg_id: 1n, to_session_id: 13n, session_type: 2 }), self)).toBe(true);
});

test("ids in any order are each new once, and the floor rises over what is complete", () => {
  const seen = new SeenMessages();
  for (const id of [3n, 1n, 5n, 2n]) expect(seen.addId(withUser(13n), id)).toBe(true);
  expect(seen.floor(withUser(13n))).toBe(3n);
  for (const id of [1n, 2n, 3n, 5n]) expect(seen.addId(withUser(13n), id)).toBe(false);
  expect(seen.addId(withUser(13n), 4n)).toBe(true);
  expect(seen.floor(withUser(13n))).toBe(5n);
});

test("a message from before the baseline that comes only now is still new, once", () => {
  const seen = new SeenMessages();
  seen.begin(inGroup(7n), 100n);
  expect(seen.floor(inGroup(7n))).toBe(100n);
  expect(seen.addId(inGroup(7n), 99n)).toBe(true);
  expect(seen.addId(inGroup(7n), 99n)).toBe(false);
  expect(seen.addId(inGroup(7n), 101n)).toBe(true);
});

test("gaps that are never filled cost bounded memory, and later ids stay known", () => {
  const seen = new SeenMessages();
  for (let id = 2n; id < 4_000n; id += 2n) expect(seen.addId(withUser(13n), id)).toBe(true);
  expect(seen.floor(withUser(13n))).toBeGreaterThan(3_000n);
  for (let id = 3_800n; id < 4_000n; id += 2n) expect(seen.addId(withUser(13n), id)).toBe(false);
});

test("a push without an id is known by sender and client id, also when history gives it one (HIST-13)", () => {
  const seen = new SeenMessages();
  expect(seen.add(message({ client_msg_id: "a" }), self)).toBe(true);
  expect(seen.add(message({ client_msg_id: "a" }), self)).toBe(false);
  expect(seen.add(message({ client_msg_id: "a", server_msg_id: 1n }), self)).toBe(false);
  expect(seen.add(message({ client_msg_id: "b", server_msg_id: 2n }), self)).toBe(true);
});

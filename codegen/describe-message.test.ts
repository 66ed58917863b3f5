import { expect, test } from "vitest";
import { type CIMMsgData, cimRegistry, commands, describeMessage } from "./index.ts";

const message: Partial<CIMMsgData> = {
  from_user_id: 7n,
  from_nick_name: "",
  create_time: 0,
  msg_type: 1,
  msg_data: new TextEncoder().encode("good morning"),
};

const short = (value: unknown, longestText = 400): unknown =>
  describeMessage(value, cimRegistry.fieldTypes, commands.MSG_DATA.body.typeName, { longestText });

test("in the short form defaults are left out and bytes are plain text", () => {
  expect(short(message)).toEqual({
    from_user_id: "7",
    msg_type: "kCIM_MSG_TYPE_TEXT (1)",
    msg_data: "good morning",
  });
});

test("bytes that are no text stand behind `hex:`", () => {
  expect(short({ msg_data: Uint8Array.of(0xff, 0) })).toEqual({ msg_data: "hex:ff00" });
});

test("of a long text the beginning stays, and its length is told", () => {
  expect(short({ client_msg_id: "abcdef", msg_data: new TextEncoder().encode("abcdef") }, 4)).toEqual({
    client_msg_id: "abcd… (6 characters)",
    msg_data: "abcd… (6 characters)",
  });
});

test("a value that belongs to no message is described, too", () => {
  expect(describeMessage([1n, true, null, "text"], {}, undefined, { longestText: 400 })).toEqual([
    "1",
    true,
    null,
    "text",
  ]);
});

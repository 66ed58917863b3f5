import { expect, test } from "vitest";
import {
  cimRegistry,
  commands,
  type DescribedFrame,
  describeFrame as describeAnyFrame,
  encodeFrame,
  encodeRawFrame,
  type Frame,
  Framer,
} from "./index.ts";

const describeFrame = (frame: Frame): DescribedFrame => describeAnyFrame(frame, cimRegistry);

function frameOf(bytes: Uint8Array): Frame {
  const framer = new Framer();
  framer.push(bytes);
  const frame = framer.next();
  if (!frame) throw new Error("the framer gave no frame");
  return frame;
}

test("a frame reads as its command, its number and its message", () => {
  const bytes = encodeFrame(
    commands.MSG_DATA,
    { from_user_id: 2n ** 64n - 1n, client_msg_id: "a", msg_type: 1, msg_data: new TextEncoder().encode("你好") },
    300,
  );
  const described = describeFrame(frameOf(bytes));
  expect(described).toEqual({
    command: "MSG_DATA",
    command_id: 0x0301,
    seq_num: 300,
    length: bytes.length,
    message: {
      from_user_id: "18446744073709551615",
      from_nick_name: "",
      to_session_id: "0",
      client_msg_id: "a",
      server_msg_id: "0",
      create_time: 0,
      msg_type: "kCIM_MSG_TYPE_TEXT (1)",
      session_type: "kCIM_SESSION_TYPE_Invalid (0)",
      msg_data: { utf8: "你好" },
    },
  });
  expect(JSON.parse(JSON.stringify(described))).toEqual(described);
});

test("an absent sub-message is left out, lists and sub-messages are described through", () => {
  const failed = describeFrame(frameOf(encodeFrame(commands.LOGIN_AUTH_RSP, { result_code: 2003 }, 1)));
  expect(failed.message).toEqual({
    server_time: 0,
    result_code: "kCIM_ERR_LOGIN_INVALID_USER_OR_PWD (2003)",
    result_string: "",
  });
  const list = encodeFrame(commands.FRIEND_QUERY_USER_LIST_RSP, { user_info_list: [{ user_id: 5n }] }, 1);
  expect(describeFrame(frameOf(list)).message).toMatchObject({ user_info_list: [{ user_id: "5" }] });
});

test.each([
  ["invalid UTF-8", Uint8Array.of(0xff, 0), "ff00"],
  ["control characters", Uint8Array.of(0x41, 0), "4100"],
])("bytes with %s read as hexadecimal", (_what, msg_data, hex) => {
  const frame = frameOf(encodeFrame(commands.MSG_DATA, { msg_data }, 1));
  expect(describeFrame(frame).message).toMatchObject({ msg_data: { hex } });
});

test("numbers of enums read with their names, in sub-messages and lists too; unknown ones stay numbers", () => {
  const page = encodeFrame(
    commands.LIST_MSG_RSP,
    { session_type: 2, msg_list: [{ msg_type: 9 }, { msg_type: 99 as never }] },
    1,
  );
  expect(describeFrame(frameOf(page)).message).toMatchObject({
    session_type: "kCIM_SESSION_TYPE_GROUP (2)",
    msg_list: [{ msg_type: "kCIM_MSG_TYPE_NOTIFACATION (9)" }, { msg_type: 99 }],
  });
});

test("an unknown command and a body that does not parse show their bytes and the reason", () => {
  const unknown = describeFrame(frameOf(encodeRawFrame({ command_id: 0x0999 }, Uint8Array.of(1, 2))));
  expect(unknown).toMatchObject({ command: "0x0999", error: "no command has the id 0x0999", body: "0102" });
  const broken = describeFrame(frameOf(encodeRawFrame({ command_id: 0x0301 }, Uint8Array.of(0x08))));
  expect(broken).toMatchObject({ command: "MSG_DATA", body: "08" });
  expect(broken.error).toContain("the body is not a CIM.Message.CIMMsgData");
});

test("header fields that are not as usual are shown, the others are not", () => {
  const frame = frameOf(encodeRawFrame({ command_id: 0x0105, version: 2, flag: 1 }, new Uint8Array(0)));
  expect(describeFrame(frame)).toMatchObject({ command: "LOGIN_HEARTBEAT", unusual: { version: 2, flag: 1 } });
  expect(describeFrame(frameOf(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1)))).not.toHaveProperty("unusual");
});

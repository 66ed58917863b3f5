import { expect, test } from "vitest";
import { type Command, cimRegistry, commands, decodeFrame, encodeFrame, Framer, hexOf } from "./index.ts";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const CLIENT_MSG_ID = "6f1c9a52-8f0e-4b7e-9a1d-0c2b3d4e5f60";

/** The whole packets of the wire contract, made with another protobuf library. */
const vectors: [id: string, command: Command, message: object, seqNum: number, hex: string][] = [
  ["V1 heartbeat", commands.LOGIN_HEARTBEAT as Command, {}, 7, "00000010000100000000010500070000"],
  [
    "V2 token login",
    commands.LOGIN_AUTH_TOKEN_REQ as Command,
    { user_id: 1992n, nick_name: "neo", user_token: "12345", client_type: 3, client_version: "demo/0.1" },
    1,
    "0000002b00010000000001010001000008c80f12036e656f1a05313233343520032a0864656d6f2f302e31",
  ],
  [
    "V3 password login",
    commands.LOGIN_AUTH_REQ as Command,
    { user_name: "alice", user_pwd: "e10adc3949ba59abbe56e057f20f883e", client_type: 2, client_version: "0.0.1" },
    2,
    "000000420001000000000107000200000a05616c6963651220653130616463333934396261353961626265353665303537663230663838336518022205302e302e31",
  ],
  [
    "V4 login response",
    commands.LOGIN_AUTH_RSP as Command,
    {
      server_time: 1700000000,
      result_code: 200,
      result_string: "success",
      user_info: {
        user_id: 12n,
        nick_name: "Alice",
        nick_name_spell: "",
        phone: "",
        avatar_url: "",
        attach_info: "",
      },
    },
    2,
    "0000002d0001000000000108000200000880e2cfaa0610c8011a07737563636573732209080c1205416c696365",
  ],
  [
    "V5 text message",
    commands.MSG_DATA as Command,
    {
      from_user_id: 12n,
      from_nick_name: "",
      to_session_id: 13n,
      client_msg_id: CLIENT_MSG_ID,
      server_msg_id: 0n,
      create_time: 1700000000,
      msg_type: 1,
      session_type: 1,
      msg_data: text("hi"),
    },
    3,
    "00000048000100000000030100030000080c180d222436663163396135322d386630652d346237652d396131642d3063326233643465356636303080e2cfaa06380140014a026869",
  ],
  [
    "V6 acknowledgement",
    commands.MSG_DATA_ACK as Command,
    {
      from_user_id: 12n,
      to_session_id: 13n,
      client_msg_id: CLIENT_MSG_ID,
      server_msg_id: 5n,
      res_code: 1,
      session_type: 1,
      create_time: 1700000001,
    },
    3,
    "00000046000100000000030200030000080c100d1a2436663163396135322d386630652d346237652d396131642d3063326233643465356636302005280130013881e2cfaa06",
  ],
  [
    "V7 group creation with packed member ids",
    commands.GROUP_CREATE_DEFAULT_REQ as Command,
    { user_id: 12n, group_name: "team", member_id_list: [13n, 300n] },
    260,
    "0000001d000100000000050101040000080c12047465616d1a030dac02",
  ],
  [
    "V8 history request with its page size in field 6",
    commands.LIST_MSG_REQ as Command,
    { user_id: 12n, session_type: 1, session_id: 13n, end_msg_id: 0n, limit_count: 20 },
    9,
    "00000018000100000000020500090000080c1001180d3014",
  ],
  [
    "V9 group list of the largest user id",
    commands.GROUP_LIST_REQ as Command,
    { user_id: 18446744073709551615n },
    10,
    "0000001b0001000000000507000a000008ffffffffffffffffff01",
  ],
];

test.each(vectors)("%s is written as in the contract", (_id, command, message, seqNum, hex) => {
  expect(hexOf(encodeFrame(command, message as never, seqNum))).toBe(hex);
});

test.each(vectors)("%s is read as in the contract", (_id, command, message, seqNum, hex) => {
  const framer = new Framer();
  framer.push(Uint8Array.from(Buffer.from(hex, "hex")));
  const frame = framer.next();
  if (!frame) throw new Error("the framer gave no frame");
  expect(frame.header).toEqual({
    length: hex.length / 2,
    version: 1,
    flag: 0,
    service_id: 0,
    command_id: command.id,
    seq_num: seqNum,
    reversed: 0,
  });
  const decoded = decodeFrame(frame, cimRegistry);
  expect(decoded.command).toBe(command);
  expect(decoded.message).toEqual(message);
  expect(framer.next()).toBeUndefined();
  framer.end();
});

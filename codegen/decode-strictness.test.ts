import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BodyCodec, commands, messageCodecs, ProtocolError } from "./index.ts";
import { contractTypes } from "./testing/contract-types.ts";

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const message = commands.MSG_DATA.body;
const login = commands.LOGIN_AUTH_RSP.body;

function refusal(act: () => unknown): ProtocolError {
  try {
    act();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("a body is refused", () => {
  test.each([
    ["with field number 0", "00 01"],
    ["with field number 0 in another wire type", "02 00"],
    ["with wire type 6", "0e 01"],
    ["with wire type 7", "0f 01"],
    ["with the end of a group that never began", "0c"],
    ["with a group that does not end", "f3 07 08 01"],
    ["with a group that ends under another number", "f3 07 08 01 fc 07"],
    ["with groups nested without end", "f3 07".repeat(5000)],
    ["with a tag of six bytes", "88 80 80 80 80 00 01"],
    ["with a tag above 32 bits", "88 80 80 80 10 01"],
    ["that ends inside a tag", "88"],
    ["that ends behind a tag", "08"],
    ["that ends inside a varint", "08 80 80"],
    ["with a varint of 11 bytes", "08 ff ff ff ff ff ff ff ff ff ff 01"],
    ["with a varint of 10 bytes above 64 bits", "08 ff ff ff ff ff ff ff ff ff 02"],
    ["with an int32 of 11 bytes", "30 ff ff ff ff ff ff ff ff ff ff 01"],
    ["with an unknown varint of 11 bytes", "f0 07 ff ff ff ff ff ff ff ff ff ff 01"],
    ["with an unknown varint that does not end", "f0 07 ff"],
    ["with a string longer than the rest", "12 05 61 62"],
    ["with bytes longer than the rest", "4a 05 61 62"],
    ["with a length of 4 GiB", "4a ff ff ff ff 0f"],
    ["with a text whose length is 2 only in its low 32 bits", "12 82 80 80 80 10 61 62"],
    ["with bytes whose length is 2 only in its low 32 bits", "4a 82 80 80 80 10 61 62"],
    ["with bytes whose length is 2 only in its low 63 bits", "4a 82 80 80 80 80 80 80 80 80 01 61 62"],
    ["with an unknown field whose length is 2 only in its low 32 bits", "fa 07 82 80 80 80 10 61 62"],
    ["with such an unknown field in an unknown group", "f3 07 0a 82 80 80 80 10 61 62 f4 07"],
    ["with an unknown field longer than the rest", "fa 07 05 61"],
    ["with half a fixed64", "f9 07 01 02 03 04"],
    ["with half a fixed32", "fd 07 01 02"],
    ["with a string of a lone continuation byte", "12 01 80"],
    ["with a string of an overlong slash", "12 02 c0 af"],
    ["with a string of a surrogate", "12 03 ed a0 80"],
    ["with a string above U+10FFFF", "12 04 f4 90 80 80"],
    ["with a string cut inside a character", "12 02 e6 b6"],
    ["with a long string that is no UTF-8", `12 28 ${"61".repeat(39)}ff`],
    ["with a long string cut inside a character", `12 28 ${"61".repeat(39)}e6`],
  ])("%s", (_what, hex) => {
    const error = refusal(() => message.decode(bytes(hex)));
    expect(error.code).toBe("undecodable-body");
    expect(error.message).toMatch(/^the body is not a CIM\.Message\.CIMMsgData: .+ at byte \d+$/);
  });

  test.each([
    ["a sub-message longer than the rest", "22 05 08 01"],
    ["a field of a sub-message that runs beyond the sub-message", "22 02 12 05 61 62 63 64 65"],
    ["a varint that begins in a sub-message and ends behind it", "22 02 08 80 01"],
    ["a sub-message with field number 0", "22 02 00 01"],
    ["a sub-message whose length is 2 only in its low 32 bits", "22 82 80 80 80 10 08 01"],
  ])("for %s", (_what, hex) => {
    expect(refusal(() => login.decode(bytes(hex))).code).toBe("undecodable-body");
  });

  test("for a packed list that ends inside a number", () => {
    const body = commands.GROUP_CREATE_DEFAULT_REQ.body;
    expect(refusal(() => body.decode(bytes("1a 02 01 80 01"))).code).toBe("undecodable-body");
  });

  test("for a packed list whose length is 2 only in its low 32 bits", () => {
    const body = commands.GROUP_CREATE_DEFAULT_REQ.body;
    expect(refusal(() => body.decode(bytes("1a 82 80 80 80 10 01 02"))).code).toBe("undecodable-body");
  });
});

describe("a body is read", () => {
  test("past unknown fields of every wire type", () => {
    const unknown =
      "f0 07 ff 01  f9 07 0102030405060708  fa 07 03 616263  f3 07 08 01 f3 07 f4 07 f4 07  fd 07 01020304";
    expect(message.decode(bytes(`08 0c ${unknown} 18 0d`))).toMatchObject({ from_user_id: 12n, to_session_id: 13n });
  });

  test("with a length that is padded with zeros", () => {
    expect(message.decode(bytes("4a 82 80 80 80 80 00 61 62"))).toMatchObject({ msg_data: bytes("61 62") });
  });

  test("past a known field in another wire type", () => {
    // from_user_id as a string, from_nick_name as a varint.
    expect(message.decode(bytes("0a 01 61  10 05  18 0d"))).toEqual(message.create({ to_session_id: 13n }));
  });

  test("with the last of several values of a field", () => {
    expect(message.decode(bytes("08 01 08 02 12 01 61 12 01 62"))).toMatchObject({
      from_user_id: 2n,
      from_nick_name: "b",
    });
  });

  test("with repeated sub-messages merged into one", () => {
    // user_info {user_id 1, nick_name "a"}, then {nick_name "b", phone "c"}
    const decoded = login.decode(bytes("22 05 08 01 12 01 61  22 06 12 01 62 4a 01 63"));
    expect(decoded.user_info).toMatchObject({ user_id: 1n, nick_name: "b", phone: "c" });
  });

  test("with a zero that was written out, also where it replaces another value", () => {
    expect(login.decode(bytes("22 02 08 05  22 02 08 00")).user_info?.user_id).toBe(0n);
  });

  test("with repeated numbers packed, one by one and both", () => {
    const body = commands.GROUP_CREATE_DEFAULT_REQ.body;
    expect(body.decode(bytes("1a 03 0d ac 02")).member_id_list).toEqual([13n, 300n]);
    expect(body.decode(bytes("18 0d 18 ac 02")).member_id_list).toEqual([13n, 300n]);
    expect(body.decode(bytes("18 0d 1a 02 ac 02 1a 00 18 05")).member_id_list).toEqual([13n, 300n, 5n]);
  });

  test("with enum numbers that the contract does not name", () => {
    expect(message.decode(bytes("38 e7 07")).msg_type).toBe(999);
    expect(message.decode(bytes("38 ff ff ff ff ff ff ff ff ff 01")).msg_type).toBe(-1);
  });

  test("with overlong but valid varints", () => {
    expect(message.decode(bytes("08 8c 80 00 38 81 80 80 80 80 80 80 80 80 00"))).toMatchObject({
      from_user_id: 12n,
      msg_type: 1,
    });
    expect(message.decode(bytes("88 80 00 0c")).from_user_id).toBe(12n);
  });

  test("with a 32-bit field cut to its low 32 bits", () => {
    // 2^32 + 5
    expect(login.decode(bytes("08 85 80 80 80 10")).server_time).toBe(5);
  });

  test("with a bool that is any varint but zero", () => {
    const session = messageCodecs["CIM.Def.CIMContactSessionInfo"] as BodyCodec<unknown>;
    expect(session.decode(bytes("78 80 80 80 80 10"))).toMatchObject({ is_robot_session: true });
    expect(session.decode(bytes("78 80 00"))).toMatchObject({ is_robot_session: false });
  });

  test("with a U+FFFD that was really sent", () => {
    const text = `${"x".repeat(40)}\ufffd`;
    expect(message.decode(message.encode({ from_nick_name: text })).from_nick_name).toBe(text);
  });

  test.each([
    0n,
    127n,
    128n,
    2n ** 28n,
    2n ** 32n - 1n,
    2n ** 32n,
    2n ** 35n,
    2n ** 53n + 1n,
    2n ** 63n,
    2n ** 64n - 1n,
  ])("with the id %s in full", (id) => {
    expect(message.decode(message.encode({ from_user_id: id })).from_user_id).toBe(id);
  });
});

describe("any bytes whatsoever", () => {
  const codecs = Object.values(messageCodecs);

  test("throw nothing but a ProtocolError from any decoder", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (body) => {
        for (const codec of codecs) {
          try {
            codec.decode(body);
          } catch (error) {
            if (!(error instanceof ProtocolError) || error.code !== "undecodable-body") throw error;
          }
        }
      }),
      { numRuns: 3000, seed: 4 },
    );
  });

  test("that protobufjs refuses are refused, when they are a damaged message", () => {
    // protobufjs is laxer in places (text that is no UTF-8, group ends, lengths inside sub-messages), never stricter.
    const type = contractTypes.find(({ name }) => name === "CIMMsgDataAck");
    if (!type) throw new Error("the contract has no CIMMsgDataAck");
    const whole = commands.MSG_DATA_ACK.body.encode({
      from_user_id: 2n ** 40n,
      client_msg_id: "6f1c9a52-8f0e-4b7e-9a1d-0c2b3d4e5f60",
      server_msg_id: 300n,
      create_time: -1,
    });
    let refused = 0;
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.slice(0, length);
      let theirs = true;
      try {
        type.decode(cut);
      } catch {
        theirs = false;
      }
      if (theirs) continue;
      refused += 1;
      expect(refusal(() => commands.MSG_DATA_ACK.body.decode(cut)).code).toBe("undecodable-body");
    }
    expect(refused).toBeGreaterThan(40);
  });
});

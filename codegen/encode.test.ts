import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BodyCodec,
  commands,
  encodeFrame,
  encodeRawFrame,
  FrameBatch,
  hexOf,
  messageCodecs,
  ProtocolError,
  renumberFrame,
} from "./index.ts";
import { arbitraryMessage } from "./testing/arbitrary-message.ts";
import { contractTypes } from "./testing/contract-types.ts";

function refusal(act: () => unknown): ProtocolError {
  try {
    act();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const encode = (message: object): Uint8Array => encodeFrame(commands.MSG_DATA, message as never, 1);

describe("a value that its field cannot carry is refused, and the error names the field", () => {
  test.each<[field: string, value: unknown]>([
    ["from_user_id", -1n],
    ["from_user_id", 2n ** 64n],
    ["from_user_id", 5],
    ["from_user_id", "5"],
    ["from_user_id", null],
    ["create_time", 2 ** 31],
    ["create_time", -(2 ** 31) - 1],
    ["create_time", 1.5],
    ["create_time", Number.NaN],
    ["create_time", 5n],
    ["msg_type", 2 ** 31],
    ["msg_type", "kCIM_MSG_TYPE_TEXT"],
    ["from_nick_name", 5],
    ["from_nick_name", null],
    ["client_msg_id", ["a"]],
    ["msg_data", "text"],
    ["msg_data", [1, 2]],
    ["msg_data", null],
  ])("%s: %s", (field, value) => {
    const error = refusal(() => encode({ to_session_id: 1n, [field]: value }));
    expect(error.code).toBe("unencodable-body");
    expect(error.message).toContain(`CIMMsgData.${field}: `);
  });

  test.each([[-1], [2 ** 32], [0.5]])("a uint32 of %s", (server_time) => {
    const error = refusal(() => encodeFrame(commands.LOGIN_AUTH_RSP, { server_time }, 1));
    expect(error.message).toBe(`CIMAuthRsp.server_time: ${server_time} is not a uint32 (0 to 4294967295)`);
  });

  test("a bool, a list, a sub-message and an item of a list", () => {
    const session = messageCodecs["CIM.Def.CIMContactSessionInfo"] as BodyCodec<object>;
    expect(refusal(() => session.encode({ is_robot_session: 1 } as never)).message).toContain("is_robot_session");
    const group = commands.GROUP_CREATE_DEFAULT_REQ.body;
    expect(refusal(() => group.encode({ member_id_list: 5n } as never)).message).toContain(
      "member_id_list: 5n is not an array",
    );
    expect(refusal(() => group.encode({ member_id_list: [1n, -1n] })).message).toContain("member_id_list: -1n");
    expect(refusal(() => commands.LOGIN_AUTH_RSP.body.encode({ user_info: 5 } as never)).code).toBe("unencodable-body");
    expect(refusal(() => commands.LOGIN_AUTH_RSP.body.encode({ user_info: null } as never)).code).toBe(
      "unencodable-body",
    );
    expect(refusal(() => commands.LIST_MSG_RSP.body.encode({ msg_list: [undefined] } as never)).code).toBe(
      "unencodable-body",
    );
  });

  test.each([[undefined], [null], [5], ["text"]])("a message that is %s", (message) => {
    expect(refusal(() => encode(message as never)).code).toBe("unencodable-body");
    expect(refusal(() => encodeFrame(commands.LOGIN_HEARTBEAT, message as never, 1)).code).toBe("unencodable-body");
  });

  test.each([-1, 65536, 1.5, Number.NaN])("a sequence number of %s", (seqNum) => {
    expect(refusal(() => encodeFrame(commands.LOGIN_HEARTBEAT, {}, seqNum)).code).toBe("unencodable-body");
  });

  test("and leaves no trace in what is written next", () => {
    const before = hexOf(encode({ from_user_id: 12n }));
    refusal(() => encode({ from_user_id: 12n, from_nick_name: "half written", create_time: 2 ** 40 }));
    expect(hexOf(encode({ from_user_id: 12n }))).toBe(before);
  });
});

test("bytes of another realm are bytes", async () => {
  const { runInNewContext } = await import("node:vm");
  const foreign = runInNewContext("Uint8Array.of(1, 2, 3)") as Uint8Array;
  expect(hexOf(commands.MSG_DATA.body.encode({ msg_data: foreign }))).toBe("4a03010203");
});

test("a lone surrogate becomes U+FFFD, as TextEncoder does it, in short and in long strings", () => {
  for (const from_nick_name of ["a\ud800b", `${"x".repeat(100)}\udc00`]) {
    const decoded = commands.MSG_DATA.body.decode(commands.MSG_DATA.body.encode({ from_nick_name }));
    expect(decoded.from_nick_name).toBe(from_nick_name.toWellFormed());
  }
});

describe("memory", () => {
  const sample = fc
    .constantFrom(...contractTypes)
    .chain((type) => fc.tuple(fc.constant(type.fullName.slice(1)), arbitraryMessage(type)));

  test("a buffer that was handed out is never written again", () => {
    const handedOut: { bytes: Uint8Array; copy: string }[] = [];
    const keep = (bytes: Uint8Array): void => void handedOut.push({ bytes, copy: hexOf(bytes) });
    const batch = new FrameBatch();
    fc.assert(
      fc.property(sample, fc.nat({ max: 0xffff }), ([typeName, message], seqNum) => {
        const codec = messageCodecs[typeName] as BodyCodec<unknown>;
        keep(codec.encode(message as never));
        keep(encodeRawFrame({ seq_num: seqNum }, codec.encode(message as never)));
        keep(encodeFrame(commands.MSG_DATA, { from_user_id: BigInt(seqNum) }, seqNum));
        batch.add(commands.MSG_DATA, { to_session_id: BigInt(seqNum) }, seqNum);
        if (seqNum % 3 === 0) keep(batch.take());
        refusal(() => encode({ from_nick_name: "x".repeat(50), create_time: 0.5 }));
      }),
      { numRuns: 1000, seed: 5 },
    );
    for (const { bytes, copy } of handedOut) expect(hexOf(bytes)).toBe(copy);
  });

  test("handed-out buffers do not overlap", () => {
    const frames = Array.from({ length: 2000 }, (_, index) =>
      encode({ from_user_id: BigInt(index), msg_data: new Uint8Array(index) }),
    );
    const copies = frames.map((frame) => hexOf(frame));
    for (const frame of frames) frame.fill(0xaa);
    for (const [index, frame] of frames.entries()) {
      expect(frame.every((byte) => byte === 0xaa)).toBe(true);
      expect(frame).toHaveLength((copies[index] as string).length / 2);
    }
  });

  test("packets larger than the pool and packets that end at its edge come out whole", () => {
    for (const size of [0, 1, 16_300, 16_384, 16_400, 70_000, 1_000_000]) {
      const msg_data = new Uint8Array(size).fill(size % 251);
      const body = commands.MSG_DATA.body.encode({ msg_data });
      expect(commands.MSG_DATA.body.decode(body).msg_data).toEqual(msg_data);
    }
    const page = Array.from({ length: 100 }, (_, index) => ({
      server_msg_id: BigInt(index),
      msg_data: new Uint8Array(2048).fill(index),
    }));
    const decoded = commands.LIST_MSG_RSP.body.decode(commands.LIST_MSG_RSP.body.encode({ msg_list: page }));
    expect(decoded.msg_list.map(({ server_msg_id }) => server_msg_id)).toEqual(
      page.map(({ server_msg_id }) => server_msg_id),
    );
    expect(decoded.msg_list.map(({ msg_data }) => msg_data)).toEqual(page.map(({ msg_data }) => msg_data));
  });
});

describe("a batch", () => {
  test("holds the packets one behind the other, in one buffer", () => {
    const batch = new FrameBatch();
    const pushed = encodeFrame(commands.MSG_DATA, { from_user_id: 12n }, 1);
    batch.add(commands.LOGIN_HEARTBEAT, {}, 7);
    batch.addRenumbered(pushed, 300);
    expect(batch.count).toBe(2);
    expect(batch.byteLength).toBe(16 + pushed.length);
    const bytes = batch.take();
    expect(hexOf(bytes)).toBe(
      hexOf(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 7)) +
        hexOf(encodeFrame(commands.MSG_DATA, { from_user_id: 12n }, 300)),
    );
    expect(batch.count).toBe(0);
    expect(batch.take()).toHaveLength(0);
  });

  test("grows beyond the pool", () => {
    const batch = new FrameBatch();
    const alone: string[] = [];
    for (let seqNum = 1; seqNum <= 500; seqNum++) {
      const message = { msg_data: new Uint8Array(seqNum) };
      batch.add(commands.MSG_DATA, message, seqNum);
      alone.push(hexOf(encodeFrame(commands.MSG_DATA, message, seqNum)));
    }
    expect(hexOf(batch.take())).toBe(alone.join(""));
  });

  test("is as it was before when a packet is refused", () => {
    const batch = new FrameBatch();
    batch.add(commands.LOGIN_HEARTBEAT, {}, 7);
    refusal(() => batch.add(commands.MSG_DATA, { from_user_id: -1n }, 8));
    refusal(() => batch.add(commands.MSG_DATA, {}, -8));
    expect(batch.count).toBe(1);
    expect(hexOf(batch.take())).toBe(hexOf(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 7)));
  });
});

test("a renumbered packet differs in its number alone, and the first stays as it is", () => {
  const first = encodeFrame(commands.MSG_DATA, { from_user_id: 12n, msg_data: Uint8Array.of(1) }, 1);
  const copy = hexOf(first);
  const second = renumberFrame(first, 65534);
  expect(hexOf(second)).toBe(
    hexOf(encodeFrame(commands.MSG_DATA, { from_user_id: 12n, msg_data: Uint8Array.of(1) }, 65534)),
  );
  expect(hexOf(first)).toBe(copy);
});

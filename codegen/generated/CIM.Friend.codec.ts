// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import type { BodyCodec, Partially } from "../command.ts";
import { checkObject, MessageCodec } from "../wire/message-codec.ts";
import type { Reader } from "../wire/reader.ts";
import { checkList, putLength, putUint64, type Writer } from "../wire/writer.ts";
import type { CIMUserInfo } from "./CIM.Def.ts";
import { createCIMUserInfo, readCIMUserInfo, writeCIMUserInfo } from "./CIM.Def.codec.ts";
import type { CIMFriendQueryUserListReq, CIMFriendQueryUserListRsp } from "./CIM.Friend.ts";

export function writeCIMFriendQueryUserListReq(message: Partially<CIMFriendQueryUserListReq>, writer: Writer): void {
  checkObject(message, "CIMFriendQueryUserListReq");
  const { user_id } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(12); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMFriendQueryUserListReq.user_id"); }
  writer.at = at;
  }

export function readCIMFriendQueryUserListReq(reader: Reader, end: number): CIMFriendQueryUserListReq {
  let user_id: bigint = 0n;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id };
}

export function createCIMFriendQueryUserListReq(message: Partially<CIMFriendQueryUserListReq>): CIMFriendQueryUserListReq {
  return {
    user_id: message.user_id ?? 0n,
  };
}

/** CIM.Friend.CIMFriendQueryUserListReq */
export const CIMFriendQueryUserListReqCodec: BodyCodec<CIMFriendQueryUserListReq> = new MessageCodec<CIMFriendQueryUserListReq>("CIM.Friend.CIMFriendQueryUserListReq", {
  write: writeCIMFriendQueryUserListReq,
  read: readCIMFriendQueryUserListReq,
  create: createCIMFriendQueryUserListReq,
});

export function writeCIMFriendQueryUserListRsp(message: Partially<CIMFriendQueryUserListRsp>, writer: Writer): void {
  checkObject(message, "CIMFriendQueryUserListRsp");
  const { user_id, user_info_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(12); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMFriendQueryUserListRsp.user_id"); }
  writer.at = at;
  if (user_info_list !== undefined) {
    // Items of one list are alike: the width of the last one's length is the best guess for the next.
    let guess = 1;
    for (const item of checkList(user_info_list, "CIMFriendQueryUserListRsp.user_info_list")) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 18;
      writer.at = at + guess;
      const before = writer.length;
      writeCIMUserInfo(item, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - guess;
      const to = putLength(bytes, at, guess, writer.at);
      guess += to - writer.at;
      at = writer.at = to;
    }
  }
  }

export function readCIMFriendQueryUserListRsp(reader: Reader, end: number): CIMFriendQueryUserListRsp {
  let user_id: bigint = 0n;
  const user_info_list: CIMUserInfo[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 18:
        user_info_list.push(readCIMUserInfo(reader, reader.lengthEnd(end)));
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, user_info_list };
}

export function createCIMFriendQueryUserListRsp(message: Partially<CIMFriendQueryUserListRsp>): CIMFriendQueryUserListRsp {
  return {
    user_id: message.user_id ?? 0n,
    user_info_list: message.user_info_list?.map(createCIMUserInfo) ?? [],
  };
}

/** CIM.Friend.CIMFriendQueryUserListRsp */
export const CIMFriendQueryUserListRspCodec: BodyCodec<CIMFriendQueryUserListRsp> = new MessageCodec<CIMFriendQueryUserListRsp>("CIM.Friend.CIMFriendQueryUserListRsp", {
  write: writeCIMFriendQueryUserListRsp,
  read: readCIMFriendQueryUserListRsp,
  create: createCIMFriendQueryUserListRsp,
});

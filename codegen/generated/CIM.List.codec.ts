// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import type { BodyCodec, Partially } from "../command.ts";
import { checkObject, MessageCodec } from "../wire/message-codec.ts";
import type { Reader } from "../wire/reader.ts";
import { checkList, putInt32, putLength, putUint32, putUint64, type Writer } from "../wire/writer.ts";
import type { CIMContactSessionInfo, CIMMsgInfo, CIMSessionType } from "./CIM.Def.ts";
import { createCIMContactSessionInfo, readCIMContactSessionInfo, writeCIMContactSessionInfo, createCIMMsgInfo, readCIMMsgInfo, writeCIMMsgInfo } from "./CIM.Def.codec.ts";
import type { CIMRecentContactSessionReq, CIMRecentContactSessionRsp, CIMGetMsgListReq, CIMGetMsgListRsp } from "./CIM.List.ts";

export function writeCIMRecentContactSessionReq(message: Partially<CIMRecentContactSessionReq>, writer: Writer): void {
  checkObject(message, "CIMRecentContactSessionReq");
  const { user_id, latest_update_time } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(19); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMRecentContactSessionReq.user_id"); }
  if (latest_update_time !== undefined && latest_update_time !== 0) { bytes[at++] = 16; at = putUint32(bytes, at, latest_update_time, "CIMRecentContactSessionReq.latest_update_time"); }
  writer.at = at;
  }

export function readCIMRecentContactSessionReq(reader: Reader, end: number): CIMRecentContactSessionReq {
  let user_id: bigint = 0n;
  let latest_update_time: number = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        latest_update_time = reader.uint32();
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, latest_update_time };
}

export function createCIMRecentContactSessionReq(message: Partially<CIMRecentContactSessionReq>): CIMRecentContactSessionReq {
  return {
    user_id: message.user_id ?? 0n,
    latest_update_time: message.latest_update_time ?? 0,
  };
}

/** CIM.List.CIMRecentContactSessionReq */
export const CIMRecentContactSessionReqCodec: BodyCodec<CIMRecentContactSessionReq> = new MessageCodec<CIMRecentContactSessionReq>("CIM.List.CIMRecentContactSessionReq", {
  write: writeCIMRecentContactSessionReq,
  read: readCIMRecentContactSessionReq,
  create: createCIMRecentContactSessionReq,
});

export function writeCIMRecentContactSessionRsp(message: Partially<CIMRecentContactSessionRsp>, writer: Writer): void {
  checkObject(message, "CIMRecentContactSessionRsp");
  const { user_id, unread_counts, contact_session_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(19); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMRecentContactSessionRsp.user_id"); }
  if (unread_counts !== undefined && unread_counts !== 0) { bytes[at++] = 16; at = putUint32(bytes, at, unread_counts, "CIMRecentContactSessionRsp.unread_counts"); }
  writer.at = at;
  if (contact_session_list !== undefined) {
    // Items of one list are alike: the width of the last one's length is the best guess for the next.
    let guess = 1;
    for (const item of checkList(contact_session_list, "CIMRecentContactSessionRsp.contact_session_list")) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 26;
      writer.at = at + guess;
      const before = writer.length;
      writeCIMContactSessionInfo(item, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - guess;
      const to = putLength(bytes, at, guess, writer.at);
      guess += to - writer.at;
      at = writer.at = to;
    }
  }
  }

export function readCIMRecentContactSessionRsp(reader: Reader, end: number): CIMRecentContactSessionRsp {
  let user_id: bigint = 0n;
  let unread_counts: number = 0;
  const contact_session_list: CIMContactSessionInfo[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        unread_counts = reader.uint32();
        break;
      case 26:
        contact_session_list.push(readCIMContactSessionInfo(reader, reader.lengthEnd(end)));
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, unread_counts, contact_session_list };
}

export function createCIMRecentContactSessionRsp(message: Partially<CIMRecentContactSessionRsp>): CIMRecentContactSessionRsp {
  return {
    user_id: message.user_id ?? 0n,
    unread_counts: message.unread_counts ?? 0,
    contact_session_list: message.contact_session_list?.map(createCIMContactSessionInfo) ?? [],
  };
}

/** CIM.List.CIMRecentContactSessionRsp */
export const CIMRecentContactSessionRspCodec: BodyCodec<CIMRecentContactSessionRsp> = new MessageCodec<CIMRecentContactSessionRsp>("CIM.List.CIMRecentContactSessionRsp", {
  write: writeCIMRecentContactSessionRsp,
  read: readCIMRecentContactSessionRsp,
  create: createCIMRecentContactSessionRsp,
});

export function writeCIMGetMsgListReq(message: Partially<CIMGetMsgListReq>, writer: Writer): void {
  checkObject(message, "CIMGetMsgListReq");
  const { user_id, session_type, session_id, end_msg_id, limit_count } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(55); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGetMsgListReq.user_id"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 16;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMGetMsgListReq.session_type"); }
  if (session_id !== undefined && session_id !== 0n) { bytes[at++] = 24; at = putUint64(bytes, at, session_id, "CIMGetMsgListReq.session_id"); }
  if (end_msg_id !== undefined && end_msg_id !== 0n) { bytes[at++] = 32; at = putUint64(bytes, at, end_msg_id, "CIMGetMsgListReq.end_msg_id"); }
  if (limit_count !== undefined && limit_count !== 0) { bytes[at++] = 48; at = putUint32(bytes, at, limit_count, "CIMGetMsgListReq.limit_count"); }
  writer.at = at;
  }

export function readCIMGetMsgListReq(reader: Reader, end: number): CIMGetMsgListReq {
  let user_id: bigint = 0n;
  let session_type: CIMSessionType = 0;
  let session_id: bigint = 0n;
  let end_msg_id: bigint = 0n;
  let limit_count: number = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        session_type = reader.int32() as CIMSessionType;
        break;
      case 24:
        session_id = reader.uint64();
        break;
      case 32:
        end_msg_id = reader.uint64();
        break;
      case 48:
        limit_count = reader.uint32();
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, session_type, session_id, end_msg_id, limit_count };
}

export function createCIMGetMsgListReq(message: Partially<CIMGetMsgListReq>): CIMGetMsgListReq {
  return {
    user_id: message.user_id ?? 0n,
    session_type: message.session_type ?? 0,
    session_id: message.session_id ?? 0n,
    end_msg_id: message.end_msg_id ?? 0n,
    limit_count: message.limit_count ?? 0,
  };
}

/** CIM.List.CIMGetMsgListReq */
export const CIMGetMsgListReqCodec: BodyCodec<CIMGetMsgListReq> = new MessageCodec<CIMGetMsgListReq>("CIM.List.CIMGetMsgListReq", {
  write: writeCIMGetMsgListReq,
  read: readCIMGetMsgListReq,
  create: createCIMGetMsgListReq,
});

export function writeCIMGetMsgListRsp(message: Partially<CIMGetMsgListRsp>, writer: Writer): void {
  checkObject(message, "CIMGetMsgListRsp");
  const { user_id, session_type, session_id, end_msg_id, msg_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(48); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGetMsgListRsp.user_id"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 16;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMGetMsgListRsp.session_type"); }
  if (session_id !== undefined && session_id !== 0n) { bytes[at++] = 24; at = putUint64(bytes, at, session_id, "CIMGetMsgListRsp.session_id"); }
  if (end_msg_id !== undefined && end_msg_id !== 0n) { bytes[at++] = 32; at = putUint64(bytes, at, end_msg_id, "CIMGetMsgListRsp.end_msg_id"); }
  writer.at = at;
  if (msg_list !== undefined) {
    // Items of one list are alike: the width of the last one's length is the best guess for the next.
    let guess = 1;
    for (const item of checkList(msg_list, "CIMGetMsgListRsp.msg_list")) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 50;
      writer.at = at + guess;
      const before = writer.length;
      writeCIMMsgInfo(item, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - guess;
      const to = putLength(bytes, at, guess, writer.at);
      guess += to - writer.at;
      at = writer.at = to;
    }
  }
  }

export function readCIMGetMsgListRsp(reader: Reader, end: number): CIMGetMsgListRsp {
  let user_id: bigint = 0n;
  let session_type: CIMSessionType = 0;
  let session_id: bigint = 0n;
  let end_msg_id: bigint = 0n;
  const msg_list: CIMMsgInfo[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        session_type = reader.int32() as CIMSessionType;
        break;
      case 24:
        session_id = reader.uint64();
        break;
      case 32:
        end_msg_id = reader.uint64();
        break;
      case 50:
        msg_list.push(readCIMMsgInfo(reader, reader.lengthEnd(end)));
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, session_type, session_id, end_msg_id, msg_list };
}

export function createCIMGetMsgListRsp(message: Partially<CIMGetMsgListRsp>): CIMGetMsgListRsp {
  return {
    user_id: message.user_id ?? 0n,
    session_type: message.session_type ?? 0,
    session_id: message.session_id ?? 0n,
    end_msg_id: message.end_msg_id ?? 0n,
    msg_list: message.msg_list?.map(createCIMMsgInfo) ?? [],
  };
}

/** CIM.List.CIMGetMsgListRsp */
export const CIMGetMsgListRspCodec: BodyCodec<CIMGetMsgListRsp> = new MessageCodec<CIMGetMsgListRsp>("CIM.List.CIMGetMsgListRsp", {
  write: writeCIMGetMsgListRsp,
  read: readCIMGetMsgListRsp,
  create: createCIMGetMsgListRsp,
});

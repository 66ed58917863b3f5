// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import type { BodyCodec, Partially } from "../command.ts";
import { checkObject, MessageCodec, NO_BYTES } from "../wire/message-codec.ts";
import type { Reader } from "../wire/reader.ts";
import { bytesRoom, checkList, putBytes, putInt32, putLength, putText, putUint64, textRoom, type Writer } from "../wire/writer.ts";
import type { CIMMsgInfo, CIMSessionType, CIMMsgType, CIMResCode } from "./CIM.Def.ts";
import { createCIMMsgInfo, readCIMMsgInfo, writeCIMMsgInfo } from "./CIM.Def.codec.ts";
import type { CIMMsgData, CIMMsgDataAck, CIMMsgDataReadAck, CIMMsgDataReadNotify, CIMGetLatestMsgIdReq, CIMGetLatestMsgIdRsp, CIMGetMsgByIdReq, CIMGetMsgByIdRsp } from "./CIM.Message.ts";

export function writeCIMMsgData(message: Partially<CIMMsgData>, writer: Writer): void {
  checkObject(message, "CIMMsgData");
  const { from_user_id, from_nick_name, to_session_id, client_msg_id, server_msg_id, create_time, msg_type, session_type, msg_data } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 72;
  if (from_nick_name !== undefined && from_nick_name !== "") room += textRoom(from_nick_name, "CIMMsgData.from_nick_name");
  if (client_msg_id !== undefined && client_msg_id !== "") room += textRoom(client_msg_id, "CIMMsgData.client_msg_id");
  if (msg_data !== undefined) room += bytesRoom(msg_data, "CIMMsgData.msg_data");
  at = writer.reserve(room); bytes = writer.bytes;
  if (from_user_id !== undefined && from_user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, from_user_id, "CIMMsgData.from_user_id"); }
  if (from_nick_name !== undefined && from_nick_name !== "") { bytes[at++] = 18; at = putText(bytes, at, from_nick_name); }
  if (to_session_id !== undefined && to_session_id !== 0n) { bytes[at++] = 24; at = putUint64(bytes, at, to_session_id, "CIMMsgData.to_session_id"); }
  if (client_msg_id !== undefined && client_msg_id !== "") { bytes[at++] = 34; at = putText(bytes, at, client_msg_id); }
  if (server_msg_id !== undefined && server_msg_id !== 0n) { bytes[at++] = 40; at = putUint64(bytes, at, server_msg_id, "CIMMsgData.server_msg_id"); }
  if (create_time !== undefined && create_time !== 0) { bytes[at++] = 48; at = putInt32(bytes, at, create_time, "CIMMsgData.create_time"); }
  if (msg_type !== undefined && msg_type !== 0) { bytes[at++] = 56;
      if ((msg_type & 0x7f) === msg_type) bytes[at++] = msg_type;
      else at = putInt32(bytes, at, msg_type, "CIMMsgData.msg_type"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 64;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMMsgData.session_type"); }
  if (msg_data !== undefined && msg_data.length !== 0) { bytes[at++] = 74; at = putBytes(bytes, at, msg_data); }
  writer.at = at;
  }

export function readCIMMsgData(reader: Reader, end: number): CIMMsgData {
  let from_user_id: bigint = 0n;
  let from_nick_name: string = "";
  let to_session_id: bigint = 0n;
  let client_msg_id: string = "";
  let server_msg_id: bigint = 0n;
  let create_time: number = 0;
  let msg_type: CIMMsgType = 0;
  let session_type: CIMSessionType = 0;
  let msg_data: Uint8Array = NO_BYTES;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        from_user_id = reader.uint64();
        break;
      case 18:
        from_nick_name = reader.text(end);
        break;
      case 24:
        to_session_id = reader.uint64();
        break;
      case 34:
        client_msg_id = reader.text(end);
        break;
      case 40:
        server_msg_id = reader.uint64();
        break;
      case 48:
        create_time = reader.int32();
        break;
      case 56:
        msg_type = reader.int32() as CIMMsgType;
        break;
      case 64:
        session_type = reader.int32() as CIMSessionType;
        break;
      case 74:
        msg_data = reader.view(end);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { from_user_id, from_nick_name, to_session_id, client_msg_id, server_msg_id, create_time, msg_type, session_type, msg_data };
}

export function createCIMMsgData(message: Partially<CIMMsgData>): CIMMsgData {
  return {
    from_user_id: message.from_user_id ?? 0n,
    from_nick_name: message.from_nick_name ?? "",
    to_session_id: message.to_session_id ?? 0n,
    client_msg_id: message.client_msg_id ?? "",
    server_msg_id: message.server_msg_id ?? 0n,
    create_time: message.create_time ?? 0,
    msg_type: message.msg_type ?? 0,
    session_type: message.session_type ?? 0,
    msg_data: message.msg_data ?? NO_BYTES,
  };
}

/** CIM.Message.CIMMsgData */
export const CIMMsgDataCodec: BodyCodec<CIMMsgData> = new MessageCodec<CIMMsgData>("CIM.Message.CIMMsgData", {
  write: writeCIMMsgData,
  read: readCIMMsgData,
  create: createCIMMsgData,
});

export function writeCIMMsgDataAck(message: Partially<CIMMsgDataAck>, writer: Writer): void {
  checkObject(message, "CIMMsgDataAck");
  const { from_user_id, to_session_id, client_msg_id, server_msg_id, res_code, session_type, create_time } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 72;
  if (client_msg_id !== undefined && client_msg_id !== "") room += textRoom(client_msg_id, "CIMMsgDataAck.client_msg_id");
  at = writer.reserve(room); bytes = writer.bytes;
  if (from_user_id !== undefined && from_user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, from_user_id, "CIMMsgDataAck.from_user_id"); }
  if (to_session_id !== undefined && to_session_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, to_session_id, "CIMMsgDataAck.to_session_id"); }
  if (client_msg_id !== undefined && client_msg_id !== "") { bytes[at++] = 26; at = putText(bytes, at, client_msg_id); }
  if (server_msg_id !== undefined && server_msg_id !== 0n) { bytes[at++] = 32; at = putUint64(bytes, at, server_msg_id, "CIMMsgDataAck.server_msg_id"); }
  if (res_code !== undefined && res_code !== 0) { bytes[at++] = 40;
      if ((res_code & 0x7f) === res_code) bytes[at++] = res_code;
      else at = putInt32(bytes, at, res_code, "CIMMsgDataAck.res_code"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 48;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMMsgDataAck.session_type"); }
  if (create_time !== undefined && create_time !== 0) { bytes[at++] = 56; at = putInt32(bytes, at, create_time, "CIMMsgDataAck.create_time"); }
  writer.at = at;
  }

export function readCIMMsgDataAck(reader: Reader, end: number): CIMMsgDataAck {
  let from_user_id: bigint = 0n;
  let to_session_id: bigint = 0n;
  let client_msg_id: string = "";
  let server_msg_id: bigint = 0n;
  let res_code: CIMResCode = 0;
  let session_type: CIMSessionType = 0;
  let create_time: number = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        from_user_id = reader.uint64();
        break;
      case 16:
        to_session_id = reader.uint64();
        break;
      case 26:
        client_msg_id = reader.text(end);
        break;
      case 32:
        server_msg_id = reader.uint64();
        break;
      case 40:
        res_code = reader.int32() as CIMResCode;
        break;
      case 48:
        session_type = reader.int32() as CIMSessionType;
        break;
      case 56:
        create_time = reader.int32();
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { from_user_id, to_session_id, client_msg_id, server_msg_id, res_code, session_type, create_time };
}

export function createCIMMsgDataAck(message: Partially<CIMMsgDataAck>): CIMMsgDataAck {
  return {
    from_user_id: message.from_user_id ?? 0n,
    to_session_id: message.to_session_id ?? 0n,
    client_msg_id: message.client_msg_id ?? "",
    server_msg_id: message.server_msg_id ?? 0n,
    res_code: message.res_code ?? 0,
    session_type: message.session_type ?? 0,
    create_time: message.create_time ?? 0,
  };
}

/** CIM.Message.CIMMsgDataAck */
export const CIMMsgDataAckCodec: BodyCodec<CIMMsgDataAck> = new MessageCodec<CIMMsgDataAck>("CIM.Message.CIMMsgDataAck", {
  write: writeCIMMsgDataAck,
  read: readCIMMsgDataAck,
  create: createCIMMsgDataAck,
});

export function writeCIMMsgDataReadAck(message: Partially<CIMMsgDataReadAck>, writer: Writer): void {
  checkObject(message, "CIMMsgDataReadAck");
  const { user_id, session_id, msg_id, session_type } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(48); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMMsgDataReadAck.user_id"); }
  if (session_id !== undefined && session_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, session_id, "CIMMsgDataReadAck.session_id"); }
  if (msg_id !== undefined && msg_id !== 0n) { bytes[at++] = 24; at = putUint64(bytes, at, msg_id, "CIMMsgDataReadAck.msg_id"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 32;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMMsgDataReadAck.session_type"); }
  writer.at = at;
  }

export function readCIMMsgDataReadAck(reader: Reader, end: number): CIMMsgDataReadAck {
  let user_id: bigint = 0n;
  let session_id: bigint = 0n;
  let msg_id: bigint = 0n;
  let session_type: CIMSessionType = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        session_id = reader.uint64();
        break;
      case 24:
        msg_id = reader.uint64();
        break;
      case 32:
        session_type = reader.int32() as CIMSessionType;
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, session_id, msg_id, session_type };
}

export function createCIMMsgDataReadAck(message: Partially<CIMMsgDataReadAck>): CIMMsgDataReadAck {
  return {
    user_id: message.user_id ?? 0n,
    session_id: message.session_id ?? 0n,
    msg_id: message.msg_id ?? 0n,
    session_type: message.session_type ?? 0,
  };
}

/** CIM.Message.CIMMsgDataReadAck */
export const CIMMsgDataReadAckCodec: BodyCodec<CIMMsgDataReadAck> = new MessageCodec<CIMMsgDataReadAck>("CIM.Message.CIMMsgDataReadAck", {
  write: writeCIMMsgDataReadAck,
  read: readCIMMsgDataReadAck,
  create: createCIMMsgDataReadAck,
});

export function writeCIMMsgDataReadNotify(message: Partially<CIMMsgDataReadNotify>, writer: Writer): void {
  checkObject(message, "CIMMsgDataReadNotify");
  const { user_id, session_id, msg_id, session_type } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(48); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMMsgDataReadNotify.user_id"); }
  if (session_id !== undefined && session_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, session_id, "CIMMsgDataReadNotify.session_id"); }
  if (msg_id !== undefined && msg_id !== 0n) { bytes[at++] = 24; at = putUint64(bytes, at, msg_id, "CIMMsgDataReadNotify.msg_id"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 32;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMMsgDataReadNotify.session_type"); }
  writer.at = at;
  }

export function readCIMMsgDataReadNotify(reader: Reader, end: number): CIMMsgDataReadNotify {
  let user_id: bigint = 0n;
  let session_id: bigint = 0n;
  let msg_id: bigint = 0n;
  let session_type: CIMSessionType = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        session_id = reader.uint64();
        break;
      case 24:
        msg_id = reader.uint64();
        break;
      case 32:
        session_type = reader.int32() as CIMSessionType;
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, session_id, msg_id, session_type };
}

export function createCIMMsgDataReadNotify(message: Partially<CIMMsgDataReadNotify>): CIMMsgDataReadNotify {
  return {
    user_id: message.user_id ?? 0n,
    session_id: message.session_id ?? 0n,
    msg_id: message.msg_id ?? 0n,
    session_type: message.session_type ?? 0,
  };
}

/** CIM.Message.CIMMsgDataReadNotify */
export const CIMMsgDataReadNotifyCodec: BodyCodec<CIMMsgDataReadNotify> = new MessageCodec<CIMMsgDataReadNotify>("CIM.Message.CIMMsgDataReadNotify", {
  write: writeCIMMsgDataReadNotify,
  read: readCIMMsgDataReadNotify,
  create: createCIMMsgDataReadNotify,
});

export function writeCIMGetLatestMsgIdReq(message: Partially<CIMGetLatestMsgIdReq>, writer: Writer): void {
  checkObject(message, "CIMGetLatestMsgIdReq");
  const { user_id, session_type, session_id } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(36); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGetLatestMsgIdReq.user_id"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 16;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMGetLatestMsgIdReq.session_type"); }
  if (session_id !== undefined && session_id !== 0n) { bytes[at++] = 24; at = putUint64(bytes, at, session_id, "CIMGetLatestMsgIdReq.session_id"); }
  writer.at = at;
  }

export function readCIMGetLatestMsgIdReq(reader: Reader, end: number): CIMGetLatestMsgIdReq {
  let user_id: bigint = 0n;
  let session_type: CIMSessionType = 0;
  let session_id: bigint = 0n;
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
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, session_type, session_id };
}

export function createCIMGetLatestMsgIdReq(message: Partially<CIMGetLatestMsgIdReq>): CIMGetLatestMsgIdReq {
  return {
    user_id: message.user_id ?? 0n,
    session_type: message.session_type ?? 0,
    session_id: message.session_id ?? 0n,
  };
}

/** CIM.Message.CIMGetLatestMsgIdReq */
export const CIMGetLatestMsgIdReqCodec: BodyCodec<CIMGetLatestMsgIdReq> = new MessageCodec<CIMGetLatestMsgIdReq>("CIM.Message.CIMGetLatestMsgIdReq", {
  write: writeCIMGetLatestMsgIdReq,
  read: readCIMGetLatestMsgIdReq,
  create: createCIMGetLatestMsgIdReq,
});

export function writeCIMGetLatestMsgIdRsp(message: Partially<CIMGetLatestMsgIdRsp>, writer: Writer): void {
  checkObject(message, "CIMGetLatestMsgIdRsp");
  const { user_id, session_type, session_id, latest_msg_id } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 36;
  if (latest_msg_id !== undefined && latest_msg_id !== "") room += textRoom(latest_msg_id, "CIMGetLatestMsgIdRsp.latest_msg_id");
  at = writer.reserve(room); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGetLatestMsgIdRsp.user_id"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 16;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMGetLatestMsgIdRsp.session_type"); }
  if (session_id !== undefined && session_id !== 0n) { bytes[at++] = 24; at = putUint64(bytes, at, session_id, "CIMGetLatestMsgIdRsp.session_id"); }
  if (latest_msg_id !== undefined && latest_msg_id !== "") { bytes[at++] = 34; at = putText(bytes, at, latest_msg_id); }
  writer.at = at;
  }

export function readCIMGetLatestMsgIdRsp(reader: Reader, end: number): CIMGetLatestMsgIdRsp {
  let user_id: bigint = 0n;
  let session_type: CIMSessionType = 0;
  let session_id: bigint = 0n;
  let latest_msg_id: string = "";
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
      case 34:
        latest_msg_id = reader.text(end);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, session_type, session_id, latest_msg_id };
}

export function createCIMGetLatestMsgIdRsp(message: Partially<CIMGetLatestMsgIdRsp>): CIMGetLatestMsgIdRsp {
  return {
    user_id: message.user_id ?? 0n,
    session_type: message.session_type ?? 0,
    session_id: message.session_id ?? 0n,
    latest_msg_id: message.latest_msg_id ?? "",
  };
}

/** CIM.Message.CIMGetLatestMsgIdRsp */
export const CIMGetLatestMsgIdRspCodec: BodyCodec<CIMGetLatestMsgIdRsp> = new MessageCodec<CIMGetLatestMsgIdRsp>("CIM.Message.CIMGetLatestMsgIdRsp", {
  write: writeCIMGetLatestMsgIdRsp,
  read: readCIMGetLatestMsgIdRsp,
  create: createCIMGetLatestMsgIdRsp,
});

export function writeCIMGetMsgByIdReq(message: Partially<CIMGetMsgByIdReq>, writer: Writer): void {
  checkObject(message, "CIMGetMsgByIdReq");
  const { user_id, session_type, session_id, msg_id_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(36); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGetMsgByIdReq.user_id"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 16;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMGetMsgByIdReq.session_type"); }
  if (session_id !== undefined && session_id !== 0n) { bytes[at++] = 24; at = putUint64(bytes, at, session_id, "CIMGetMsgByIdReq.session_id"); }
  writer.at = at;
  if (msg_id_list !== undefined) {
    for (const item of checkList(msg_id_list, "CIMGetMsgByIdReq.msg_id_list")) {
      at = writer.reserve(textRoom(item, "CIMGetMsgByIdReq.msg_id_list")); bytes = writer.bytes;
      bytes[at++] = 34; at = writer.at = putText(bytes, at, item);
    }
  }
  }

export function readCIMGetMsgByIdReq(reader: Reader, end: number): CIMGetMsgByIdReq {
  let user_id: bigint = 0n;
  let session_type: CIMSessionType = 0;
  let session_id: bigint = 0n;
  const msg_id_list: string[] = [];
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
      case 34:
        msg_id_list.push(reader.text(end));
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, session_type, session_id, msg_id_list };
}

export function createCIMGetMsgByIdReq(message: Partially<CIMGetMsgByIdReq>): CIMGetMsgByIdReq {
  return {
    user_id: message.user_id ?? 0n,
    session_type: message.session_type ?? 0,
    session_id: message.session_id ?? 0n,
    msg_id_list: [...(message.msg_id_list ?? [])],
  };
}

/** CIM.Message.CIMGetMsgByIdReq */
export const CIMGetMsgByIdReqCodec: BodyCodec<CIMGetMsgByIdReq> = new MessageCodec<CIMGetMsgByIdReq>("CIM.Message.CIMGetMsgByIdReq", {
  write: writeCIMGetMsgByIdReq,
  read: readCIMGetMsgByIdReq,
  create: createCIMGetMsgByIdReq,
});

export function writeCIMGetMsgByIdRsp(message: Partially<CIMGetMsgByIdRsp>, writer: Writer): void {
  checkObject(message, "CIMGetMsgByIdRsp");
  const { user_id, session_type, session_id, msg_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(36); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGetMsgByIdRsp.user_id"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 16;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMGetMsgByIdRsp.session_type"); }
  if (session_id !== undefined && session_id !== 0n) { bytes[at++] = 24; at = putUint64(bytes, at, session_id, "CIMGetMsgByIdRsp.session_id"); }
  writer.at = at;
  if (msg_list !== undefined) {
    // Items of one list are alike: the width of the last one's length is the best guess for the next.
    let guess = 1;
    for (const item of checkList(msg_list, "CIMGetMsgByIdRsp.msg_list")) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 34;
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

export function readCIMGetMsgByIdRsp(reader: Reader, end: number): CIMGetMsgByIdRsp {
  let user_id: bigint = 0n;
  let session_type: CIMSessionType = 0;
  let session_id: bigint = 0n;
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
      case 34:
        msg_list.push(readCIMMsgInfo(reader, reader.lengthEnd(end)));
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, session_type, session_id, msg_list };
}

export function createCIMGetMsgByIdRsp(message: Partially<CIMGetMsgByIdRsp>): CIMGetMsgByIdRsp {
  return {
    user_id: message.user_id ?? 0n,
    session_type: message.session_type ?? 0,
    session_id: message.session_id ?? 0n,
    msg_list: message.msg_list?.map(createCIMMsgInfo) ?? [],
  };
}

/** CIM.Message.CIMGetMsgByIdRsp */
export const CIMGetMsgByIdRspCodec: BodyCodec<CIMGetMsgByIdRsp> = new MessageCodec<CIMGetMsgByIdRsp>("CIM.Message.CIMGetMsgByIdRsp", {
  write: writeCIMGetMsgByIdRsp,
  read: readCIMGetMsgByIdRsp,
  create: createCIMGetMsgByIdRsp,
});

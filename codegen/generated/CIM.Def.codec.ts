// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import type { BodyCodec, Partially } from "../command.ts";
import { checkObject, MessageCodec, NO_BYTES } from "../wire/message-codec.ts";
import type { Reader } from "../wire/reader.ts";
import { bytesRoom, putBool, putBytes, putInt32, putText, putUint32, putUint64, textRoom, type Writer } from "../wire/writer.ts";
import type { CIMUserInfo, CIMContactSessionInfo, CIMMsgInfo, CIMChannelInfo, CIMClientType, CIMSessionType, CIMMsgType, CIMMsgStatus, CIMSessionStatusType, CIMMsgFeature, CIMResCode } from "./CIM.Def.ts";

export function writeCIMUserInfo(message: Partially<CIMUserInfo>, writer: Writer): void {
  checkObject(message, "CIMUserInfo");
  const { user_id, nick_name, nick_name_spell, phone, avatar_url, attach_info } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 12;
  if (nick_name !== undefined && nick_name !== "") room += textRoom(nick_name, "CIMUserInfo.nick_name");
  if (nick_name_spell !== undefined && nick_name_spell !== "") room += textRoom(nick_name_spell, "CIMUserInfo.nick_name_spell");
  if (phone !== undefined && phone !== "") room += textRoom(phone, "CIMUserInfo.phone");
  if (avatar_url !== undefined && avatar_url !== "") room += textRoom(avatar_url, "CIMUserInfo.avatar_url");
  if (attach_info !== undefined && attach_info !== "") room += textRoom(attach_info, "CIMUserInfo.attach_info");
  at = writer.reserve(room); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMUserInfo.user_id"); }
  if (nick_name !== undefined && nick_name !== "") { bytes[at++] = 18; at = putText(bytes, at, nick_name); }
  if (nick_name_spell !== undefined && nick_name_spell !== "") { bytes[at++] = 26; at = putText(bytes, at, nick_name_spell); }
  if (phone !== undefined && phone !== "") { bytes[at++] = 74; at = putText(bytes, at, phone); }
  if (avatar_url !== undefined && avatar_url !== "") { bytes[at++] = 82; at = putText(bytes, at, avatar_url); }
  if (attach_info !== undefined && attach_info !== "") { bytes[at++] = 90; at = putText(bytes, at, attach_info); }
  writer.at = at;
  }

export function readCIMUserInfo(reader: Reader, end: number, before?: CIMUserInfo): CIMUserInfo {
  let user_id: bigint = before === undefined ? 0n : before.user_id;
  let nick_name: string = before === undefined ? "" : before.nick_name;
  let nick_name_spell: string = before === undefined ? "" : before.nick_name_spell;
  let phone: string = before === undefined ? "" : before.phone;
  let avatar_url: string = before === undefined ? "" : before.avatar_url;
  let attach_info: string = before === undefined ? "" : before.attach_info;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 18:
        nick_name = reader.text(end);
        break;
      case 26:
        nick_name_spell = reader.text(end);
        break;
      case 74:
        phone = reader.text(end);
        break;
      case 82:
        avatar_url = reader.text(end);
        break;
      case 90:
        attach_info = reader.text(end);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, nick_name, nick_name_spell, phone, avatar_url, attach_info };
}

export function createCIMUserInfo(message: Partially<CIMUserInfo>): CIMUserInfo {
  return {
    user_id: message.user_id ?? 0n,
    nick_name: message.nick_name ?? "",
    nick_name_spell: message.nick_name_spell ?? "",
    phone: message.phone ?? "",
    avatar_url: message.avatar_url ?? "",
    attach_info: message.attach_info ?? "",
  };
}

/** CIM.Def.CIMUserInfo */
export const CIMUserInfoCodec: BodyCodec<CIMUserInfo> = new MessageCodec<CIMUserInfo>("CIM.Def.CIMUserInfo", {
  write: writeCIMUserInfo,
  read: readCIMUserInfo,
  create: createCIMUserInfo,
});

export function writeCIMContactSessionInfo(message: Partially<CIMContactSessionInfo>, writer: Writer): void {
  checkObject(message, "CIMContactSessionInfo");
  const { session_id, session_type, session_status, unread_cnt, updated_time, msg_id, server_msg_id, msg_time_stamp, msg_data, msg_type, msg_from_user_id, msg_status, msg_attach, extend_data, is_robot_session } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 108;
  if (msg_id !== undefined && msg_id !== "") room += textRoom(msg_id, "CIMContactSessionInfo.msg_id");
  if (msg_data !== undefined) room += bytesRoom(msg_data, "CIMContactSessionInfo.msg_data");
  if (msg_attach !== undefined && msg_attach !== "") room += textRoom(msg_attach, "CIMContactSessionInfo.msg_attach");
  if (extend_data !== undefined && extend_data !== "") room += textRoom(extend_data, "CIMContactSessionInfo.extend_data");
  at = writer.reserve(room); bytes = writer.bytes;
  if (session_id !== undefined && session_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, session_id, "CIMContactSessionInfo.session_id"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 16;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMContactSessionInfo.session_type"); }
  if (session_status !== undefined && session_status !== 0) { bytes[at++] = 24;
      if ((session_status & 0x7f) === session_status) bytes[at++] = session_status;
      else at = putInt32(bytes, at, session_status, "CIMContactSessionInfo.session_status"); }
  if (unread_cnt !== undefined && unread_cnt !== 0) { bytes[at++] = 32; at = putUint32(bytes, at, unread_cnt, "CIMContactSessionInfo.unread_cnt"); }
  if (updated_time !== undefined && updated_time !== 0) { bytes[at++] = 40; at = putUint32(bytes, at, updated_time, "CIMContactSessionInfo.updated_time"); }
  if (msg_id !== undefined && msg_id !== "") { bytes[at++] = 50; at = putText(bytes, at, msg_id); }
  if (server_msg_id !== undefined && server_msg_id !== 0n) { bytes[at++] = 56; at = putUint64(bytes, at, server_msg_id, "CIMContactSessionInfo.server_msg_id"); }
  if (msg_time_stamp !== undefined && msg_time_stamp !== 0) { bytes[at++] = 64; at = putUint32(bytes, at, msg_time_stamp, "CIMContactSessionInfo.msg_time_stamp"); }
  if (msg_data !== undefined && msg_data.length !== 0) { bytes[at++] = 74; at = putBytes(bytes, at, msg_data); }
  if (msg_type !== undefined && msg_type !== 0) { bytes[at++] = 80;
      if ((msg_type & 0x7f) === msg_type) bytes[at++] = msg_type;
      else at = putInt32(bytes, at, msg_type, "CIMContactSessionInfo.msg_type"); }
  if (msg_from_user_id !== undefined && msg_from_user_id !== 0n) { bytes[at++] = 88; at = putUint64(bytes, at, msg_from_user_id, "CIMContactSessionInfo.msg_from_user_id"); }
  if (msg_status !== undefined && msg_status !== 0) { bytes[at++] = 96;
      if ((msg_status & 0x7f) === msg_status) bytes[at++] = msg_status;
      else at = putInt32(bytes, at, msg_status, "CIMContactSessionInfo.msg_status"); }
  if (msg_attach !== undefined && msg_attach !== "") { bytes[at++] = 106; at = putText(bytes, at, msg_attach); }
  if (extend_data !== undefined && extend_data !== "") { bytes[at++] = 114; at = putText(bytes, at, extend_data); }
  if (is_robot_session !== undefined && is_robot_session !== false) { bytes[at++] = 120; at = putBool(bytes, at, is_robot_session, "CIMContactSessionInfo.is_robot_session"); }
  writer.at = at;
  }

export function readCIMContactSessionInfo(reader: Reader, end: number): CIMContactSessionInfo {
  let session_id: bigint = 0n;
  let session_type: CIMSessionType = 0;
  let session_status: CIMSessionStatusType = 0;
  let unread_cnt: number = 0;
  let updated_time: number = 0;
  let msg_id: string = "";
  let server_msg_id: bigint = 0n;
  let msg_time_stamp: number = 0;
  let msg_data: Uint8Array = NO_BYTES;
  let msg_type: CIMMsgType = 0;
  let msg_from_user_id: bigint = 0n;
  let msg_status: CIMMsgStatus = 0;
  let msg_attach: string = "";
  let extend_data: string = "";
  let is_robot_session: boolean = false;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        session_id = reader.uint64();
        break;
      case 16:
        session_type = reader.int32() as CIMSessionType;
        break;
      case 24:
        session_status = reader.int32() as CIMSessionStatusType;
        break;
      case 32:
        unread_cnt = reader.uint32();
        break;
      case 40:
        updated_time = reader.uint32();
        break;
      case 50:
        msg_id = reader.text(end);
        break;
      case 56:
        server_msg_id = reader.uint64();
        break;
      case 64:
        msg_time_stamp = reader.uint32();
        break;
      case 74:
        msg_data = reader.view(end);
        break;
      case 80:
        msg_type = reader.int32() as CIMMsgType;
        break;
      case 88:
        msg_from_user_id = reader.uint64();
        break;
      case 96:
        msg_status = reader.int32() as CIMMsgStatus;
        break;
      case 106:
        msg_attach = reader.text(end);
        break;
      case 114:
        extend_data = reader.text(end);
        break;
      case 120:
        is_robot_session = reader.bool();
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { session_id, session_type, session_status, unread_cnt, updated_time, msg_id, server_msg_id, msg_time_stamp, msg_data, msg_type, msg_from_user_id, msg_status, msg_attach, extend_data, is_robot_session };
}

export function createCIMContactSessionInfo(message: Partially<CIMContactSessionInfo>): CIMContactSessionInfo {
  return {
    session_id: message.session_id ?? 0n,
    session_type: message.session_type ?? 0,
    session_status: message.session_status ?? 0,
    unread_cnt: message.unread_cnt ?? 0,
    updated_time: message.updated_time ?? 0,
    msg_id: message.msg_id ?? "",
    server_msg_id: message.server_msg_id ?? 0n,
    msg_time_stamp: message.msg_time_stamp ?? 0,
    msg_data: message.msg_data ?? NO_BYTES,
    msg_type: message.msg_type ?? 0,
    msg_from_user_id: message.msg_from_user_id ?? 0n,
    msg_status: message.msg_status ?? 0,
    msg_attach: message.msg_attach ?? "",
    extend_data: message.extend_data ?? "",
    is_robot_session: message.is_robot_session ?? false,
  };
}

/** CIM.Def.CIMContactSessionInfo */
export const CIMContactSessionInfoCodec: BodyCodec<CIMContactSessionInfo> = new MessageCodec<CIMContactSessionInfo>("CIM.Def.CIMContactSessionInfo", {
  write: writeCIMContactSessionInfo,
  read: readCIMContactSessionInfo,
  create: createCIMContactSessionInfo,
});

export function writeCIMMsgInfo(message: Partially<CIMMsgInfo>, writer: Writer): void {
  checkObject(message, "CIMMsgInfo");
  const { client_msg_id, server_msg_id, msg_res_code, msg_feature, session_type, from_user_id, to_session_id, create_time, msg_type, msg_status, msg_data, attach, sender_client_type } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 115;
  if (client_msg_id !== undefined && client_msg_id !== "") room += textRoom(client_msg_id, "CIMMsgInfo.client_msg_id");
  if (msg_data !== undefined) room += bytesRoom(msg_data, "CIMMsgInfo.msg_data");
  if (attach !== undefined && attach !== "") room += textRoom(attach, "CIMMsgInfo.attach");
  at = writer.reserve(room); bytes = writer.bytes;
  if (client_msg_id !== undefined && client_msg_id !== "") { bytes[at++] = 10; at = putText(bytes, at, client_msg_id); }
  if (server_msg_id !== undefined && server_msg_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, server_msg_id, "CIMMsgInfo.server_msg_id"); }
  if (msg_res_code !== undefined && msg_res_code !== 0) { bytes[at++] = 24;
      if ((msg_res_code & 0x7f) === msg_res_code) bytes[at++] = msg_res_code;
      else at = putInt32(bytes, at, msg_res_code, "CIMMsgInfo.msg_res_code"); }
  if (msg_feature !== undefined && msg_feature !== 0) { bytes[at++] = 32;
      if ((msg_feature & 0x7f) === msg_feature) bytes[at++] = msg_feature;
      else at = putInt32(bytes, at, msg_feature, "CIMMsgInfo.msg_feature"); }
  if (session_type !== undefined && session_type !== 0) { bytes[at++] = 40;
      if ((session_type & 0x7f) === session_type) bytes[at++] = session_type;
      else at = putInt32(bytes, at, session_type, "CIMMsgInfo.session_type"); }
  if (from_user_id !== undefined && from_user_id !== 0n) { bytes[at++] = 48; at = putUint64(bytes, at, from_user_id, "CIMMsgInfo.from_user_id"); }
  if (to_session_id !== undefined && to_session_id !== 0n) { bytes[at++] = 56; at = putUint64(bytes, at, to_session_id, "CIMMsgInfo.to_session_id"); }
  if (create_time !== undefined && create_time !== 0) { bytes[at++] = 64; at = putUint32(bytes, at, create_time, "CIMMsgInfo.create_time"); }
  if (msg_type !== undefined && msg_type !== 0) { bytes[at++] = 72;
      if ((msg_type & 0x7f) === msg_type) bytes[at++] = msg_type;
      else at = putInt32(bytes, at, msg_type, "CIMMsgInfo.msg_type"); }
  if (msg_status !== undefined && msg_status !== 0) { bytes[at++] = 80;
      if ((msg_status & 0x7f) === msg_status) bytes[at++] = msg_status;
      else at = putInt32(bytes, at, msg_status, "CIMMsgInfo.msg_status"); }
  if (msg_data !== undefined && msg_data.length !== 0) { bytes[at++] = 90; at = putBytes(bytes, at, msg_data); }
  if (attach !== undefined && attach !== "") { bytes[at++] = 98; at = putText(bytes, at, attach); }
  if (sender_client_type !== undefined && sender_client_type !== 0) { bytes[at++] = 104;
      if ((sender_client_type & 0x7f) === sender_client_type) bytes[at++] = sender_client_type;
      else at = putInt32(bytes, at, sender_client_type, "CIMMsgInfo.sender_client_type"); }
  writer.at = at;
  }

export function readCIMMsgInfo(reader: Reader, end: number): CIMMsgInfo {
  let client_msg_id: string = "";
  let server_msg_id: bigint = 0n;
  let msg_res_code: CIMResCode = 0;
  let msg_feature: CIMMsgFeature = 0;
  let session_type: CIMSessionType = 0;
  let from_user_id: bigint = 0n;
  let to_session_id: bigint = 0n;
  let create_time: number = 0;
  let msg_type: CIMMsgType = 0;
  let msg_status: CIMMsgStatus = 0;
  let msg_data: Uint8Array = NO_BYTES;
  let attach: string = "";
  let sender_client_type: CIMClientType = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        client_msg_id = reader.text(end);
        break;
      case 16:
        server_msg_id = reader.uint64();
        break;
      case 24:
        msg_res_code = reader.int32() as CIMResCode;
        break;
      case 32:
        msg_feature = reader.int32() as CIMMsgFeature;
        break;
      case 40:
        session_type = reader.int32() as CIMSessionType;
        break;
      case 48:
        from_user_id = reader.uint64();
        break;
      case 56:
        to_session_id = reader.uint64();
        break;
      case 64:
        create_time = reader.uint32();
        break;
      case 72:
        msg_type = reader.int32() as CIMMsgType;
        break;
      case 80:
        msg_status = reader.int32() as CIMMsgStatus;
        break;
      case 90:
        msg_data = reader.view(end);
        break;
      case 98:
        attach = reader.text(end);
        break;
      case 104:
        sender_client_type = reader.int32() as CIMClientType;
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { client_msg_id, server_msg_id, msg_res_code, msg_feature, session_type, from_user_id, to_session_id, create_time, msg_type, msg_status, msg_data, attach, sender_client_type };
}

export function createCIMMsgInfo(message: Partially<CIMMsgInfo>): CIMMsgInfo {
  return {
    client_msg_id: message.client_msg_id ?? "",
    server_msg_id: message.server_msg_id ?? 0n,
    msg_res_code: message.msg_res_code ?? 0,
    msg_feature: message.msg_feature ?? 0,
    session_type: message.session_type ?? 0,
    from_user_id: message.from_user_id ?? 0n,
    to_session_id: message.to_session_id ?? 0n,
    create_time: message.create_time ?? 0,
    msg_type: message.msg_type ?? 0,
    msg_status: message.msg_status ?? 0,
    msg_data: message.msg_data ?? NO_BYTES,
    attach: message.attach ?? "",
    sender_client_type: message.sender_client_type ?? 0,
  };
}

/** CIM.Def.CIMMsgInfo */
export const CIMMsgInfoCodec: BodyCodec<CIMMsgInfo> = new MessageCodec<CIMMsgInfo>("CIM.Def.CIMMsgInfo", {
  write: writeCIMMsgInfo,
  read: readCIMMsgInfo,
  create: createCIMMsgInfo,
});

export function writeCIMChannelInfo(message: Partially<CIMChannelInfo>, writer: Writer): void {
  checkObject(message, "CIMChannelInfo");
  const { channel_name, channel_token, creator_id } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 12;
  if (channel_name !== undefined && channel_name !== "") room += textRoom(channel_name, "CIMChannelInfo.channel_name");
  if (channel_token !== undefined && channel_token !== "") room += textRoom(channel_token, "CIMChannelInfo.channel_token");
  at = writer.reserve(room); bytes = writer.bytes;
  if (channel_name !== undefined && channel_name !== "") { bytes[at++] = 10; at = putText(bytes, at, channel_name); }
  if (channel_token !== undefined && channel_token !== "") { bytes[at++] = 18; at = putText(bytes, at, channel_token); }
  if (creator_id !== undefined && creator_id !== 0n) { bytes[at++] = 24; at = putUint64(bytes, at, creator_id, "CIMChannelInfo.creator_id"); }
  writer.at = at;
  }

export function readCIMChannelInfo(reader: Reader, end: number, before?: CIMChannelInfo): CIMChannelInfo {
  let channel_name: string = before === undefined ? "" : before.channel_name;
  let channel_token: string = before === undefined ? "" : before.channel_token;
  let creator_id: bigint = before === undefined ? 0n : before.creator_id;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        channel_name = reader.text(end);
        break;
      case 18:
        channel_token = reader.text(end);
        break;
      case 24:
        creator_id = reader.uint64();
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { channel_name, channel_token, creator_id };
}

export function createCIMChannelInfo(message: Partially<CIMChannelInfo>): CIMChannelInfo {
  return {
    channel_name: message.channel_name ?? "",
    channel_token: message.channel_token ?? "",
    creator_id: message.creator_id ?? 0n,
  };
}

/** CIM.Def.CIMChannelInfo */
export const CIMChannelInfoCodec: BodyCodec<CIMChannelInfo> = new MessageCodec<CIMChannelInfo>("CIM.Def.CIMChannelInfo", {
  write: writeCIMChannelInfo,
  read: readCIMChannelInfo,
  create: createCIMChannelInfo,
});

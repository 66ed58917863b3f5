// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import type { BodyCodec, Partially } from "../command.ts";
import { checkObject, MessageCodec } from "../wire/message-codec.ts";
import type { Reader } from "../wire/reader.ts";
import { putInt32, putLength, putText, putUint32, putUint64, textRoom, type Writer } from "../wire/writer.ts";
import type { CIMUserInfo, CIMErrorCode, CIMClientType } from "./CIM.Def.ts";
import { createCIMUserInfo, readCIMUserInfo, writeCIMUserInfo } from "./CIM.Def.codec.ts";
import type { CIMAuthTokenReq, CIMAuthTokenRsp, CIMAuthReq, CIMAuthRsp, CIMLogoutReq, CIMLogoutRsp, CIMHeartBeat } from "./CIM.Login.ts";

export function writeCIMAuthTokenReq(message: Partially<CIMAuthTokenReq>, writer: Writer): void {
  checkObject(message, "CIMAuthTokenReq");
  const { user_id, nick_name, user_token, client_type, client_version } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 24;
  if (nick_name !== undefined && nick_name !== "") room += textRoom(nick_name, "CIMAuthTokenReq.nick_name");
  if (user_token !== undefined && user_token !== "") room += textRoom(user_token, "CIMAuthTokenReq.user_token");
  if (client_version !== undefined && client_version !== "") room += textRoom(client_version, "CIMAuthTokenReq.client_version");
  at = writer.reserve(room); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMAuthTokenReq.user_id"); }
  if (nick_name !== undefined && nick_name !== "") { bytes[at++] = 18; at = putText(bytes, at, nick_name); }
  if (user_token !== undefined && user_token !== "") { bytes[at++] = 26; at = putText(bytes, at, user_token); }
  if (client_type !== undefined && client_type !== 0) { bytes[at++] = 32;
      if ((client_type & 0x7f) === client_type) bytes[at++] = client_type;
      else at = putInt32(bytes, at, client_type, "CIMAuthTokenReq.client_type"); }
  if (client_version !== undefined && client_version !== "") { bytes[at++] = 42; at = putText(bytes, at, client_version); }
  writer.at = at;
  }

export function readCIMAuthTokenReq(reader: Reader, end: number): CIMAuthTokenReq {
  let user_id: bigint = 0n;
  let nick_name: string = "";
  let user_token: string = "";
  let client_type: CIMClientType = 0;
  let client_version: string = "";
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
        user_token = reader.text(end);
        break;
      case 32:
        client_type = reader.int32() as CIMClientType;
        break;
      case 42:
        client_version = reader.text(end);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, nick_name, user_token, client_type, client_version };
}

export function createCIMAuthTokenReq(message: Partially<CIMAuthTokenReq>): CIMAuthTokenReq {
  return {
    user_id: message.user_id ?? 0n,
    nick_name: message.nick_name ?? "",
    user_token: message.user_token ?? "",
    client_type: message.client_type ?? 0,
    client_version: message.client_version ?? "",
  };
}

/** CIM.Login.CIMAuthTokenReq */
export const CIMAuthTokenReqCodec: BodyCodec<CIMAuthTokenReq> = new MessageCodec<CIMAuthTokenReq>("CIM.Login.CIMAuthTokenReq", {
  write: writeCIMAuthTokenReq,
  read: readCIMAuthTokenReq,
  create: createCIMAuthTokenReq,
});

export function writeCIMAuthTokenRsp(message: Partially<CIMAuthTokenRsp>, writer: Writer): void {
  checkObject(message, "CIMAuthTokenRsp");
  const { server_time, result_code, result_string, user_info } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 19;
  if (result_string !== undefined && result_string !== "") room += textRoom(result_string, "CIMAuthTokenRsp.result_string");
  at = writer.reserve(room); bytes = writer.bytes;
  if (server_time !== undefined && server_time !== 0) { bytes[at++] = 8; at = putUint32(bytes, at, server_time, "CIMAuthTokenRsp.server_time"); }
  if (result_code !== undefined && result_code !== 0) { bytes[at++] = 16;
      if ((result_code & 0x7f) === result_code) bytes[at++] = result_code;
      else at = putInt32(bytes, at, result_code, "CIMAuthTokenRsp.result_code"); }
  if (result_string !== undefined && result_string !== "") { bytes[at++] = 26; at = putText(bytes, at, result_string); }
  writer.at = at;
  if (user_info !== undefined) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 34;
      writer.at = at + 1;
      const before = writer.length;
      writeCIMUserInfo(user_info, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - 1;
      at = writer.at = putLength(bytes, at, 1, writer.at);
  }
  }

export function readCIMAuthTokenRsp(reader: Reader, end: number): CIMAuthTokenRsp {
  let server_time: number = 0;
  let result_code: CIMErrorCode = 0;
  let result_string: string = "";
  let user_info: CIMUserInfo | undefined = undefined;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        server_time = reader.uint32();
        break;
      case 16:
        result_code = reader.int32() as CIMErrorCode;
        break;
      case 26:
        result_string = reader.text(end);
        break;
      case 34:
        user_info = readCIMUserInfo(reader, reader.lengthEnd(end), user_info);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { server_time, result_code, result_string, user_info };
}

export function createCIMAuthTokenRsp(message: Partially<CIMAuthTokenRsp>): CIMAuthTokenRsp {
  return {
    server_time: message.server_time ?? 0,
    result_code: message.result_code ?? 0,
    result_string: message.result_string ?? "",
    user_info: message.user_info === undefined ? undefined : createCIMUserInfo(message.user_info),
  };
}

/** CIM.Login.CIMAuthTokenRsp */
export const CIMAuthTokenRspCodec: BodyCodec<CIMAuthTokenRsp> = new MessageCodec<CIMAuthTokenRsp>("CIM.Login.CIMAuthTokenRsp", {
  write: writeCIMAuthTokenRsp,
  read: readCIMAuthTokenRsp,
  create: createCIMAuthTokenRsp,
});

export function writeCIMAuthReq(message: Partially<CIMAuthReq>, writer: Writer): void {
  checkObject(message, "CIMAuthReq");
  const { user_name, user_pwd, client_type, client_version } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 12;
  if (user_name !== undefined && user_name !== "") room += textRoom(user_name, "CIMAuthReq.user_name");
  if (user_pwd !== undefined && user_pwd !== "") room += textRoom(user_pwd, "CIMAuthReq.user_pwd");
  if (client_version !== undefined && client_version !== "") room += textRoom(client_version, "CIMAuthReq.client_version");
  at = writer.reserve(room); bytes = writer.bytes;
  if (user_name !== undefined && user_name !== "") { bytes[at++] = 10; at = putText(bytes, at, user_name); }
  if (user_pwd !== undefined && user_pwd !== "") { bytes[at++] = 18; at = putText(bytes, at, user_pwd); }
  if (client_type !== undefined && client_type !== 0) { bytes[at++] = 24;
      if ((client_type & 0x7f) === client_type) bytes[at++] = client_type;
      else at = putInt32(bytes, at, client_type, "CIMAuthReq.client_type"); }
  if (client_version !== undefined && client_version !== "") { bytes[at++] = 34; at = putText(bytes, at, client_version); }
  writer.at = at;
  }

export function readCIMAuthReq(reader: Reader, end: number): CIMAuthReq {
  let user_name: string = "";
  let user_pwd: string = "";
  let client_type: CIMClientType = 0;
  let client_version: string = "";
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        user_name = reader.text(end);
        break;
      case 18:
        user_pwd = reader.text(end);
        break;
      case 24:
        client_type = reader.int32() as CIMClientType;
        break;
      case 34:
        client_version = reader.text(end);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_name, user_pwd, client_type, client_version };
}

export function createCIMAuthReq(message: Partially<CIMAuthReq>): CIMAuthReq {
  return {
    user_name: message.user_name ?? "",
    user_pwd: message.user_pwd ?? "",
    client_type: message.client_type ?? 0,
    client_version: message.client_version ?? "",
  };
}

/** CIM.Login.CIMAuthReq */
export const CIMAuthReqCodec: BodyCodec<CIMAuthReq> = new MessageCodec<CIMAuthReq>("CIM.Login.CIMAuthReq", {
  write: writeCIMAuthReq,
  read: readCIMAuthReq,
  create: createCIMAuthReq,
});

export function writeCIMAuthRsp(message: Partially<CIMAuthRsp>, writer: Writer): void {
  checkObject(message, "CIMAuthRsp");
  const { server_time, result_code, result_string, user_info } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 19;
  if (result_string !== undefined && result_string !== "") room += textRoom(result_string, "CIMAuthRsp.result_string");
  at = writer.reserve(room); bytes = writer.bytes;
  if (server_time !== undefined && server_time !== 0) { bytes[at++] = 8; at = putUint32(bytes, at, server_time, "CIMAuthRsp.server_time"); }
  if (result_code !== undefined && result_code !== 0) { bytes[at++] = 16;
      if ((result_code & 0x7f) === result_code) bytes[at++] = result_code;
      else at = putInt32(bytes, at, result_code, "CIMAuthRsp.result_code"); }
  if (result_string !== undefined && result_string !== "") { bytes[at++] = 26; at = putText(bytes, at, result_string); }
  writer.at = at;
  if (user_info !== undefined) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 34;
      writer.at = at + 1;
      const before = writer.length;
      writeCIMUserInfo(user_info, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - 1;
      at = writer.at = putLength(bytes, at, 1, writer.at);
  }
  }

export function readCIMAuthRsp(reader: Reader, end: number): CIMAuthRsp {
  let server_time: number = 0;
  let result_code: CIMErrorCode = 0;
  let result_string: string = "";
  let user_info: CIMUserInfo | undefined = undefined;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        server_time = reader.uint32();
        break;
      case 16:
        result_code = reader.int32() as CIMErrorCode;
        break;
      case 26:
        result_string = reader.text(end);
        break;
      case 34:
        user_info = readCIMUserInfo(reader, reader.lengthEnd(end), user_info);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { server_time, result_code, result_string, user_info };
}

export function createCIMAuthRsp(message: Partially<CIMAuthRsp>): CIMAuthRsp {
  return {
    server_time: message.server_time ?? 0,
    result_code: message.result_code ?? 0,
    result_string: message.result_string ?? "",
    user_info: message.user_info === undefined ? undefined : createCIMUserInfo(message.user_info),
  };
}

/** CIM.Login.CIMAuthRsp */
export const CIMAuthRspCodec: BodyCodec<CIMAuthRsp> = new MessageCodec<CIMAuthRsp>("CIM.Login.CIMAuthRsp", {
  write: writeCIMAuthRsp,
  read: readCIMAuthRsp,
  create: createCIMAuthRsp,
});

export function writeCIMLogoutReq(message: Partially<CIMLogoutReq>, writer: Writer): void {
  checkObject(message, "CIMLogoutReq");
  const { user_id, client_type } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(24); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMLogoutReq.user_id"); }
  if (client_type !== undefined && client_type !== 0) { bytes[at++] = 16;
      if ((client_type & 0x7f) === client_type) bytes[at++] = client_type;
      else at = putInt32(bytes, at, client_type, "CIMLogoutReq.client_type"); }
  writer.at = at;
  }

export function readCIMLogoutReq(reader: Reader, end: number): CIMLogoutReq {
  let user_id: bigint = 0n;
  let client_type: CIMClientType = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        client_type = reader.int32() as CIMClientType;
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, client_type };
}

export function createCIMLogoutReq(message: Partially<CIMLogoutReq>): CIMLogoutReq {
  return {
    user_id: message.user_id ?? 0n,
    client_type: message.client_type ?? 0,
  };
}

/** CIM.Login.CIMLogoutReq */
export const CIMLogoutReqCodec: BodyCodec<CIMLogoutReq> = new MessageCodec<CIMLogoutReq>("CIM.Login.CIMLogoutReq", {
  write: writeCIMLogoutReq,
  read: readCIMLogoutReq,
  create: createCIMLogoutReq,
});

export function writeCIMLogoutRsp(message: Partially<CIMLogoutRsp>, writer: Writer): void {
  checkObject(message, "CIMLogoutRsp");
  const { result_code } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(7); bytes = writer.bytes;
  if (result_code !== undefined && result_code !== 0) { bytes[at++] = 8; at = putUint32(bytes, at, result_code, "CIMLogoutRsp.result_code"); }
  writer.at = at;
  }

export function readCIMLogoutRsp(reader: Reader, end: number): CIMLogoutRsp {
  let result_code: number = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        result_code = reader.uint32();
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { result_code };
}

export function createCIMLogoutRsp(message: Partially<CIMLogoutRsp>): CIMLogoutRsp {
  return {
    result_code: message.result_code ?? 0,
  };
}

/** CIM.Login.CIMLogoutRsp */
export const CIMLogoutRspCodec: BodyCodec<CIMLogoutRsp> = new MessageCodec<CIMLogoutRsp>("CIM.Login.CIMLogoutRsp", {
  write: writeCIMLogoutRsp,
  read: readCIMLogoutRsp,
  create: createCIMLogoutRsp,
});

export function writeCIMHeartBeat(message: Partially<CIMHeartBeat>, writer: Writer): void {
  checkObject(message, "CIMHeartBeat");
  void writer;
}

export function readCIMHeartBeat(reader: Reader, end: number): CIMHeartBeat {
  while (reader.at < end) {
    const tag = reader.tag();
    reader.skip(tag, end);
  }
  reader.finish(end);
  return {  };
}

export function createCIMHeartBeat(_message: Partially<CIMHeartBeat>): CIMHeartBeat {
  return {
  };
}

/** CIM.Login.CIMHeartBeat */
export const CIMHeartBeatCodec: BodyCodec<CIMHeartBeat> = new MessageCodec<CIMHeartBeat>("CIM.Login.CIMHeartBeat", {
  write: writeCIMHeartBeat,
  read: readCIMHeartBeat,
  create: createCIMHeartBeat,
});

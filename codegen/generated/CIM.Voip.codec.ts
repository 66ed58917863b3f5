// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import type { BodyCodec, Partially } from "../command.ts";
import { checkObject, MessageCodec } from "../wire/message-codec.ts";
import type { Reader } from "../wire/reader.ts";
import { varintLength } from "../wire/varint.ts";
import { checkList, putInt32, putLength, putUint64, type Writer } from "../wire/writer.ts";
import type { CIMChannelInfo, CIMErrorCode, CIMVoipInviteType, CIMInviteRspCode, CIMVoipByeReason } from "./CIM.Def.ts";
import { createCIMChannelInfo, readCIMChannelInfo, writeCIMChannelInfo } from "./CIM.Def.codec.ts";
import type { CIMVoipInviteReq, CIMVoipInviteReply, CIMVoipInviteReplyAck, CIMVoipHeartbeat, CIMVoipByeReq, CIMVoipByeRsp, CIMVoipByeNotify } from "./CIM.Voip.ts";

export function writeCIMVoipInviteReq(message: Partially<CIMVoipInviteReq>, writer: Writer): void {
  checkObject(message, "CIMVoipInviteReq");
  const { creator_user_id, invite_user_list, invite_type, channel_info } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(12); bytes = writer.bytes;
  if (creator_user_id !== undefined && creator_user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, creator_user_id, "CIMVoipInviteReq.creator_user_id"); }
  writer.at = at;
  if (invite_user_list !== undefined && checkList(invite_user_list, "CIMVoipInviteReq.invite_user_list").length !== 0) {
    at = writer.reserve(12 + invite_user_list.length * 10); bytes = writer.bytes;
    bytes[at++] = 18;
    const from = at;
    const guess = varintLength(invite_user_list.length * 2);
    at += guess;
    for (const item of invite_user_list) at = putUint64(bytes, at, item, "CIMVoipInviteReq.invite_user_list");
    at = writer.at = putLength(bytes, from, guess, at);
  }
  at = writer.reserve(12); bytes = writer.bytes;
  if (invite_type !== undefined && invite_type !== 0) { bytes[at++] = 24;
      if ((invite_type & 0x7f) === invite_type) bytes[at++] = invite_type;
      else at = putInt32(bytes, at, invite_type, "CIMVoipInviteReq.invite_type"); }
  writer.at = at;
  if (channel_info !== undefined) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 34;
      writer.at = at + 1;
      const before = writer.length;
      writeCIMChannelInfo(channel_info, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - 1;
      at = writer.at = putLength(bytes, at, 1, writer.at);
  }
  }

export function readCIMVoipInviteReq(reader: Reader, end: number): CIMVoipInviteReq {
  let creator_user_id: bigint = 0n;
  const invite_user_list: bigint[] = [];
  let invite_type: CIMVoipInviteType = 0;
  let channel_info: CIMChannelInfo | undefined = undefined;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        creator_user_id = reader.uint64();
        break;
      case 18: {
        const last = reader.lengthEnd(end);
        while (reader.at < last) invite_user_list.push(reader.uint64());
        reader.finish(last);
        break;
      }
      case 16:
        invite_user_list.push(reader.uint64());
        break;
      case 24:
        invite_type = reader.int32() as CIMVoipInviteType;
        break;
      case 34:
        channel_info = readCIMChannelInfo(reader, reader.lengthEnd(end), channel_info);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { creator_user_id, invite_user_list, invite_type, channel_info };
}

export function createCIMVoipInviteReq(message: Partially<CIMVoipInviteReq>): CIMVoipInviteReq {
  return {
    creator_user_id: message.creator_user_id ?? 0n,
    invite_user_list: [...(message.invite_user_list ?? [])],
    invite_type: message.invite_type ?? 0,
    channel_info: message.channel_info === undefined ? undefined : createCIMChannelInfo(message.channel_info),
  };
}

/** CIM.Voip.CIMVoipInviteReq */
export const CIMVoipInviteReqCodec: BodyCodec<CIMVoipInviteReq> = new MessageCodec<CIMVoipInviteReq>("CIM.Voip.CIMVoipInviteReq", {
  write: writeCIMVoipInviteReq,
  read: readCIMVoipInviteReq,
  create: createCIMVoipInviteReq,
});

export function writeCIMVoipInviteReply(message: Partially<CIMVoipInviteReply>, writer: Writer): void {
  checkObject(message, "CIMVoipInviteReply");
  const { user_id, rsp_code, channel_info } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(24); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMVoipInviteReply.user_id"); }
  if (rsp_code !== undefined && rsp_code !== 0) { bytes[at++] = 16;
      if ((rsp_code & 0x7f) === rsp_code) bytes[at++] = rsp_code;
      else at = putInt32(bytes, at, rsp_code, "CIMVoipInviteReply.rsp_code"); }
  writer.at = at;
  if (channel_info !== undefined) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 26;
      writer.at = at + 1;
      const before = writer.length;
      writeCIMChannelInfo(channel_info, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - 1;
      at = writer.at = putLength(bytes, at, 1, writer.at);
  }
  }

export function readCIMVoipInviteReply(reader: Reader, end: number): CIMVoipInviteReply {
  let user_id: bigint = 0n;
  let rsp_code: CIMInviteRspCode = 0;
  let channel_info: CIMChannelInfo | undefined = undefined;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        rsp_code = reader.int32() as CIMInviteRspCode;
        break;
      case 26:
        channel_info = readCIMChannelInfo(reader, reader.lengthEnd(end), channel_info);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, rsp_code, channel_info };
}

export function createCIMVoipInviteReply(message: Partially<CIMVoipInviteReply>): CIMVoipInviteReply {
  return {
    user_id: message.user_id ?? 0n,
    rsp_code: message.rsp_code ?? 0,
    channel_info: message.channel_info === undefined ? undefined : createCIMChannelInfo(message.channel_info),
  };
}

/** CIM.Voip.CIMVoipInviteReply */
export const CIMVoipInviteReplyCodec: BodyCodec<CIMVoipInviteReply> = new MessageCodec<CIMVoipInviteReply>("CIM.Voip.CIMVoipInviteReply", {
  write: writeCIMVoipInviteReply,
  read: readCIMVoipInviteReply,
  create: createCIMVoipInviteReply,
});

export function writeCIMVoipInviteReplyAck(message: Partially<CIMVoipInviteReplyAck>, writer: Writer): void {
  checkObject(message, "CIMVoipInviteReplyAck");
  const { channel_info } = message;
  let at: number;
  let bytes: Uint8Array;
  if (channel_info !== undefined) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 10;
      writer.at = at + 1;
      const before = writer.length;
      writeCIMChannelInfo(channel_info, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - 1;
      at = writer.at = putLength(bytes, at, 1, writer.at);
  }
  }

export function readCIMVoipInviteReplyAck(reader: Reader, end: number): CIMVoipInviteReplyAck {
  let channel_info: CIMChannelInfo | undefined = undefined;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        channel_info = readCIMChannelInfo(reader, reader.lengthEnd(end), channel_info);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { channel_info };
}

export function createCIMVoipInviteReplyAck(message: Partially<CIMVoipInviteReplyAck>): CIMVoipInviteReplyAck {
  return {
    channel_info: message.channel_info === undefined ? undefined : createCIMChannelInfo(message.channel_info),
  };
}

/** CIM.Voip.CIMVoipInviteReplyAck */
export const CIMVoipInviteReplyAckCodec: BodyCodec<CIMVoipInviteReplyAck> = new MessageCodec<CIMVoipInviteReplyAck>("CIM.Voip.CIMVoipInviteReplyAck", {
  write: writeCIMVoipInviteReplyAck,
  read: readCIMVoipInviteReplyAck,
  create: createCIMVoipInviteReplyAck,
});

export function writeCIMVoipHeartbeat(message: Partially<CIMVoipHeartbeat>, writer: Writer): void {
  checkObject(message, "CIMVoipHeartbeat");
  void writer;
}

export function readCIMVoipHeartbeat(reader: Reader, end: number): CIMVoipHeartbeat {
  while (reader.at < end) {
    const tag = reader.tag();
    reader.skip(tag, end);
  }
  reader.finish(end);
  return {  };
}

export function createCIMVoipHeartbeat(_message: Partially<CIMVoipHeartbeat>): CIMVoipHeartbeat {
  return {
  };
}

/** CIM.Voip.CIMVoipHeartbeat */
export const CIMVoipHeartbeatCodec: BodyCodec<CIMVoipHeartbeat> = new MessageCodec<CIMVoipHeartbeat>("CIM.Voip.CIMVoipHeartbeat", {
  write: writeCIMVoipHeartbeat,
  read: readCIMVoipHeartbeat,
  create: createCIMVoipHeartbeat,
});

export function writeCIMVoipByeReq(message: Partially<CIMVoipByeReq>, writer: Writer): void {
  checkObject(message, "CIMVoipByeReq");
  const { local_call_time_len, user_id, channel_info, bye_reason } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(24); bytes = writer.bytes;
  if (local_call_time_len !== undefined && local_call_time_len !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, local_call_time_len, "CIMVoipByeReq.local_call_time_len"); }
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, user_id, "CIMVoipByeReq.user_id"); }
  writer.at = at;
  if (channel_info !== undefined) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 26;
      writer.at = at + 1;
      const before = writer.length;
      writeCIMChannelInfo(channel_info, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - 1;
      at = writer.at = putLength(bytes, at, 1, writer.at);
  }
  at = writer.reserve(12); bytes = writer.bytes;
  if (bye_reason !== undefined && bye_reason !== 0) { bytes[at++] = 32;
      if ((bye_reason & 0x7f) === bye_reason) bytes[at++] = bye_reason;
      else at = putInt32(bytes, at, bye_reason, "CIMVoipByeReq.bye_reason"); }
  writer.at = at;
  }

export function readCIMVoipByeReq(reader: Reader, end: number): CIMVoipByeReq {
  let local_call_time_len: bigint = 0n;
  let user_id: bigint = 0n;
  let channel_info: CIMChannelInfo | undefined = undefined;
  let bye_reason: CIMVoipByeReason = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        local_call_time_len = reader.uint64();
        break;
      case 16:
        user_id = reader.uint64();
        break;
      case 26:
        channel_info = readCIMChannelInfo(reader, reader.lengthEnd(end), channel_info);
        break;
      case 32:
        bye_reason = reader.int32() as CIMVoipByeReason;
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { local_call_time_len, user_id, channel_info, bye_reason };
}

export function createCIMVoipByeReq(message: Partially<CIMVoipByeReq>): CIMVoipByeReq {
  return {
    local_call_time_len: message.local_call_time_len ?? 0n,
    user_id: message.user_id ?? 0n,
    channel_info: message.channel_info === undefined ? undefined : createCIMChannelInfo(message.channel_info),
    bye_reason: message.bye_reason ?? 0,
  };
}

/** CIM.Voip.CIMVoipByeReq */
export const CIMVoipByeReqCodec: BodyCodec<CIMVoipByeReq> = new MessageCodec<CIMVoipByeReq>("CIM.Voip.CIMVoipByeReq", {
  write: writeCIMVoipByeReq,
  read: readCIMVoipByeReq,
  create: createCIMVoipByeReq,
});

export function writeCIMVoipByeRsp(message: Partially<CIMVoipByeRsp>, writer: Writer): void {
  checkObject(message, "CIMVoipByeRsp");
  const { error_code } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(12); bytes = writer.bytes;
  if (error_code !== undefined && error_code !== 0) { bytes[at++] = 8;
      if ((error_code & 0x7f) === error_code) bytes[at++] = error_code;
      else at = putInt32(bytes, at, error_code, "CIMVoipByeRsp.error_code"); }
  writer.at = at;
  }

export function readCIMVoipByeRsp(reader: Reader, end: number): CIMVoipByeRsp {
  let error_code: CIMErrorCode = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        error_code = reader.int32() as CIMErrorCode;
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { error_code };
}

export function createCIMVoipByeRsp(message: Partially<CIMVoipByeRsp>): CIMVoipByeRsp {
  return {
    error_code: message.error_code ?? 0,
  };
}

/** CIM.Voip.CIMVoipByeRsp */
export const CIMVoipByeRspCodec: BodyCodec<CIMVoipByeRsp> = new MessageCodec<CIMVoipByeRsp>("CIM.Voip.CIMVoipByeRsp", {
  write: writeCIMVoipByeRsp,
  read: readCIMVoipByeRsp,
  create: createCIMVoipByeRsp,
});

export function writeCIMVoipByeNotify(message: Partially<CIMVoipByeNotify>, writer: Writer): void {
  checkObject(message, "CIMVoipByeNotify");
  const { user_id, channel_info, byeReason } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(12); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMVoipByeNotify.user_id"); }
  writer.at = at;
  if (channel_info !== undefined) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 18;
      writer.at = at + 1;
      const before = writer.length;
      writeCIMChannelInfo(channel_info, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - 1;
      at = writer.at = putLength(bytes, at, 1, writer.at);
  }
  at = writer.reserve(12); bytes = writer.bytes;
  if (byeReason !== undefined && byeReason !== 0) { bytes[at++] = 24;
      if ((byeReason & 0x7f) === byeReason) bytes[at++] = byeReason;
      else at = putInt32(bytes, at, byeReason, "CIMVoipByeNotify.byeReason"); }
  writer.at = at;
  }

export function readCIMVoipByeNotify(reader: Reader, end: number): CIMVoipByeNotify {
  let user_id: bigint = 0n;
  let channel_info: CIMChannelInfo | undefined = undefined;
  let byeReason: CIMVoipByeReason = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 18:
        channel_info = readCIMChannelInfo(reader, reader.lengthEnd(end), channel_info);
        break;
      case 24:
        byeReason = reader.int32() as CIMVoipByeReason;
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, channel_info, byeReason };
}

export function createCIMVoipByeNotify(message: Partially<CIMVoipByeNotify>): CIMVoipByeNotify {
  return {
    user_id: message.user_id ?? 0n,
    channel_info: message.channel_info === undefined ? undefined : createCIMChannelInfo(message.channel_info),
    byeReason: message.byeReason ?? 0,
  };
}

/** CIM.Voip.CIMVoipByeNotify */
export const CIMVoipByeNotifyCodec: BodyCodec<CIMVoipByeNotify> = new MessageCodec<CIMVoipByeNotify>("CIM.Voip.CIMVoipByeNotify", {
  write: writeCIMVoipByeNotify,
  read: readCIMVoipByeNotify,
  create: createCIMVoipByeNotify,
});

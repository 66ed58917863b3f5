// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import type { BodyCodec, Partially } from "../command.ts";
import { checkObject, MessageCodec, NO_BYTES } from "../wire/message-codec.ts";
import type { Reader } from "../wire/reader.ts";
import { varintLength } from "../wire/varint.ts";
import { bytesRoom, checkList, putBytes, putInt32, putLength, putText, putUint32, putUint64, textRoom, type Writer } from "../wire/writer.ts";
import type { CIMGroupCreateReq, CIMGroupCreateRsp, CIMGroupDisbandingReq, CIMGroupDisbandingRsp, CIMGroupExitReq, CIMGroupExitRsp, CIMGroupListReq, CIMGroupListRsp, CIMGroupInfoReq, CIMGroupInfoRsp, CIMGroupInviteMemberReq, CIMGroupInviteMemberRsp, CIMGroupKickOutMemberReq, CIMGroupKickOutMemberRsp, CIMGroupMemberListReq, CIMGroupMemberListRsp, CIMGroupMemberChangedNotify, CIMGroupMemberChangedInfo, CIMGroupInfo, CIMGroupVersionInfo, CIMGroupMemberChangedType, CIMGroupType, CIMGroupJoinModel, CIMGroupBeInviteMode, CIMGroupMuteModel } from "./CIM.Group.ts";

export function writeCIMGroupCreateReq(message: Partially<CIMGroupCreateReq>, writer: Writer): void {
  checkObject(message, "CIMGroupCreateReq");
  const { user_id, group_name, member_id_list } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 12;
  if (group_name !== undefined && group_name !== "") room += textRoom(group_name, "CIMGroupCreateReq.group_name");
  at = writer.reserve(room); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupCreateReq.user_id"); }
  if (group_name !== undefined && group_name !== "") { bytes[at++] = 18; at = putText(bytes, at, group_name); }
  writer.at = at;
  if (member_id_list !== undefined && checkList(member_id_list, "CIMGroupCreateReq.member_id_list").length !== 0) {
    at = writer.reserve(12 + member_id_list.length * 10); bytes = writer.bytes;
    bytes[at++] = 26;
    const from = at;
    const guess = varintLength(member_id_list.length * 2);
    at += guess;
    for (const item of member_id_list) at = putUint64(bytes, at, item, "CIMGroupCreateReq.member_id_list");
    at = writer.at = putLength(bytes, from, guess, at);
  }
  }

export function readCIMGroupCreateReq(reader: Reader, end: number): CIMGroupCreateReq {
  let user_id: bigint = 0n;
  let group_name: string = "";
  const member_id_list: bigint[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 18:
        group_name = reader.text(end);
        break;
      case 26: {
        const last = reader.lengthEnd(end);
        while (reader.at < last) member_id_list.push(reader.uint64());
        reader.finish(last);
        break;
      }
      case 24:
        member_id_list.push(reader.uint64());
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_name, member_id_list };
}

export function createCIMGroupCreateReq(message: Partially<CIMGroupCreateReq>): CIMGroupCreateReq {
  return {
    user_id: message.user_id ?? 0n,
    group_name: message.group_name ?? "",
    member_id_list: [...(message.member_id_list ?? [])],
  };
}

/** CIM.Group.CIMGroupCreateReq */
export const CIMGroupCreateReqCodec: BodyCodec<CIMGroupCreateReq> = new MessageCodec<CIMGroupCreateReq>("CIM.Group.CIMGroupCreateReq", {
  write: writeCIMGroupCreateReq,
  read: readCIMGroupCreateReq,
  create: createCIMGroupCreateReq,
});

export function writeCIMGroupCreateRsp(message: Partially<CIMGroupCreateRsp>, writer: Writer): void {
  checkObject(message, "CIMGroupCreateRsp");
  const { user_id, result_code, group_info, member_id_list, attach_notificatino_msg } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(19); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupCreateRsp.user_id"); }
  if (result_code !== undefined && result_code !== 0) { bytes[at++] = 16; at = putUint32(bytes, at, result_code, "CIMGroupCreateRsp.result_code"); }
  writer.at = at;
  if (group_info !== undefined) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 26;
      writer.at = at + 1;
      const before = writer.length;
      writeCIMGroupInfo(group_info, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - 1;
      at = writer.at = putLength(bytes, at, 1, writer.at);
  }
  if (member_id_list !== undefined && checkList(member_id_list, "CIMGroupCreateRsp.member_id_list").length !== 0) {
    at = writer.reserve(12 + member_id_list.length * 10); bytes = writer.bytes;
    bytes[at++] = 34;
    const from = at;
    const guess = varintLength(member_id_list.length * 2);
    at += guess;
    for (const item of member_id_list) at = putUint64(bytes, at, item, "CIMGroupCreateRsp.member_id_list");
    at = writer.at = putLength(bytes, from, guess, at);
  }
  room = 0;
  if (attach_notificatino_msg !== undefined) room += bytesRoom(attach_notificatino_msg, "CIMGroupCreateRsp.attach_notificatino_msg");
  at = writer.reserve(room); bytes = writer.bytes;
  if (attach_notificatino_msg !== undefined && attach_notificatino_msg.length !== 0) { bytes[at++] = 82; at = putBytes(bytes, at, attach_notificatino_msg); }
  writer.at = at;
  }

export function readCIMGroupCreateRsp(reader: Reader, end: number): CIMGroupCreateRsp {
  let user_id: bigint = 0n;
  let result_code: number = 0;
  let group_info: CIMGroupInfo | undefined = undefined;
  const member_id_list: bigint[] = [];
  let attach_notificatino_msg: Uint8Array = NO_BYTES;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        result_code = reader.uint32();
        break;
      case 26:
        group_info = readCIMGroupInfo(reader, reader.lengthEnd(end), group_info);
        break;
      case 34: {
        const last = reader.lengthEnd(end);
        while (reader.at < last) member_id_list.push(reader.uint64());
        reader.finish(last);
        break;
      }
      case 32:
        member_id_list.push(reader.uint64());
        break;
      case 82:
        attach_notificatino_msg = reader.view(end);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, result_code, group_info, member_id_list, attach_notificatino_msg };
}

export function createCIMGroupCreateRsp(message: Partially<CIMGroupCreateRsp>): CIMGroupCreateRsp {
  return {
    user_id: message.user_id ?? 0n,
    result_code: message.result_code ?? 0,
    group_info: message.group_info === undefined ? undefined : createCIMGroupInfo(message.group_info),
    member_id_list: [...(message.member_id_list ?? [])],
    attach_notificatino_msg: message.attach_notificatino_msg ?? NO_BYTES,
  };
}

/** CIM.Group.CIMGroupCreateRsp */
export const CIMGroupCreateRspCodec: BodyCodec<CIMGroupCreateRsp> = new MessageCodec<CIMGroupCreateRsp>("CIM.Group.CIMGroupCreateRsp", {
  write: writeCIMGroupCreateRsp,
  read: readCIMGroupCreateRsp,
  create: createCIMGroupCreateRsp,
});

export function writeCIMGroupDisbandingReq(message: Partially<CIMGroupDisbandingReq>, writer: Writer): void {
  checkObject(message, "CIMGroupDisbandingReq");
  const { user_id, group_id } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(24); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupDisbandingReq.user_id"); }
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, group_id, "CIMGroupDisbandingReq.group_id"); }
  writer.at = at;
  }

export function readCIMGroupDisbandingReq(reader: Reader, end: number): CIMGroupDisbandingReq {
  let user_id: bigint = 0n;
  let group_id: bigint = 0n;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        group_id = reader.uint64();
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_id };
}

export function createCIMGroupDisbandingReq(message: Partially<CIMGroupDisbandingReq>): CIMGroupDisbandingReq {
  return {
    user_id: message.user_id ?? 0n,
    group_id: message.group_id ?? 0n,
  };
}

/** CIM.Group.CIMGroupDisbandingReq */
export const CIMGroupDisbandingReqCodec: BodyCodec<CIMGroupDisbandingReq> = new MessageCodec<CIMGroupDisbandingReq>("CIM.Group.CIMGroupDisbandingReq", {
  write: writeCIMGroupDisbandingReq,
  read: readCIMGroupDisbandingReq,
  create: createCIMGroupDisbandingReq,
});

export function writeCIMGroupDisbandingRsp(message: Partially<CIMGroupDisbandingRsp>, writer: Writer): void {
  checkObject(message, "CIMGroupDisbandingRsp");
  const { user_id, group_id, result_code, attach_notificatino_msg } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 31;
  if (attach_notificatino_msg !== undefined) room += bytesRoom(attach_notificatino_msg, "CIMGroupDisbandingRsp.attach_notificatino_msg");
  at = writer.reserve(room); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupDisbandingRsp.user_id"); }
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, group_id, "CIMGroupDisbandingRsp.group_id"); }
  if (result_code !== undefined && result_code !== 0) { bytes[at++] = 24; at = putUint32(bytes, at, result_code, "CIMGroupDisbandingRsp.result_code"); }
  if (attach_notificatino_msg !== undefined && attach_notificatino_msg.length !== 0) { bytes[at++] = 82; at = putBytes(bytes, at, attach_notificatino_msg); }
  writer.at = at;
  }

export function readCIMGroupDisbandingRsp(reader: Reader, end: number): CIMGroupDisbandingRsp {
  let user_id: bigint = 0n;
  let group_id: bigint = 0n;
  let result_code: number = 0;
  let attach_notificatino_msg: Uint8Array = NO_BYTES;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        group_id = reader.uint64();
        break;
      case 24:
        result_code = reader.uint32();
        break;
      case 82:
        attach_notificatino_msg = reader.view(end);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_id, result_code, attach_notificatino_msg };
}

export function createCIMGroupDisbandingRsp(message: Partially<CIMGroupDisbandingRsp>): CIMGroupDisbandingRsp {
  return {
    user_id: message.user_id ?? 0n,
    group_id: message.group_id ?? 0n,
    result_code: message.result_code ?? 0,
    attach_notificatino_msg: message.attach_notificatino_msg ?? NO_BYTES,
  };
}

/** CIM.Group.CIMGroupDisbandingRsp */
export const CIMGroupDisbandingRspCodec: BodyCodec<CIMGroupDisbandingRsp> = new MessageCodec<CIMGroupDisbandingRsp>("CIM.Group.CIMGroupDisbandingRsp", {
  write: writeCIMGroupDisbandingRsp,
  read: readCIMGroupDisbandingRsp,
  create: createCIMGroupDisbandingRsp,
});

export function writeCIMGroupExitReq(message: Partially<CIMGroupExitReq>, writer: Writer): void {
  checkObject(message, "CIMGroupExitReq");
  const { user_id, group_id } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(24); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupExitReq.user_id"); }
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, group_id, "CIMGroupExitReq.group_id"); }
  writer.at = at;
  }

export function readCIMGroupExitReq(reader: Reader, end: number): CIMGroupExitReq {
  let user_id: bigint = 0n;
  let group_id: bigint = 0n;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        group_id = reader.uint64();
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_id };
}

export function createCIMGroupExitReq(message: Partially<CIMGroupExitReq>): CIMGroupExitReq {
  return {
    user_id: message.user_id ?? 0n,
    group_id: message.group_id ?? 0n,
  };
}

/** CIM.Group.CIMGroupExitReq */
export const CIMGroupExitReqCodec: BodyCodec<CIMGroupExitReq> = new MessageCodec<CIMGroupExitReq>("CIM.Group.CIMGroupExitReq", {
  write: writeCIMGroupExitReq,
  read: readCIMGroupExitReq,
  create: createCIMGroupExitReq,
});

export function writeCIMGroupExitRsp(message: Partially<CIMGroupExitRsp>, writer: Writer): void {
  checkObject(message, "CIMGroupExitRsp");
  const { user_id, group_id, result_code, attach_notificatino_msg } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 31;
  if (attach_notificatino_msg !== undefined) room += bytesRoom(attach_notificatino_msg, "CIMGroupExitRsp.attach_notificatino_msg");
  at = writer.reserve(room); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupExitRsp.user_id"); }
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, group_id, "CIMGroupExitRsp.group_id"); }
  if (result_code !== undefined && result_code !== 0) { bytes[at++] = 24; at = putUint32(bytes, at, result_code, "CIMGroupExitRsp.result_code"); }
  if (attach_notificatino_msg !== undefined && attach_notificatino_msg.length !== 0) { bytes[at++] = 82; at = putBytes(bytes, at, attach_notificatino_msg); }
  writer.at = at;
  }

export function readCIMGroupExitRsp(reader: Reader, end: number): CIMGroupExitRsp {
  let user_id: bigint = 0n;
  let group_id: bigint = 0n;
  let result_code: number = 0;
  let attach_notificatino_msg: Uint8Array = NO_BYTES;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        group_id = reader.uint64();
        break;
      case 24:
        result_code = reader.uint32();
        break;
      case 82:
        attach_notificatino_msg = reader.view(end);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_id, result_code, attach_notificatino_msg };
}

export function createCIMGroupExitRsp(message: Partially<CIMGroupExitRsp>): CIMGroupExitRsp {
  return {
    user_id: message.user_id ?? 0n,
    group_id: message.group_id ?? 0n,
    result_code: message.result_code ?? 0,
    attach_notificatino_msg: message.attach_notificatino_msg ?? NO_BYTES,
  };
}

/** CIM.Group.CIMGroupExitRsp */
export const CIMGroupExitRspCodec: BodyCodec<CIMGroupExitRsp> = new MessageCodec<CIMGroupExitRsp>("CIM.Group.CIMGroupExitRsp", {
  write: writeCIMGroupExitRsp,
  read: readCIMGroupExitRsp,
  create: createCIMGroupExitRsp,
});

export function writeCIMGroupListReq(message: Partially<CIMGroupListReq>, writer: Writer): void {
  checkObject(message, "CIMGroupListReq");
  const { user_id } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(12); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupListReq.user_id"); }
  writer.at = at;
  }

export function readCIMGroupListReq(reader: Reader, end: number): CIMGroupListReq {
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

export function createCIMGroupListReq(message: Partially<CIMGroupListReq>): CIMGroupListReq {
  return {
    user_id: message.user_id ?? 0n,
  };
}

/** CIM.Group.CIMGroupListReq */
export const CIMGroupListReqCodec: BodyCodec<CIMGroupListReq> = new MessageCodec<CIMGroupListReq>("CIM.Group.CIMGroupListReq", {
  write: writeCIMGroupListReq,
  read: readCIMGroupListReq,
  create: createCIMGroupListReq,
});

export function writeCIMGroupListRsp(message: Partially<CIMGroupListRsp>, writer: Writer): void {
  checkObject(message, "CIMGroupListRsp");
  const { user_id, group_version_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(12); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupListRsp.user_id"); }
  writer.at = at;
  if (group_version_list !== undefined) {
    // Items of one list are alike: the width of the last one's length is the best guess for the next.
    let guess = 1;
    for (const item of checkList(group_version_list, "CIMGroupListRsp.group_version_list")) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 18;
      writer.at = at + guess;
      const before = writer.length;
      writeCIMGroupVersionInfo(item, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - guess;
      const to = putLength(bytes, at, guess, writer.at);
      guess += to - writer.at;
      at = writer.at = to;
    }
  }
  }

export function readCIMGroupListRsp(reader: Reader, end: number): CIMGroupListRsp {
  let user_id: bigint = 0n;
  const group_version_list: CIMGroupVersionInfo[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 18:
        group_version_list.push(readCIMGroupVersionInfo(reader, reader.lengthEnd(end)));
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_version_list };
}

export function createCIMGroupListRsp(message: Partially<CIMGroupListRsp>): CIMGroupListRsp {
  return {
    user_id: message.user_id ?? 0n,
    group_version_list: message.group_version_list?.map(createCIMGroupVersionInfo) ?? [],
  };
}

/** CIM.Group.CIMGroupListRsp */
export const CIMGroupListRspCodec: BodyCodec<CIMGroupListRsp> = new MessageCodec<CIMGroupListRsp>("CIM.Group.CIMGroupListRsp", {
  write: writeCIMGroupListRsp,
  read: readCIMGroupListRsp,
  create: createCIMGroupListRsp,
});

export function writeCIMGroupInfoReq(message: Partially<CIMGroupInfoReq>, writer: Writer): void {
  checkObject(message, "CIMGroupInfoReq");
  const { user_id, group_version_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(12); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupInfoReq.user_id"); }
  writer.at = at;
  if (group_version_list !== undefined) {
    // Items of one list are alike: the width of the last one's length is the best guess for the next.
    let guess = 1;
    for (const item of checkList(group_version_list, "CIMGroupInfoReq.group_version_list")) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 18;
      writer.at = at + guess;
      const before = writer.length;
      writeCIMGroupVersionInfo(item, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - guess;
      const to = putLength(bytes, at, guess, writer.at);
      guess += to - writer.at;
      at = writer.at = to;
    }
  }
  }

export function readCIMGroupInfoReq(reader: Reader, end: number): CIMGroupInfoReq {
  let user_id: bigint = 0n;
  const group_version_list: CIMGroupVersionInfo[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 18:
        group_version_list.push(readCIMGroupVersionInfo(reader, reader.lengthEnd(end)));
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_version_list };
}

export function createCIMGroupInfoReq(message: Partially<CIMGroupInfoReq>): CIMGroupInfoReq {
  return {
    user_id: message.user_id ?? 0n,
    group_version_list: message.group_version_list?.map(createCIMGroupVersionInfo) ?? [],
  };
}

/** CIM.Group.CIMGroupInfoReq */
export const CIMGroupInfoReqCodec: BodyCodec<CIMGroupInfoReq> = new MessageCodec<CIMGroupInfoReq>("CIM.Group.CIMGroupInfoReq", {
  write: writeCIMGroupInfoReq,
  read: readCIMGroupInfoReq,
  create: createCIMGroupInfoReq,
});

export function writeCIMGroupInfoRsp(message: Partially<CIMGroupInfoRsp>, writer: Writer): void {
  checkObject(message, "CIMGroupInfoRsp");
  const { user_id, result_code, group_info_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(19); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupInfoRsp.user_id"); }
  if (result_code !== undefined && result_code !== 0) { bytes[at++] = 16; at = putUint32(bytes, at, result_code, "CIMGroupInfoRsp.result_code"); }
  writer.at = at;
  if (group_info_list !== undefined) {
    // Items of one list are alike: the width of the last one's length is the best guess for the next.
    let guess = 1;
    for (const item of checkList(group_info_list, "CIMGroupInfoRsp.group_info_list")) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 26;
      writer.at = at + guess;
      const before = writer.length;
      writeCIMGroupInfo(item, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - guess;
      const to = putLength(bytes, at, guess, writer.at);
      guess += to - writer.at;
      at = writer.at = to;
    }
  }
  }

export function readCIMGroupInfoRsp(reader: Reader, end: number): CIMGroupInfoRsp {
  let user_id: bigint = 0n;
  let result_code: number = 0;
  const group_info_list: CIMGroupInfo[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        result_code = reader.uint32();
        break;
      case 26:
        group_info_list.push(readCIMGroupInfo(reader, reader.lengthEnd(end)));
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, result_code, group_info_list };
}

export function createCIMGroupInfoRsp(message: Partially<CIMGroupInfoRsp>): CIMGroupInfoRsp {
  return {
    user_id: message.user_id ?? 0n,
    result_code: message.result_code ?? 0,
    group_info_list: message.group_info_list?.map(createCIMGroupInfo) ?? [],
  };
}

/** CIM.Group.CIMGroupInfoRsp */
export const CIMGroupInfoRspCodec: BodyCodec<CIMGroupInfoRsp> = new MessageCodec<CIMGroupInfoRsp>("CIM.Group.CIMGroupInfoRsp", {
  write: writeCIMGroupInfoRsp,
  read: readCIMGroupInfoRsp,
  create: createCIMGroupInfoRsp,
});

export function writeCIMGroupInviteMemberReq(message: Partially<CIMGroupInviteMemberReq>, writer: Writer): void {
  checkObject(message, "CIMGroupInviteMemberReq");
  const { user_id, group_id, member_id_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(24); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupInviteMemberReq.user_id"); }
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, group_id, "CIMGroupInviteMemberReq.group_id"); }
  writer.at = at;
  if (member_id_list !== undefined && checkList(member_id_list, "CIMGroupInviteMemberReq.member_id_list").length !== 0) {
    at = writer.reserve(12 + member_id_list.length * 10); bytes = writer.bytes;
    bytes[at++] = 26;
    const from = at;
    const guess = varintLength(member_id_list.length * 2);
    at += guess;
    for (const item of member_id_list) at = putUint64(bytes, at, item, "CIMGroupInviteMemberReq.member_id_list");
    at = writer.at = putLength(bytes, from, guess, at);
  }
  }

export function readCIMGroupInviteMemberReq(reader: Reader, end: number): CIMGroupInviteMemberReq {
  let user_id: bigint = 0n;
  let group_id: bigint = 0n;
  const member_id_list: bigint[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        group_id = reader.uint64();
        break;
      case 26: {
        const last = reader.lengthEnd(end);
        while (reader.at < last) member_id_list.push(reader.uint64());
        reader.finish(last);
        break;
      }
      case 24:
        member_id_list.push(reader.uint64());
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_id, member_id_list };
}

export function createCIMGroupInviteMemberReq(message: Partially<CIMGroupInviteMemberReq>): CIMGroupInviteMemberReq {
  return {
    user_id: message.user_id ?? 0n,
    group_id: message.group_id ?? 0n,
    member_id_list: [...(message.member_id_list ?? [])],
  };
}

/** CIM.Group.CIMGroupInviteMemberReq */
export const CIMGroupInviteMemberReqCodec: BodyCodec<CIMGroupInviteMemberReq> = new MessageCodec<CIMGroupInviteMemberReq>("CIM.Group.CIMGroupInviteMemberReq", {
  write: writeCIMGroupInviteMemberReq,
  read: readCIMGroupInviteMemberReq,
  create: createCIMGroupInviteMemberReq,
});

export function writeCIMGroupInviteMemberRsp(message: Partially<CIMGroupInviteMemberRsp>, writer: Writer): void {
  checkObject(message, "CIMGroupInviteMemberRsp");
  const { user_id, group_id, result_code, attach_notificatino_msg } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 31;
  if (attach_notificatino_msg !== undefined) room += bytesRoom(attach_notificatino_msg, "CIMGroupInviteMemberRsp.attach_notificatino_msg");
  at = writer.reserve(room); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupInviteMemberRsp.user_id"); }
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, group_id, "CIMGroupInviteMemberRsp.group_id"); }
  if (result_code !== undefined && result_code !== 0) { bytes[at++] = 24; at = putUint32(bytes, at, result_code, "CIMGroupInviteMemberRsp.result_code"); }
  if (attach_notificatino_msg !== undefined && attach_notificatino_msg.length !== 0) { bytes[at++] = 82; at = putBytes(bytes, at, attach_notificatino_msg); }
  writer.at = at;
  }

export function readCIMGroupInviteMemberRsp(reader: Reader, end: number): CIMGroupInviteMemberRsp {
  let user_id: bigint = 0n;
  let group_id: bigint = 0n;
  let result_code: number = 0;
  let attach_notificatino_msg: Uint8Array = NO_BYTES;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        group_id = reader.uint64();
        break;
      case 24:
        result_code = reader.uint32();
        break;
      case 82:
        attach_notificatino_msg = reader.view(end);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_id, result_code, attach_notificatino_msg };
}

export function createCIMGroupInviteMemberRsp(message: Partially<CIMGroupInviteMemberRsp>): CIMGroupInviteMemberRsp {
  return {
    user_id: message.user_id ?? 0n,
    group_id: message.group_id ?? 0n,
    result_code: message.result_code ?? 0,
    attach_notificatino_msg: message.attach_notificatino_msg ?? NO_BYTES,
  };
}

/** CIM.Group.CIMGroupInviteMemberRsp */
export const CIMGroupInviteMemberRspCodec: BodyCodec<CIMGroupInviteMemberRsp> = new MessageCodec<CIMGroupInviteMemberRsp>("CIM.Group.CIMGroupInviteMemberRsp", {
  write: writeCIMGroupInviteMemberRsp,
  read: readCIMGroupInviteMemberRsp,
  create: createCIMGroupInviteMemberRsp,
});

export function writeCIMGroupKickOutMemberReq(message: Partially<CIMGroupKickOutMemberReq>, writer: Writer): void {
  checkObject(message, "CIMGroupKickOutMemberReq");
  const { user_id, group_id, member_id_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(24); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupKickOutMemberReq.user_id"); }
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, group_id, "CIMGroupKickOutMemberReq.group_id"); }
  writer.at = at;
  if (member_id_list !== undefined && checkList(member_id_list, "CIMGroupKickOutMemberReq.member_id_list").length !== 0) {
    at = writer.reserve(12 + member_id_list.length * 10); bytes = writer.bytes;
    bytes[at++] = 26;
    const from = at;
    const guess = varintLength(member_id_list.length * 2);
    at += guess;
    for (const item of member_id_list) at = putUint64(bytes, at, item, "CIMGroupKickOutMemberReq.member_id_list");
    at = writer.at = putLength(bytes, from, guess, at);
  }
  }

export function readCIMGroupKickOutMemberReq(reader: Reader, end: number): CIMGroupKickOutMemberReq {
  let user_id: bigint = 0n;
  let group_id: bigint = 0n;
  const member_id_list: bigint[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        group_id = reader.uint64();
        break;
      case 26: {
        const last = reader.lengthEnd(end);
        while (reader.at < last) member_id_list.push(reader.uint64());
        reader.finish(last);
        break;
      }
      case 24:
        member_id_list.push(reader.uint64());
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_id, member_id_list };
}

export function createCIMGroupKickOutMemberReq(message: Partially<CIMGroupKickOutMemberReq>): CIMGroupKickOutMemberReq {
  return {
    user_id: message.user_id ?? 0n,
    group_id: message.group_id ?? 0n,
    member_id_list: [...(message.member_id_list ?? [])],
  };
}

/** CIM.Group.CIMGroupKickOutMemberReq */
export const CIMGroupKickOutMemberReqCodec: BodyCodec<CIMGroupKickOutMemberReq> = new MessageCodec<CIMGroupKickOutMemberReq>("CIM.Group.CIMGroupKickOutMemberReq", {
  write: writeCIMGroupKickOutMemberReq,
  read: readCIMGroupKickOutMemberReq,
  create: createCIMGroupKickOutMemberReq,
});

export function writeCIMGroupKickOutMemberRsp(message: Partially<CIMGroupKickOutMemberRsp>, writer: Writer): void {
  checkObject(message, "CIMGroupKickOutMemberRsp");
  const { user_id, group_id, result_code, attach_notificatino_msg } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 31;
  if (attach_notificatino_msg !== undefined) room += bytesRoom(attach_notificatino_msg, "CIMGroupKickOutMemberRsp.attach_notificatino_msg");
  at = writer.reserve(room); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupKickOutMemberRsp.user_id"); }
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, group_id, "CIMGroupKickOutMemberRsp.group_id"); }
  if (result_code !== undefined && result_code !== 0) { bytes[at++] = 24; at = putUint32(bytes, at, result_code, "CIMGroupKickOutMemberRsp.result_code"); }
  if (attach_notificatino_msg !== undefined && attach_notificatino_msg.length !== 0) { bytes[at++] = 82; at = putBytes(bytes, at, attach_notificatino_msg); }
  writer.at = at;
  }

export function readCIMGroupKickOutMemberRsp(reader: Reader, end: number): CIMGroupKickOutMemberRsp {
  let user_id: bigint = 0n;
  let group_id: bigint = 0n;
  let result_code: number = 0;
  let attach_notificatino_msg: Uint8Array = NO_BYTES;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        group_id = reader.uint64();
        break;
      case 24:
        result_code = reader.uint32();
        break;
      case 82:
        attach_notificatino_msg = reader.view(end);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_id, result_code, attach_notificatino_msg };
}

export function createCIMGroupKickOutMemberRsp(message: Partially<CIMGroupKickOutMemberRsp>): CIMGroupKickOutMemberRsp {
  return {
    user_id: message.user_id ?? 0n,
    group_id: message.group_id ?? 0n,
    result_code: message.result_code ?? 0,
    attach_notificatino_msg: message.attach_notificatino_msg ?? NO_BYTES,
  };
}

/** CIM.Group.CIMGroupKickOutMemberRsp */
export const CIMGroupKickOutMemberRspCodec: BodyCodec<CIMGroupKickOutMemberRsp> = new MessageCodec<CIMGroupKickOutMemberRsp>("CIM.Group.CIMGroupKickOutMemberRsp", {
  write: writeCIMGroupKickOutMemberRsp,
  read: readCIMGroupKickOutMemberRsp,
  create: createCIMGroupKickOutMemberRsp,
});

export function writeCIMGroupMemberListReq(message: Partially<CIMGroupMemberListReq>, writer: Writer): void {
  checkObject(message, "CIMGroupMemberListReq");
  const { user_id, group_id } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(24); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupMemberListReq.user_id"); }
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, group_id, "CIMGroupMemberListReq.group_id"); }
  writer.at = at;
  }

export function readCIMGroupMemberListReq(reader: Reader, end: number): CIMGroupMemberListReq {
  let user_id: bigint = 0n;
  let group_id: bigint = 0n;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        group_id = reader.uint64();
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_id };
}

export function createCIMGroupMemberListReq(message: Partially<CIMGroupMemberListReq>): CIMGroupMemberListReq {
  return {
    user_id: message.user_id ?? 0n,
    group_id: message.group_id ?? 0n,
  };
}

/** CIM.Group.CIMGroupMemberListReq */
export const CIMGroupMemberListReqCodec: BodyCodec<CIMGroupMemberListReq> = new MessageCodec<CIMGroupMemberListReq>("CIM.Group.CIMGroupMemberListReq", {
  write: writeCIMGroupMemberListReq,
  read: readCIMGroupMemberListReq,
  create: createCIMGroupMemberListReq,
});

export function writeCIMGroupMemberListRsp(message: Partially<CIMGroupMemberListRsp>, writer: Writer): void {
  checkObject(message, "CIMGroupMemberListRsp");
  const { user_id, group_id, member_id_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(24); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupMemberListRsp.user_id"); }
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, group_id, "CIMGroupMemberListRsp.group_id"); }
  writer.at = at;
  if (member_id_list !== undefined && checkList(member_id_list, "CIMGroupMemberListRsp.member_id_list").length !== 0) {
    at = writer.reserve(12 + member_id_list.length * 10); bytes = writer.bytes;
    bytes[at++] = 26;
    const from = at;
    const guess = varintLength(member_id_list.length * 2);
    at += guess;
    for (const item of member_id_list) at = putUint64(bytes, at, item, "CIMGroupMemberListRsp.member_id_list");
    at = writer.at = putLength(bytes, from, guess, at);
  }
  }

export function readCIMGroupMemberListRsp(reader: Reader, end: number): CIMGroupMemberListRsp {
  let user_id: bigint = 0n;
  let group_id: bigint = 0n;
  const member_id_list: bigint[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        group_id = reader.uint64();
        break;
      case 26: {
        const last = reader.lengthEnd(end);
        while (reader.at < last) member_id_list.push(reader.uint64());
        reader.finish(last);
        break;
      }
      case 24:
        member_id_list.push(reader.uint64());
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_id, member_id_list };
}

export function createCIMGroupMemberListRsp(message: Partially<CIMGroupMemberListRsp>): CIMGroupMemberListRsp {
  return {
    user_id: message.user_id ?? 0n,
    group_id: message.group_id ?? 0n,
    member_id_list: [...(message.member_id_list ?? [])],
  };
}

/** CIM.Group.CIMGroupMemberListRsp */
export const CIMGroupMemberListRspCodec: BodyCodec<CIMGroupMemberListRsp> = new MessageCodec<CIMGroupMemberListRsp>("CIM.Group.CIMGroupMemberListRsp", {
  write: writeCIMGroupMemberListRsp,
  read: readCIMGroupMemberListRsp,
  create: createCIMGroupMemberListRsp,
});

export function writeCIMGroupMemberChangedNotify(message: Partially<CIMGroupMemberChangedNotify>, writer: Writer): void {
  checkObject(message, "CIMGroupMemberChangedNotify");
  const { user_id, group_id, changed_list } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(24); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupMemberChangedNotify.user_id"); }
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 16; at = putUint64(bytes, at, group_id, "CIMGroupMemberChangedNotify.group_id"); }
  writer.at = at;
  if (changed_list !== undefined) {
    // Items of one list are alike: the width of the last one's length is the best guess for the next.
    let guess = 1;
    for (const item of checkList(changed_list, "CIMGroupMemberChangedNotify.changed_list")) {
      at = writer.reserve(7); bytes = writer.bytes;
      bytes[at++] = 26;
      writer.at = at + guess;
      const before = writer.length;
      writeCIMGroupMemberChangedInfo(item, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - guess;
      const to = putLength(bytes, at, guess, writer.at);
      guess += to - writer.at;
      at = writer.at = to;
    }
  }
  }

export function readCIMGroupMemberChangedNotify(reader: Reader, end: number): CIMGroupMemberChangedNotify {
  let user_id: bigint = 0n;
  let group_id: bigint = 0n;
  const changed_list: CIMGroupMemberChangedInfo[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        group_id = reader.uint64();
        break;
      case 26:
        changed_list.push(readCIMGroupMemberChangedInfo(reader, reader.lengthEnd(end)));
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, group_id, changed_list };
}

export function createCIMGroupMemberChangedNotify(message: Partially<CIMGroupMemberChangedNotify>): CIMGroupMemberChangedNotify {
  return {
    user_id: message.user_id ?? 0n,
    group_id: message.group_id ?? 0n,
    changed_list: message.changed_list?.map(createCIMGroupMemberChangedInfo) ?? [],
  };
}

/** CIM.Group.CIMGroupMemberChangedNotify */
export const CIMGroupMemberChangedNotifyCodec: BodyCodec<CIMGroupMemberChangedNotify> = new MessageCodec<CIMGroupMemberChangedNotify>("CIM.Group.CIMGroupMemberChangedNotify", {
  write: writeCIMGroupMemberChangedNotify,
  read: readCIMGroupMemberChangedNotify,
  create: createCIMGroupMemberChangedNotify,
});

export function writeCIMGroupMemberChangedInfo(message: Partially<CIMGroupMemberChangedInfo>, writer: Writer): void {
  checkObject(message, "CIMGroupMemberChangedInfo");
  const { user_id, type } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(24); bytes = writer.bytes;
  if (user_id !== undefined && user_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, user_id, "CIMGroupMemberChangedInfo.user_id"); }
  if (type !== undefined && type !== 0) { bytes[at++] = 16;
      if ((type & 0x7f) === type) bytes[at++] = type;
      else at = putInt32(bytes, at, type, "CIMGroupMemberChangedInfo.type"); }
  writer.at = at;
  }

export function readCIMGroupMemberChangedInfo(reader: Reader, end: number): CIMGroupMemberChangedInfo {
  let user_id: bigint = 0n;
  let type: CIMGroupMemberChangedType = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        user_id = reader.uint64();
        break;
      case 16:
        type = reader.int32() as CIMGroupMemberChangedType;
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { user_id, type };
}

export function createCIMGroupMemberChangedInfo(message: Partially<CIMGroupMemberChangedInfo>): CIMGroupMemberChangedInfo {
  return {
    user_id: message.user_id ?? 0n,
    type: message.type ?? 0,
  };
}

/** CIM.Group.CIMGroupMemberChangedInfo */
export const CIMGroupMemberChangedInfoCodec: BodyCodec<CIMGroupMemberChangedInfo> = new MessageCodec<CIMGroupMemberChangedInfo>("CIM.Group.CIMGroupMemberChangedInfo", {
  write: writeCIMGroupMemberChangedInfo,
  read: readCIMGroupMemberChangedInfo,
  create: createCIMGroupMemberChangedInfo,
});

export function writeCIMGroupInfo(message: Partially<CIMGroupInfo>, writer: Writer): void {
  checkObject(message, "CIMGroupInfo");
  const { group_id, group_name, group_type, join_model, be_invite_model, mute_model, group_owner_id, create_time, update_time, group_intro, announcement, group_avatar } = message;
  let room: number;
  let at: number;
  let bytes: Uint8Array;
  room = 86;
  if (group_name !== undefined && group_name !== "") room += textRoom(group_name, "CIMGroupInfo.group_name");
  if (group_intro !== undefined && group_intro !== "") room += textRoom(group_intro, "CIMGroupInfo.group_intro");
  if (announcement !== undefined && announcement !== "") room += textRoom(announcement, "CIMGroupInfo.announcement");
  if (group_avatar !== undefined && group_avatar !== "") room += textRoom(group_avatar, "CIMGroupInfo.group_avatar");
  at = writer.reserve(room); bytes = writer.bytes;
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, group_id, "CIMGroupInfo.group_id"); }
  if (group_name !== undefined && group_name !== "") { bytes[at++] = 18; at = putText(bytes, at, group_name); }
  if (group_type !== undefined && group_type !== 0) { bytes[at++] = 24;
      if ((group_type & 0x7f) === group_type) bytes[at++] = group_type;
      else at = putInt32(bytes, at, group_type, "CIMGroupInfo.group_type"); }
  if (join_model !== undefined && join_model !== 0) { bytes[at++] = 32;
      if ((join_model & 0x7f) === join_model) bytes[at++] = join_model;
      else at = putInt32(bytes, at, join_model, "CIMGroupInfo.join_model"); }
  if (be_invite_model !== undefined && be_invite_model !== 0) { bytes[at++] = 40;
      if ((be_invite_model & 0x7f) === be_invite_model) bytes[at++] = be_invite_model;
      else at = putInt32(bytes, at, be_invite_model, "CIMGroupInfo.be_invite_model"); }
  if (mute_model !== undefined && mute_model !== 0) { bytes[at++] = 48;
      if ((mute_model & 0x7f) === mute_model) bytes[at++] = mute_model;
      else at = putInt32(bytes, at, mute_model, "CIMGroupInfo.mute_model"); }
  if (group_owner_id !== undefined && group_owner_id !== 0n) { bytes[at++] = 56; at = putUint64(bytes, at, group_owner_id, "CIMGroupInfo.group_owner_id"); }
  if (create_time !== undefined && create_time !== 0) { bytes[at++] = 64; at = putUint32(bytes, at, create_time, "CIMGroupInfo.create_time"); }
  if (update_time !== undefined && update_time !== 0) { bytes[at++] = 72; at = putUint32(bytes, at, update_time, "CIMGroupInfo.update_time"); }
  if (group_intro !== undefined && group_intro !== "") { bytes[at++] = 82; at = putText(bytes, at, group_intro); }
  if (announcement !== undefined && announcement !== "") { bytes[at++] = 90; at = putText(bytes, at, announcement); }
  if (group_avatar !== undefined && group_avatar !== "") { bytes[at++] = 98; at = putText(bytes, at, group_avatar); }
  writer.at = at;
  }

export function readCIMGroupInfo(reader: Reader, end: number, before?: CIMGroupInfo): CIMGroupInfo {
  let group_id: bigint = before === undefined ? 0n : before.group_id;
  let group_name: string = before === undefined ? "" : before.group_name;
  let group_type: CIMGroupType = before === undefined ? 0 : before.group_type;
  let join_model: CIMGroupJoinModel = before === undefined ? 0 : before.join_model;
  let be_invite_model: CIMGroupBeInviteMode = before === undefined ? 0 : before.be_invite_model;
  let mute_model: CIMGroupMuteModel = before === undefined ? 0 : before.mute_model;
  let group_owner_id: bigint = before === undefined ? 0n : before.group_owner_id;
  let create_time: number = before === undefined ? 0 : before.create_time;
  let update_time: number = before === undefined ? 0 : before.update_time;
  let group_intro: string = before === undefined ? "" : before.group_intro;
  let announcement: string = before === undefined ? "" : before.announcement;
  let group_avatar: string = before === undefined ? "" : before.group_avatar;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        group_id = reader.uint64();
        break;
      case 18:
        group_name = reader.text(end);
        break;
      case 24:
        group_type = reader.int32() as CIMGroupType;
        break;
      case 32:
        join_model = reader.int32() as CIMGroupJoinModel;
        break;
      case 40:
        be_invite_model = reader.int32() as CIMGroupBeInviteMode;
        break;
      case 48:
        mute_model = reader.int32() as CIMGroupMuteModel;
        break;
      case 56:
        group_owner_id = reader.uint64();
        break;
      case 64:
        create_time = reader.uint32();
        break;
      case 72:
        update_time = reader.uint32();
        break;
      case 82:
        group_intro = reader.text(end);
        break;
      case 90:
        announcement = reader.text(end);
        break;
      case 98:
        group_avatar = reader.text(end);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { group_id, group_name, group_type, join_model, be_invite_model, mute_model, group_owner_id, create_time, update_time, group_intro, announcement, group_avatar };
}

export function createCIMGroupInfo(message: Partially<CIMGroupInfo>): CIMGroupInfo {
  return {
    group_id: message.group_id ?? 0n,
    group_name: message.group_name ?? "",
    group_type: message.group_type ?? 0,
    join_model: message.join_model ?? 0,
    be_invite_model: message.be_invite_model ?? 0,
    mute_model: message.mute_model ?? 0,
    group_owner_id: message.group_owner_id ?? 0n,
    create_time: message.create_time ?? 0,
    update_time: message.update_time ?? 0,
    group_intro: message.group_intro ?? "",
    announcement: message.announcement ?? "",
    group_avatar: message.group_avatar ?? "",
  };
}

/** CIM.Group.CIMGroupInfo */
export const CIMGroupInfoCodec: BodyCodec<CIMGroupInfo> = new MessageCodec<CIMGroupInfo>("CIM.Group.CIMGroupInfo", {
  write: writeCIMGroupInfo,
  read: readCIMGroupInfo,
  create: createCIMGroupInfo,
});

export function writeCIMGroupVersionInfo(message: Partially<CIMGroupVersionInfo>, writer: Writer): void {
  checkObject(message, "CIMGroupVersionInfo");
  const { group_id, group_version } = message;
  let at: number;
  let bytes: Uint8Array;
  at = writer.reserve(19); bytes = writer.bytes;
  if (group_id !== undefined && group_id !== 0n) { bytes[at++] = 8; at = putUint64(bytes, at, group_id, "CIMGroupVersionInfo.group_id"); }
  if (group_version !== undefined && group_version !== 0) { bytes[at++] = 16; at = putUint32(bytes, at, group_version, "CIMGroupVersionInfo.group_version"); }
  writer.at = at;
  }

export function readCIMGroupVersionInfo(reader: Reader, end: number): CIMGroupVersionInfo {
  let group_id: bigint = 0n;
  let group_version: number = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        group_id = reader.uint64();
        break;
      case 16:
        group_version = reader.uint32();
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.finish(end);
  return { group_id, group_version };
}

export function createCIMGroupVersionInfo(message: Partially<CIMGroupVersionInfo>): CIMGroupVersionInfo {
  return {
    group_id: message.group_id ?? 0n,
    group_version: message.group_version ?? 0,
  };
}

/** CIM.Group.CIMGroupVersionInfo */
export const CIMGroupVersionInfoCodec: BodyCodec<CIMGroupVersionInfo> = new MessageCodec<CIMGroupVersionInfo>("CIM.Group.CIMGroupVersionInfo", {
  write: writeCIMGroupVersionInfo,
  read: readCIMGroupVersionInfo,
  create: createCIMGroupVersionInfo,
});

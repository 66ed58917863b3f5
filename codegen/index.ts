export type { BodyCodec, Command, Direction, Partially } from "./command.ts";
export { formatCommandId } from "./command-id.ts";
export { type DescribedFrame, describeFrame } from "./describe-frame.ts";
export { type DescribedBytes, describeMessage, hexOf, type Json, type ShortForm } from "./describe-message.ts";
export { isProtocolError, ProtocolError, type ProtocolErrorCode } from "./errors.ts";
export { enumLabel, type FieldTypes, messageTypeOf } from "./field-types.ts";
export { decodeFrame, encodeFrame, encodeRawFrame, renumberFrame } from "./frame.ts";
export { FrameBatch } from "./frame-batch.ts";
export { DEFAULT_MAX_FRAME_LENGTH, type Frame, Framer } from "./framer.ts";
export * from "./generated/CIM.Def.ts";
export * from "./generated/CIM.Friend.ts";
export * from "./generated/CIM.Group.ts";
export * from "./generated/CIM.List.ts";
export * from "./generated/CIM.Login.ts";
export * from "./generated/CIM.Message.ts";
export * from "./generated/CIM.Voip.ts";
export { commands } from "./generated/commands.ts";
export { messageCodecs } from "./generated/messages.ts";
export {
  type FrameHeader,
  HEADER_LENGTH,
  PROTOCOL_VERSION,
  patchSeqNum,
  readCommandId,
  readHeader,
  readLength,
  readSeqNum,
  writeHeader,
} from "./header.ts";
export { cimRegistry, createRegistry, type Registry } from "./registry.ts";

/** Bytes of the fixed header in front of every body. */
export const HEADER_LENGTH: number = 16;

/** The only protocol version there is. */
export const PROTOCOL_VERSION: number = 1;

/** The fields of the header, in wire order; all unsigned and big-endian. */
export interface FrameHeader {
  /** Whole packet in bytes, header included. */
  length: number;
  version: number;
  flag: number;
  service_id: number;
  command_id: number;
  seq_num: number;
  /** Reserved; the spelling is the contract's. */
  reversed: number;
}

const COMMAND_ID_AT = 10;
const SEQ_NUM_AT = 12;

/** The length of the whole packet that a header at `offset` announces. */
export function readLength(bytes: Uint8Array, offset: number = 0): number {
  return u16(bytes, offset) * 0x10000 + u16(bytes, offset + 2);
}

/** The command id in a header at `offset`. */
export function readCommandId(bytes: Uint8Array, offset: number = 0): number {
  return u16(bytes, offset + COMMAND_ID_AT);
}

/** The sequence number in a header at `offset`. */
export function readSeqNum(bytes: Uint8Array, offset: number = 0): number {
  return u16(bytes, offset + SEQ_NUM_AT);
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/** Reads a header at `offset`. The caller has made sure that 16 bytes are there. */
export function readHeader(bytes: Uint8Array, offset: number = 0): FrameHeader {
  return {
    length: readLength(bytes, offset),
    version: u16(bytes, offset + 4),
    flag: u16(bytes, offset + 6),
    service_id: u16(bytes, offset + 8),
    command_id: readCommandId(bytes, offset),
    seq_num: readSeqNum(bytes, offset),
    reversed: u16(bytes, offset + 14),
  };
}

/** Writes a header at `offset`; every field is cut to its width. */
export function writeHeader(bytes: Uint8Array, header: FrameHeader, offset: number = 0): void {
  const put = (at: number, value: number): void => {
    bytes[offset + at] = value >>> 8;
    bytes[offset + at + 1] = value;
  };
  put(0, header.length >>> 16);
  put(2, header.length);
  put(4, header.version);
  put(6, header.flag);
  put(8, header.service_id);
  put(COMMAND_ID_AT, header.command_id);
  put(SEQ_NUM_AT, header.seq_num);
  put(14, header.reversed);
}

/**
 * Writes the header of a packet of ours: version 1, reserved fields 0. Every packet passes here, so its bytes are
 * written one by one, which is faster than {@link writeHeader}.
 */
export function writeCommandHeader(bytes: Uint8Array, at: number, length: number, id: number, seqNum: number): void {
  bytes[at] = length >>> 24;
  bytes[at + 1] = length >>> 16;
  bytes[at + 2] = length >>> 8;
  bytes[at + 3] = length;
  bytes[at + 4] = 0;
  bytes[at + 5] = PROTOCOL_VERSION;
  bytes[at + 6] = 0;
  bytes[at + 7] = 0;
  bytes[at + 8] = 0;
  bytes[at + 9] = 0;
  bytes[at + COMMAND_ID_AT] = id >>> 8;
  bytes[at + COMMAND_ID_AT + 1] = id;
  bytes[at + SEQ_NUM_AT] = seqNum >>> 8;
  bytes[at + SEQ_NUM_AT + 1] = seqNum;
  bytes[at + 14] = 0;
  bytes[at + 15] = 0;
}

/** Replaces the sequence number in a header at `offset`, cut to 16 bits. */
export function patchSeqNum(bytes: Uint8Array, seqNum: number, offset: number = 0): void {
  bytes[offset + SEQ_NUM_AT] = seqNum >>> 8;
  bytes[offset + SEQ_NUM_AT + 1] = seqNum;
}

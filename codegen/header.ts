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

/** Reads a header at `offset`. The caller has made sure that 16 bytes are there. */
export function readHeader(bytes: Uint8Array, offset: number = 0): FrameHeader {
  const u16 = (at: number): number => ((bytes[offset + at] as number) << 8) | (bytes[offset + at + 1] as number);
  return {
    length: u16(0) * 0x10000 + u16(2),
    version: u16(4),
    flag: u16(6),
    service_id: u16(8),
    command_id: u16(10),
    seq_num: u16(12),
    reversed: u16(14),
  };
}

/** Writes a header at `offset`; every field is cut to its width. */
export function writeHeader(bytes: Uint8Array, header: FrameHeader, offset: number = 0): void {
  const u16 = (at: number, value: number): void => {
    bytes[offset + at] = value >>> 8;
    bytes[offset + at + 1] = value;
  };
  u16(0, header.length >>> 16);
  u16(2, header.length);
  u16(4, header.version);
  u16(6, header.flag);
  u16(8, header.service_id);
  u16(10, header.command_id);
  u16(12, header.seq_num);
  u16(14, header.reversed);
}

/** Replaces the sequence number in a header at `offset`, cut to 16 bits. */
export function patchSeqNum(bytes: Uint8Array, seqNum: number, offset: number = 0): void {
  bytes[offset + 12] = seqNum >>> 8;
  bytes[offset + 13] = seqNum;
}

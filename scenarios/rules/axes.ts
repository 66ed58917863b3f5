/**
 * The axes along which cases are varied, each with its values, the plainest first. A value's name stands in the ids of
 * cases, so no name belongs to two axes, and none is ever renamed.
 */
export const axes = {
  /** What kind of session the messages are sent in. */
  kind: ["one-to-one", "group"],
  /** How many of what the rule counts or lists; around limits that a programmer would pick. Nothing at all is the last. */
  number: [
    "1",
    "2",
    "10",
    "20",
    "21",
    "50",
    "64",
    "65",
    "99",
    "100",
    "127",
    "128",
    "200",
    "255",
    "256",
    "300",
    "1000",
    "1024",
    "1100",
    "0",
  ],
  /** Where in a list, a batch or a packet. */
  position: ["first", "middle", "last"],
  /** Which of a user's connections is looked at: the only one, or a second one beside it. */
  device: ["only", "second"],
  /** How connections are made: all over the target's own address, all over WebSocket, or in turn. */
  transport: ["tcp", "ws", "mixed"],
  /** When: at once, a second time, after logging out and in, after leaving or being removed and coming back, after a restart. */
  time: ["at-once", "second-time", "second-login", "after-return", "after-removal", "after-restart"],
  /** Who acts. */
  role: ["owner", "member", "former-member", "outsider"],
  /** One side alone, or both at the same moment. */
  concurrency: ["alone", "both-at-once"],
  /** The size of a number on the wire: at and around the widths that programs keep numbers in. */
  width: ["small", "2^31-1", "2^31", "2^32-1", "2^32", "2^53-1", "2^53", "2^63-1", "2^63", "2^64-1"],
  /** Which party of a call acts. */
  side: ["caller", "called"],
  /** How far a call has come. */
  phase: ["ringing", "talking"],
  /** Bytes of a text or content: at and across powers of two. A case goes through them all instead of having variants. */
  length: [
    "1B",
    "15B",
    "16B",
    "31B",
    "32B",
    "63B",
    "64B",
    "127B",
    "128B",
    "255B",
    "256B",
    "511B",
    "512B",
    "1023B",
    "1024B",
    "2047B",
    "2048B",
    "4095B",
    "4096B",
    "8191B",
    "8192B",
    "16383B",
    "16384B",
    "32767B",
    "32768B",
    "65535B",
    "65536B",
  ],
  /** What a text is made of. */
  content: [
    "ascii",
    "two-byte",
    "three-byte",
    "four-byte",
    "composed",
    "decomposed",
    "compatible",
    "invisible-front",
    "invisible-middle",
    "invisible-end",
    "control-front",
    "control-middle",
    "control-end",
    "blank-front",
    "blank-end",
    "quotes",
    "backslashes",
    "angle-brackets",
    "percent",
    "right-to-left",
    "joined-emoji",
  ],
  /** What clients flood a server with. */
  flood: ["pages", "lists", "broken", "unknown", "heartbeats", "texts"],
} as const;

/** Name of one axis. */
export type AxisName = keyof typeof axes;

/** A value of an axis. */
export type AxisValue<A extends AxisName> = (typeof axes)[A][number];

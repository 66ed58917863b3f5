// Packets as templates: a tool that cannot use our codec only has to write a few bytes at known places. This spares
// the other tools the encoding, so it is in their favour.
import { type Command, commands, encodeFrame, type Partially } from "../../../codegen/index.ts";

/** First user id. From here to 16383 an id is a varint of two bytes, so that all packets have the same length. */
export const FIRST_USER = 2000;
/** Most users that the templates can address. */
export const MAX_USERS: number = 16_383 - FIRST_USER;

/** A login and a message packet, as hex, and the offsets of what changes from packet to packet. */
export interface FrameTemplates {
  firstUser: number;
  login: string;
  /** Two-byte varint. */
  loginUser: number;
  /** Five decimal digits: the user id, with leading zeros. */
  loginToken: number;
  message: string;
  /** Two-byte varints. */
  from: number;
  to: number;
  /** 36 characters. */
  clientMsgId: number;
}

/** The token of a user, always of the same length. */
export function tokenOf(user: number): string {
  return `token-${String(user).padStart(5, "0")}`;
}

/** The templates of all tools. @param payloadBytes length of a message's content */
export function frameTemplates(payloadBytes: number): FrameTemplates {
  const login = (user: number): Buffer =>
    packet(commands.LOGIN_AUTH_TOKEN_REQ, {
      user_id: BigInt(user),
      user_token: tokenOf(FIRST_USER),
      client_version: "bench",
    });
  const message = (from: number, to: number): Buffer =>
    packet(commands.MSG_DATA, {
      from_user_id: BigInt(from),
      to_session_id: BigInt(to),
      client_msg_id: "#".repeat(36),
      msg_type: 1,
      session_type: 1,
      msg_data: Buffer.alloc(payloadBytes, "x"),
    });
  const plain = message(FIRST_USER, FIRST_USER);
  return {
    firstUser: FIRST_USER,
    login: login(FIRST_USER).toString("hex"),
    loginUser: firstDifference(login(FIRST_USER), login(FIRST_USER + 1)),
    loginToken: login(FIRST_USER).indexOf(tokenOf(FIRST_USER)) + "token-".length,
    message: plain.toString("hex"),
    from: firstDifference(plain, message(FIRST_USER + 1, FIRST_USER)),
    to: firstDifference(plain, message(FIRST_USER, FIRST_USER + 1)),
    clientMsgId: plain.indexOf("#"),
  };
}

function packet<M>(command: Command<M>, message: Partially<M>): Buffer {
  return Buffer.from(encodeFrame(command, message, 1));
}

function firstDifference(one: Buffer, other: Buffer): number {
  return one.findIndex((byte, at) => byte !== other[at]);
}

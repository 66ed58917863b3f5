import { type Command, commands, type Partially } from "../../codegen/index.ts";

/** One packet that every peer encodes and decodes. */
export interface Fixture {
  readonly name: string;
  readonly command: Command;
  readonly message: Record<string, unknown>;
}

/** A small seeded generator (mulberry32): the same seed gives the same packets on every machine. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const EPOCH = 1_700_000_000;

/** The five packets, as the busiest connections carry them. */
export function fixtures(seed: number): Fixture[] {
  const below = random(seed);
  const hex = (digits: number): string => Array.from({ length: digits }, () => below(16).toString(16)).join("");
  const uuid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const text = (length: number): Uint8Array => Uint8Array.from({ length }, () => 97 + below(26));
  const userId = (): bigint => BigInt(1000 + below(100_000));
  const time = (): number => EPOCH + below(100_000);

  const fixture = <M>(name: string, command: Command<M>, message: Partially<M>): Fixture => ({
    name,
    command: command as Command,
    message: message as Record<string, unknown>,
  });

  return [
    fixture("login", commands.LOGIN_AUTH_REQ, {
      user_name: `load${below(100_000)}`,
      user_pwd: hex(32),
      client_type: 3,
      client_version: "cupping/0.1",
    }),
    // 137 bytes of body: the size at which the libraries were compared when this project was designed.
    fixture("chat message", commands.MSG_DATA, {
      from_user_id: 10_012n,
      from_nick_name: "alice",
      to_session_id: 10_013n,
      client_msg_id: uuid(),
      server_msg_id: 200_345n,
      create_time: time(),
      msg_type: 1,
      session_type: 1,
      msg_data: text(70),
    }),
    fixture("acknowledgement", commands.MSG_DATA_ACK, {
      from_user_id: userId(),
      to_session_id: userId(),
      client_msg_id: uuid(),
      server_msg_id: BigInt(1 + below(1_000_000)),
      res_code: 1,
      session_type: 1,
      create_time: time(),
    }),
    fixture("history page of 20", commands.LIST_MSG_RSP, {
      user_id: userId(),
      session_type: 1,
      session_id: userId(),
      msg_list: Array.from({ length: 20 }, (_, index) => ({
        client_msg_id: uuid(),
        server_msg_id: BigInt(1000 + index),
        msg_res_code: 1 as const,
        session_type: 1 as const,
        from_user_id: userId(),
        to_session_id: userId(),
        create_time: time(),
        msg_type: 1 as const,
        msg_data: text(20 + below(100)),
      })),
    }),
    fixture("session list of 50", commands.LIST_RECENT_CONTACT_SESSION_RSP, {
      user_id: userId(),
      unread_counts: 120,
      contact_session_list: Array.from({ length: 50 }, () => ({
        session_id: userId(),
        session_type: 1 as const,
        session_status: 1 as const,
        unread_cnt: below(20),
        updated_time: time(),
        msg_id: uuid(),
        server_msg_id: BigInt(1 + below(100_000)),
        msg_time_stamp: time(),
        msg_data: text(10 + below(60)),
        msg_type: 1 as const,
        msg_from_user_id: userId(),
      })),
    }),
  ];
}

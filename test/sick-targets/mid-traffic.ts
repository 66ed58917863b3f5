import { CIMErrorCode, commands, encodeFrame } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Takes a lock at the n-th message and never gives it back: nothing but heartbeats is answered any more. */
export function locksForGood(messages: number): SickTarget {
  return {
    name: "locks-for-good",
    title: `answers nothing but heartbeats from message ${messages} on`,
    start() {
      let sent = 0;
      return Front.start({
        onRequest({ header }) {
          if (header.command_id === commands.MSG_DATA.id) sent += 1;
          return sent >= messages && header.command_id !== commands.LOGIN_HEARTBEAT.id;
        },
      });
    },
  };
}

/** Dies of the n-th message, once, and is started again at once. */
export function crashesOnce(messages: number): SickTarget {
  return {
    name: "crashes-once",
    title: `dies of message ${messages}, and is started again at once`,
    start() {
      let sent = 0;
      return Front.start({
        onRequest({ header }, _link, front) {
          if (header.command_id !== commands.MSG_DATA.id) return false;
          sent += 1;
          if (sent === messages) front.crash();
          return sent === messages;
        },
      });
    },
  };
}

/** The same, and what it held was in memory alone: nobody who was registered before can log in any more. */
export function forgetsAtRestart(messages: number): SickTarget {
  return {
    name: "forgets-at-restart",
    title: `dies of message ${messages}, and comes back without its accounts`,
    start() {
      let sent = 0;
      return Front.start({
        onRequest({ header }, { client }, front) {
          if (header.command_id === commands.LOGIN_AUTH_REQ.id && sent >= messages) {
            const result_code = CIMErrorCode.kCIM_ERR_LOGIN_INVALID_USER_OR_PWD;
            const refusal = { result_code, result_string: "wrong user or password", server_time: 1 };
            client.write(encodeFrame(commands.LOGIN_AUTH_RSP, refusal, header.seq_num));
            return true;
          }
          if (header.command_id !== commands.MSG_DATA.id) return false;
          sent += 1;
          if (sent === messages) front.crash();
          return sent === messages;
        },
      });
    },
  };
}

/** Acknowledges everything, and pushes nothing behind so many messages: what a queue does that nobody empties any more. */
export function deliversUpTo(pushes: number): SickTarget {
  return {
    name: "stops-delivering",
    title: `delivers no message behind ${pushes} of them`,
    start() {
      let pushed = 0;
      return Front.start({
        onAnswer: ({ header }) => header.command_id === commands.MSG_DATA.id && ++pushed > pushes,
      });
    },
  };
}

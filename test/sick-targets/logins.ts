import { CIMErrorCode, commands, encodeFrame } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Answers so many logins, and leaves every later one unanswered: what a pool does that lends out and takes nothing back. */
export function answersLogins(most: number): SickTarget {
  return {
    name: "answers-some-logins",
    title: `leaves every login unanswered behind ${most} of them`,
    start() {
      let logins = 0;
      return Front.start({
        onRequest: ({ header }) => header.command_id === commands.LOGIN_AUTH_REQ.id && ++logins > most,
      });
    },
  };
}

/** Leaves so many logins unanswered, and answers every later one: a server that is still warming up when it listens. */
export function warmsUp(logins: number): SickTarget {
  return {
    name: "warms-up",
    title: `leaves its first ${logins} logins unanswered`,
    start() {
      let seen = 0;
      return Front.start({
        onRequest: ({ header }) => header.command_id === commands.LOGIN_AUTH_REQ.id && ++seen <= logins,
      });
    },
  };
}

/** Answers so many logins, and refuses every later one. */
export function refusesLogins(most: number): SickTarget {
  return {
    name: "refuses-some-logins",
    title: `refuses every login behind ${most} of them`,
    start() {
      let logins = 0;
      return Front.start({
        onRequest({ header }, { client }) {
          if (header.command_id !== commands.LOGIN_AUTH_REQ.id || ++logins <= most) return false;
          const refusal = { result_code: CIMErrorCode.kCIM_ERR_INTERNAL_ERROR, result_string: "full", server_time: 1 };
          client.write(encodeFrame(commands.LOGIN_AUTH_RSP, refusal, header.seq_num));
          return true;
        },
      });
    },
  };
}

/** Writes times by a clock that is wrong. @param seconds by how much it is ahead */
export function clockAhead(seconds: number): SickTarget {
  return {
    name: "clock-ahead",
    title: `has a clock that is ${seconds} s ahead`,
    start: () =>
      Front.start({
        onAnswer({ header, body }, { client }) {
          if (header.command_id !== commands.LOGIN_AUTH_RSP.id) return false;
          const answer = commands.LOGIN_AUTH_RSP.body.decode(body);
          const late = { ...answer, server_time: answer.server_time + seconds };
          client.write(encodeFrame(commands.LOGIN_AUTH_RSP, late, header.seq_num));
          return true;
        },
      }),
  };
}

/** Serves so many connections, and closes every later one at once: what a server does that has used up its descriptors. */
export function takesConnections(most: number): SickTarget {
  return {
    name: "takes-some-connections",
    title: `closes every connection at once behind ${most} of them`,
    start: () =>
      Front.start({
        onConnect(client, front) {
          if (front.connections <= most) return false;
          client.destroy();
          return true;
        },
      }),
  };
}

/** Serves so many connections at a time, and closes every further one at once: a limit of connections per address. */
export function limitsConnections(most: number): SickTarget {
  return {
    name: "limits-connections",
    title: `closes every connection at once beyond ${most} at a time`,
    start: () =>
      Front.start({
        onConnect(client, front) {
          if (front.clients.length <= most) return false;
          client.destroy();
          return true;
        },
      }),
  };
}

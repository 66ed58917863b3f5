import type { Socket } from "node:net";
import { CIMErrorCode, cimRegistry, commands, encodeFrame } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Timers of the server behind, in milliseconds: those that the runs name. */
const TIMERS = { login: 2_000, heartbeat: 3_000 };

/** How often a connection is ended, in milliseconds: a run of a part of the suite lasts a few seconds. */
const CLOSING_MS = 500;

/** Ends the connection of somebody who has done nothing, again and again. */
export const closesSomebody: SickTarget = {
  name: "closes-somebody",
  title: "closes a connection now and then, whoever it belongs to",
  async start() {
    const front = await Front.start({}, TIMERS);
    let last = 0;
    front.every(CLOSING_MS, () => {
      const { clients } = front;
      last = (last * 31 + 7) % Math.max(1, clients.length);
      clients[last]?.destroy();
    });
    return front;
  },
};

/** Workers, each with its share of the connections. */
const WORKERS = 4;

/** Whether a message's body does not parse. */
function isBroken(id: number, body: Uint8Array): boolean {
  if (id !== commands.MSG_DATA.id) return false;
  try {
    commands.MSG_DATA.body.decode(body);
    return false;
  } catch {
    return true;
  }
}

/** One of its workers dies of a message that does not parse, with its connections, and is started again at once. */
export const losesWorkers: SickTarget = {
  name: "loses-workers",
  title: "loses a quarter of its connections to a message that does not parse",
  start() {
    return Front.start(
      {
        onRequest({ header, body }, { client }, front) {
          if (!isBroken(header.command_id, body)) return false;
          const worker = (client.remotePort ?? 0) % WORKERS;
          for (const each of front.clients) if ((each.remotePort ?? 0) % WORKERS === worker) each.destroy();
          return true;
        },
      },
      TIMERS,
    );
  },
};

/** For how long a limiter refuses, in milliseconds. */
const REFUSING_MS = 1_500;

/** Refuses every login for a while behind so many: what a limit does, however fast the machine is on which they come. */
export function limitsLogins(most: number): SickTarget {
  return {
    name: "limits-logins",
    title: `refuses every login for a while behind ${most} of them`,
    start() {
      let refusingUntil = 0;
      let count = 0;
      return Front.start(
        {
          onRequest({ header }, { client }) {
            if (header.command_id !== commands.LOGIN_AUTH_REQ.id) return false;
            if (performance.now() >= refusingUntil && ++count <= most) return false;
            if (count > most) [refusingUntil, count] = [performance.now() + REFUSING_MS, 0];
            const refusal = {
              result_code: CIMErrorCode.kCIM_ERR_INTERNAL_ERROR,
              result_string: "too many logins",
              server_time: 1,
            };
            client.write(encodeFrame(commands.LOGIN_AUTH_RSP, refusal, header.seq_num));
            return true;
          },
        },
        TIMERS,
      );
    },
  };
}

/** Commands that answer a request. */
const ANSWERS: ReadonlySet<number | undefined> = new Set(cimRegistry.commands.map(({ replyId }) => replyId));

/** Ends its side of a connection as a web server does behind so many requests. */
export function endsBehindAnswers(most: number): SickTarget {
  return {
    name: `ends-behind-${most}-answers`,
    title: `ends its side of a connection behind ${most} answers`,
    start() {
      const answers = new WeakMap<Socket, number>();
      return Front.start(
        {
          onAnswer({ header, bytes }, { client }) {
            if (!ANSWERS.has(header.command_id) || client.writableEnded) return client.writableEnded;
            const count = (answers.get(client) ?? 0) + 1;
            answers.set(client, count);
            if (count < most) return false;
            client.end(bytes);
            return true;
          },
        },
        TIMERS,
      );
    },
  };
}

/** Ends each of so many connections some time after it was opened, as a balancer whose one member is set up wrong. */
export function endsEachOf(count: number, afterMs: number): SickTarget {
  return {
    name: `ends-each-of-${count}`,
    title: `ends each connection of ${count} after ${afterMs} ms`,
    start() {
      let connections = 0;
      return Front.start(
        {
          onConnect(client) {
            connections += 1;
            if (connections % count === 0) setTimeout(() => client.destroy(), afterMs).unref();
            return false;
          },
        },
        TIMERS,
      );
    },
  };
}

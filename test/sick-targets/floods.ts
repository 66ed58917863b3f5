import type { Socket } from "node:net";
import { CIMMsgType, CIMSessionType, commands, encodeFrame } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Where a header's command lies. */
const COMMAND_AT = 10;

/** Pushes of a message that nobody has sent. */
function pushes(count: number): Buffer {
  const push = encodeFrame(
    commands.MSG_DATA,
    {
      from_user_id: 4_000_000_000n,
      to_session_id: 4_000_000_001n,
      client_msg_id: "a message of nobody",
      server_msg_id: 1n,
      create_time: 1,
      msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT,
      session_type: CIMSessionType.kCIM_SESSION_TYPE_SINGLE,
      msg_data: Buffer.from("flood"),
    },
    1,
  );
  return Buffer.concat(Array.from({ length: count }, () => push));
}

/** Writes the same bytes again and again, as fast as they are taken. */
function pour(socket: Socket, bytes: Buffer): void {
  if (!socket.destroyed) socket.write(bytes, () => setImmediate(() => pour(socket, bytes)));
}

/** @param isDeaf whether it reads nothing any more, so that confirmations wait in the client */
function flooding(name: string, title: string, isDeaf: boolean): SickTarget {
  const bytes = pushes(400);
  return {
    name,
    title,
    start: () =>
      Front.start({
        // The confirmations would flood the healthy server behind.
        onRequest: ({ header }) => header.command_id === commands.MSG_DATA_ACK.id,
        onAnswer({ header }, { client }) {
          if (header.command_id === commands.LOGIN_AUTH_RSP.id) {
            setImmediate(() => {
              if (isDeaf) client.pause();
              pour(client, bytes);
            });
          }
          return false;
        },
      }),
  };
}

export const floods: SickTarget = flooding("floods", "pushes without end to whoever has logged in", false);

export const floodsAndIsDeaf: SickTarget = flooding(
  "floods-and-is-deaf",
  "pushes without end to whoever has logged in, and reads nothing any more",
  true,
);

/** A command that nobody has defined. */
const STRANGE_ID = 0x0999;
const STRANGE_PACKETS = 2_000;

/** Packets of that command. */
function strangers(count: number): Buffer {
  const strange = Buffer.from(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 0));
  strange.writeUInt16BE(STRANGE_ID, COMMAND_AT);
  return Buffer.concat(Array.from({ length: count }, () => strange));
}

export const floodsWithStrangers: SickTarget = {
  name: "floods-with-strangers",
  title: "sends thousands of packets of no command to whoever has logged in",
  start: () =>
    Front.start({
      onAnswer({ header, bytes }, { client }) {
        if (header.command_id !== commands.LOGIN_AUTH_RSP.id) return false;
        client.write(Buffer.concat([bytes, strangers(STRANGE_PACKETS)]));
        return true;
      },
    }),
};

/** Pause between two bursts to everybody, in milliseconds, and packets of a burst. */
const BURST_MS = 50;
const BURST = 100;

/** Serves the first so many logins, and from then on sends packets to every connection, again and again. */
function floodingLate(name: string, what: string, logins: number, burst: Buffer): SickTarget {
  return {
    name,
    title: `sends ${what} to every connection again and again from its ${logins}th login on`,
    async start() {
      let left = logins;
      const front = await Front.start({
        onRequest: ({ header }) => header.command_id === commands.MSG_DATA_ACK.id,
        onAnswer({ header }) {
          if (header.command_id === commands.LOGIN_AUTH_RSP.id) left -= 1;
          return false;
        },
      });
      front.every(BURST_MS, () => {
        if (left > 0) return;
        for (const client of front.clients) if (client.writableLength === 0) client.write(burst);
      });
      return front;
    },
  };
}

export function floodsLateWithStrangers(logins: number): SickTarget {
  return floodingLate("floods-late-with-strangers", "packets of no command", logins, strangers(BURST));
}

export function floodsLateWithPushes(logins: number): SickTarget {
  return floodingLate("floods-late-with-pushes", "pushes of nobody's message", logins, pushes(BURST));
}

/** Answers the first heartbeat of each connection with heartbeats without end. */
export const echoesHeartbeats: SickTarget = {
  name: "echoes-heartbeats",
  title: "answers a heartbeat with heartbeats without end",
  start() {
    const burst = Buffer.concat(
      Array.from({ length: STRANGE_PACKETS }, () => encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1)),
    );
    const poured = new Set<Socket>();
    return Front.start({
      onAnswer({ header }, { client }) {
        if (header.command_id !== commands.LOGIN_HEARTBEAT.id || poured.has(client)) return false;
        poured.add(client);
        pour(client, burst);
        return false;
      },
    });
  },
};

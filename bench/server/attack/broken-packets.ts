import { once } from "node:events";
import { WebSocket } from "ws";
import { commands, encodeFrame, encodeRawFrame, HEADER_LENGTH } from "../../../codegen/index.ts";
import type { ServerProcess } from "../server-process.ts";
import type { BenchUser } from "../users.ts";
import { Line } from "./line.ts";
import { below, pick, type Random } from "./seeded-random.ts";

const LONGEST_BODY = 200;

function bytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => below(random, 256)));
}

const all = Object.values(commands);

/** A packet, or something like one. */
function brokenPacket(random: Random): Uint8Array {
  const body = bytes(random, below(random, LONGEST_BODY));
  const packet = Buffer.from(
    encodeRawFrame({ command_id: pick(random, all).id, seq_num: below(random, 65_536) }, body),
  );
  switch (below(random, 6)) {
    case 0:
      // A known command with a body of anything.
      return packet;
    case 1:
      // A length that is not the packet's: too small, too large, beyond all limits.
      packet.writeUInt32BE(pick(random, [0, 1, HEADER_LENGTH - 1, packet.length + 1, 2 ** 31, 2 ** 32 - 1]), 0);
      return packet;
    case 2:
      // A header of anything.
      bytes(random, HEADER_LENGTH - 4).copy(packet, 4);
      return packet;
    case 3:
      // No header at all.
      return bytes(random, below(random, 64));
    case 4:
      // Cut off.
      return packet.subarray(0, below(random, packet.length));
    default: {
      // One bit is another.
      const at = below(random, packet.length);
      packet.writeUInt8(packet.readUInt8(at) ^ (1 << below(random, 8)), at);
      return packet;
    }
  }
}

/** Sends packets that are none over TCP, before and behind a login, and over WebSocket, some on each connection. */
export async function sendBrokenPackets(
  server: ServerProcess,
  user: BenchUser,
  random: Random,
  inputs: number,
): Promise<Record<string, number>> {
  let [sent, closed, connections] = [0, 0, 0];
  const login = encodeFrame(commands.LOGIN_AUTH_TOKEN_REQ, { user_id: user.user_id, user_token: user.token }, 1);
  while (sent < inputs) {
    const kind = below(random, 3);
    const packets = Array.from({ length: 1 + below(random, 20) }, () => brokenPacket(random));
    connections++;
    sent += packets.length;
    if (kind === 2) {
      const socket = new WebSocket(`ws://127.0.0.1:${server.ws}/`);
      socket.on("error", () => {});
      await once(socket, "open");
      socket.send(login);
      await once(socket, "message");
      for (const packet of packets) socket.send(packet, () => {});
      // The answer to a ping, or the close, comes behind everything before it.
      socket.ping();
      const isClosed = await Promise.race([
        once(socket, "pong").then(() => false),
        once(socket, "close").then(() => true),
      ]);
      if (isClosed) closed++;
      socket.terminate();
      continue;
    }
    const line = await Line.open(server.tcp, kind === 1 ? user : undefined);
    line.socket.write(Buffer.concat(packets));
    line.socket.end();
    if (!line.isClosed) await once(line.socket, "close");
    closed++;
  }
  return { inputs: sent, connections, closed };
}

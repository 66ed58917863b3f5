// Clients that send requests as fast as the server takes them, until standard input ends. A process of its own, so that it
// does not disturb whoever measures the other users' latency.
import { once } from "node:events";
import { connect } from "node:net";
import { WebSocket } from "ws";
import { commands, encodeFrame, encodeRawFrame, Framer } from "../../codegen/index.ts";
import { type FloodName, floodNames, HISTORY_OF } from "./flood-kinds.ts";

const [kind, transport, port, firstUser, count] = process.argv.slice(2) as [FloodName, string, string, string, string];
if (!floodNames.includes(kind)) throw new Error(`no flood is called ${kind}`);

/** Packets that are written in one go, and requests whose answers may be missing. */
const BURST = 64;
const MOST_UNANSWERED = 256;

const other = HISTORY_OF;
let messages = 0;

function packet(user_id: bigint): Uint8Array {
  switch (kind) {
    case "history pages":
      return encodeFrame(commands.LIST_MSG_REQ, { user_id, session_type: 1, session_id: other, limit_count: 100 }, 7);
    case "session lists":
      return encodeFrame(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id }, 7);
    case "undecodable bodies":
      return encodeRawFrame({ command_id: commands.MSG_DATA.id, seq_num: 7 }, Buffer.from("0affffffff0f", "hex"));
    case "unknown commands":
      return encodeRawFrame({ command_id: 0x7fff, seq_num: 7 }, new Uint8Array(8));
    case "heartbeats":
      return encodeFrame(commands.LOGIN_HEARTBEAT, {}, 7);
    case "messages": {
      const client_msg_id = `flood-${process.pid}-${++messages}`;
      const fields = { client_msg_id, msg_type: 1 as const, session_type: 1 as const, msg_data: new Uint8Array(100) };
      return encodeFrame(commands.MSG_DATA, { ...fields, from_user_id: user_id, to_session_id: other }, 7);
    }
  }
}

/** A connection as the flood needs it. */
interface Pipe {
  write(bytes: Uint8Array): void;
  /** Bytes that the server has not taken. */
  waiting(): number;
}

async function open(onBytes: (bytes: Buffer) => void): Promise<Pipe> {
  if (transport === "tcp") {
    const socket = connect({ port: Number(port), host: "127.0.0.1", noDelay: true });
    socket.on("data", onBytes).on("error", () => {});
    await once(socket, "connect");
    return { write: (bytes) => void socket.write(bytes), waiting: () => socket.writableLength };
  }
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  socket.on("message", (data) => onBytes(data as Buffer)).on("error", () => {});
  await once(socket, "open");
  return { write: (bytes) => socket.send(bytes, () => {}), waiting: () => socket.bufferedAmount };
}

async function flood(user_id: bigint): Promise<void> {
  const framer = new Framer();
  const isAnswered = kind !== "undecodable bodies" && kind !== "unknown commands";
  let [sent, answered] = [0, 0];
  let loggedIn: () => void = () => {};
  const pipe = await open((bytes) => {
    framer.push(bytes);
    for (let frame = framer.next(); frame; frame = framer.next()) {
      if (frame.header.command_id === commands.LOGIN_AUTH_TOKEN_RSP.id) loggedIn();
      else answered++;
    }
  });
  const login = new Promise<void>((resolve) => {
    loggedIn = resolve;
  });
  pipe.write(encodeFrame(commands.LOGIN_AUTH_TOKEN_REQ, { user_id, user_token: `token-${user_id}` }, 1));
  await login;
  const go = (): void => {
    if (pipe.waiting() < 64 * 1024 && (!isAnswered || sent - answered < MOST_UNANSWERED)) {
      const burst = Array.from({ length: BURST }, () => packet(user_id));
      if (transport === "tcp") pipe.write(Buffer.concat(burst));
      else for (const each of burst) pipe.write(each);
      sent += BURST;
    }
    setTimeout(go, 1);
  };
  go();
}

for (let index = 0; index < Number(count); index++) await flood(BigInt(firstUser) + BigInt(index));
process.stdout.write("flooding\n");
process.stdin.resume().on("end", () => process.exit());

/**
 * The other end of the client benchmark: logs anybody in, acknowledges every message and pushes it to its receiver.
 * No store, no checks, no timers, so that the client is the part that is measured. Prints its ports as JSON.
 */
import { type AddressInfo, createServer } from "node:net";
import { WebSocketServer } from "ws";
import { commands, encodeFrame, type Frame, Framer } from "../../codegen/index.ts";

type Write = (bytes: Uint8Array) => void;

const connections = new Map<bigint, Write>();
let lastUserId = 0n;

function serve(write: Write): (chunk: Uint8Array) => void {
  const framer = new Framer();
  return (chunk) => {
    framer.push(chunk);
    for (let frame = framer.next(); frame; frame = framer.next()) answer(frame, write);
  };
}

function answer({ header, body }: Frame, write: Write): void {
  if (header.command_id === commands.LOGIN_AUTH_REQ.id) {
    const user_id = ++lastUserId;
    connections.set(user_id, write);
    write(encodeFrame(commands.LOGIN_AUTH_RSP, { result_code: 200, user_info: { user_id } }, header.seq_num));
  } else if (header.command_id === commands.MSG_DATA.id) {
    const message = commands.MSG_DATA.body.decode(body);
    const { from_user_id, to_session_id, client_msg_id, session_type } = message;
    const ack = { from_user_id, to_session_id, client_msg_id, session_type, server_msg_id: 1n, res_code: 1 } as const;
    write(encodeFrame(commands.MSG_DATA_ACK, ack, header.seq_num));
    connections.get(to_session_id)?.(encodeFrame(commands.MSG_DATA, message, 1));
  } else if (header.command_id === commands.LIST_RECENT_CONTACT_SESSION_REQ.id) {
    write(encodeFrame(commands.LIST_RECENT_CONTACT_SESSION_RSP, {}, header.seq_num));
  }
}

const tcp = createServer({ noDelay: true }, (socket) => {
  socket.on(
    "data",
    serve((bytes) => socket.write(bytes)),
  );
  socket.on("error", () => {});
});
const ws = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, backlog: 4096 });
ws.on("connection", (webSocket) => {
  webSocket.on(
    "message",
    serve((bytes) => webSocket.send(bytes)),
  );
});
tcp.listen({ host: "127.0.0.1", port: 0, backlog: 4096 }, () => {
  const ports = { tcp: (tcp.address() as AddressInfo).port, ws: (ws.address() as AddressInfo).port };
  process.stdout.write(`${JSON.stringify(ports)}\n`);
});

import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import {
  CIMErrorCode,
  CIMResCode,
  type Command,
  commands,
  encodeFrame,
  type Frame,
  Framer,
  type Partially,
} from "../../../codegen/index.ts";

/** One connection as the scripted server sees it. */
export interface Peer {
  /** Frames received, oldest first. */
  readonly received: Frame[];
  /** The TCP socket below, for resets, half-closes and odd pieces. */
  readonly socket: Duplex & { resetAndDestroy?(): void };
  send<M>(command: Command<M>, message: Partially<M>, seqNum: number): void;
  sendBytes(bytes: Uint8Array): void;
  /** WebSocket only. */
  sendText(text: string): void;
}

/** Answers one frame, or stays silent. */
export type Script = (frame: Frame, peer: Peer) => void;

/** A server for tests that does exactly what its script says. */
export interface ScriptedServer {
  readonly tcp: string;
  readonly ws: string;
  /** Every connection that was ever made, oldest first. */
  readonly peers: Peer[];
  script: Script;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Logs anybody in as user 12, acknowledges messages with ids from 1, answers heartbeats; ignores the rest. */
export function obliging(): Script {
  let lastId = 0n;
  return (frame, peer) => {
    const { command_id, seq_num } = frame.header;
    if (command_id === commands.LOGIN_AUTH_REQ.id) {
      const { user_name } = commands.LOGIN_AUTH_REQ.body.decode(frame.body);
      peer.send(commands.LOGIN_AUTH_RSP, accept(user_name), seq_num);
    } else if (command_id === commands.LOGIN_AUTH_TOKEN_REQ.id) {
      peer.send(commands.LOGIN_AUTH_TOKEN_RSP, accept("token"), seq_num);
    } else if (command_id === commands.LOGIN_HEARTBEAT.id) {
      peer.send(commands.LOGIN_HEARTBEAT, {}, 1);
    } else if (command_id === commands.MSG_DATA.id) {
      const { from_user_id, to_session_id, client_msg_id, session_type } = commands.MSG_DATA.body.decode(frame.body);
      const server_msg_id = ++lastId;
      const res_code = CIMResCode.kCIM_RES_CODE_OK;
      const ack = { from_user_id, to_session_id, client_msg_id, session_type, server_msg_id, res_code };
      peer.send(commands.MSG_DATA_ACK, ack, seq_num);
    }
  };
}

function accept(nick_name: string): {
  result_code: CIMErrorCode;
  server_time: number;
  user_info: { user_id: bigint; nick_name: string };
} {
  return {
    result_code: CIMErrorCode.kCIM_ERR_SUCCESS,
    server_time: 1_700_000_000,
    user_info: { user_id: 12n, nick_name },
  };
}

/** Starts a scripted server on free loopback ports, one for TCP and one for WebSocket. */
export async function startScriptedServer(script: Script = obliging()): Promise<ScriptedServer> {
  const peers: Peer[] = [];
  const sockets = new Set<Duplex>();
  const attend = (
    socket: Duplex,
    write: (bytes: Uint8Array) => void,
    sendText: (text: string) => void,
  ): ((chunk: Buffer) => void) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    const framer = new Framer();
    const peer: Peer = {
      received: [],
      socket,
      sendText,
      sendBytes: write,
      send: (command, message, seqNum) => write(encodeFrame(command, message, seqNum)),
    };
    peers.push(peer);
    return (chunk) => {
      framer.push(chunk);
      for (let frame = framer.next(); frame; frame = framer.next()) {
        peer.received.push(frame);
        server.script(frame, peer);
      }
    };
  };
  const tcp = createServer({ noDelay: true }, (socket: Socket) => {
    const onBytes = attend(
      socket,
      (bytes) => socket.write(bytes),
      () => {},
    );
    socket.on("data", onBytes);
    socket.on("error", () => {});
  });
  const ws = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  ws.on("connection", (webSocket, request) => {
    const onBytes = attend(
      request.socket,
      (bytes) => webSocket.send(bytes),
      (text) => webSocket.send(text),
    );
    webSocket.on("message", (data: Buffer) => onBytes(data));
    webSocket.on("error", () => {});
  });
  await Promise.all([
    new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve)),
    new Promise((resolve) => ws.once("listening", resolve)),
  ]);
  const server: ScriptedServer = {
    tcp: `tcp://127.0.0.1:${(tcp.address() as AddressInfo).port}`,
    ws: `ws://127.0.0.1:${(ws.address() as AddressInfo).port}`,
    peers,
    script,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      const closed = (one: Server | WebSocketServer): Promise<void> =>
        new Promise((resolve) => one.close(() => resolve()));
      await Promise.all([closed(tcp), closed(ws)]);
    },
  };
  return server;
}

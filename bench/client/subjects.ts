/** What is compared: the same work done with more and more of the client. */
import { connect, type Socket } from "node:net";
import { commands, encodeFrame, type Frame, Framer } from "../../codegen/index.ts";
import { CimClient, type ClientOptions, Connection } from "../../harness/client/index.ts";

/** One logged-in user. */
export interface User {
  readonly id: bigint;
  /** Sends one message; resolves when it is acknowledged. Pushes that come are confirmed meanwhile. */
  send(to: bigint): Promise<unknown>;
}

/** A way to be a user. */
export interface Subject {
  readonly name: string;
  open(addresses: { tcp: string; ws: string }): Promise<User>;
}

const payload = new Uint8Array(70).fill(97);
const message = (from_user_id: bigint, to_session_id: bigint) => ({
  from_user_id,
  to_session_id,
  client_msg_id: "6f1c9a52-8f0e-4b7e-9a1d-0c2b3d4e5f60",
  msg_type: 1 as const,
  session_type: 1 as const,
  msg_data: payload,
});

/** The least that a user must do: numbers, frames and bodies, with nothing checked and no deadline. */
class LeastUser implements User {
  id = 0n;
  #write: (bytes: Uint8Array) => void = () => {};
  #seqNum = 0;
  #loggedIn: (() => void) | undefined;
  readonly #waiting: (() => void)[] = [];

  login(write: (bytes: Uint8Array) => void): Promise<void> {
    this.#write = write;
    write(encodeFrame(commands.LOGIN_AUTH_REQ, { user_name: "bench" }, 1));
    return new Promise((resolve) => {
      this.#loggedIn = resolve;
    });
  }

  send(to: bigint): Promise<void> {
    this.#seqNum = this.#seqNum === 65_535 ? 1 : this.#seqNum + 1;
    this.#write(encodeFrame(commands.MSG_DATA, message(this.id, to), this.#seqNum));
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  onFrame({ header, body }: Frame): void {
    if (header.command_id === commands.MSG_DATA_ACK.id) {
      commands.MSG_DATA_ACK.body.decode(body);
      this.#waiting.shift()?.();
    } else if (header.command_id === commands.MSG_DATA.id) {
      const { from_user_id, client_msg_id, session_type } = commands.MSG_DATA.body.decode(body);
      const ack = { from_user_id: this.id, to_session_id: from_user_id, client_msg_id, session_type };
      this.#write(encodeFrame(commands.MSG_DATA_ACK, ack, 1));
    } else {
      this.id = commands.LOGIN_AUTH_RSP.body.decode(body).user_info?.user_id ?? 0n;
      this.#loggedIn?.();
    }
  }
}

const socketTo = (address: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true }, () => resolve(socket));
    socket.once("error", reject);
  });

function cut(framer: Framer, chunk: Uint8Array, user: LeastUser): void {
  framer.push(chunk);
  for (let frame = framer.next(); frame; frame = framer.next()) user.onFrame(frame);
}

const callbacks: Subject = {
  name: "bare socket, callbacks",
  async open({ tcp }) {
    const socket = await socketTo(tcp);
    const [user, framer] = [new LeastUser(), new Framer()];
    socket.on("data", (chunk) => cut(framer, chunk, user));
    await user.login((bytes) => socket.write(bytes));
    return user;
  },
};

const iterator: Subject = {
  name: "bare socket, async iterator",
  async open({ tcp }) {
    const socket = await socketTo(tcp);
    const [user, framer] = [new LeastUser(), new Framer()];
    const read = async (): Promise<void> => {
      for await (const chunk of socket) cut(framer, chunk as Uint8Array, user);
    };
    void read();
    await user.login((bytes) => socket.write(bytes));
    return user;
  },
};

const connection: Subject = {
  name: "Connection",
  async open({ tcp }) {
    const user = new LeastUser();
    const handler = { onFrame: (frame: Frame) => user.onFrame(frame), onClose() {} };
    const opened = await Connection.open(tcp, handler);
    await user.login((bytes) => opened.sendBytes(bytes));
    return user;
  },
};

const client = (name: string, transport: "tcp" | "ws", options: ClientOptions): Subject => ({
  name,
  async open(addresses) {
    const opened = await CimClient.connect(addresses[transport], { pushQueueLimit: 0, ...options });
    await opened.login({ user_name: "bench", user_pwd: "" });
    return {
      id: opened.userId,
      send: (to) => opened.sendMessage(to, message(opened.userId, to)),
    };
  },
});

/** In the order of the table. */
export const subjects: readonly Subject[] = [
  callbacks,
  iterator,
  connection,
  client("CimClient", "tcp", {}),
  client("CimClient, reconnect", "tcp", { reconnect: true }),
  client("CimClient over WebSocket", "ws", {}),
];

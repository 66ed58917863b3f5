// A gate in a process of its own: holds the sockets of its clients and passes bytes between them and the server, which
// is at the other end of descriptor 3. It knows nothing of packets; when the server is gone, so is it.
import { Socket } from "node:net";
import { type Listeners, type ListenOptions, openListeners } from "../gate/listeners.ts";
import { type Accept, CloseCode, type GateSocket, type SocketListener } from "../gate/socket.ts";
import { type Unit, UnitKind, UnitReader, UnitWriter } from "./unit.ts";

const server = new Socket({ fd: 3 });
const writer = new UnitWriter((bytes, taken) => server.write(bytes, taken));
const clients = new Map<number, Client>();
let listeners: Listeners | undefined;
let lastId = 0;

/** A client's socket, as the server steers it. */
class Client implements SocketListener {
  readonly id: number;
  readonly socket: GateSocket;
  #unreported = false;
  #corked = false;

  constructor(id: number, socket: GateSocket) {
    this.id = id;
    this.socket = socket;
  }

  onData(bytes: Uint8Array): void {
    writer.send(UnitKind.data, this.id, bytes);
  }

  onPartial(bytes: number): void {
    this.#report(UnitKind.partial, bytes);
  }

  onEnd(): void {
    writer.send(UnitKind.end, this.id);
  }

  onDrain(): void {
    if (this.#unreported) this.#report(UnitKind.backlog, 0);
    this.#unreported = false;
  }

  onClosed(): void {
    clients.delete(this.id);
    writer.send(UnitKind.destroy, this.id);
  }

  /** Writes of one turn leave together; what the client does not take is reported. */
  write(bytes: Uint8Array): void {
    if (!this.#corked) {
      this.#corked = true;
      this.socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.socket.uncork();
        const { backlog } = this.socket;
        if (backlog > 0 || this.#unreported) this.#report(UnitKind.backlog, backlog);
        this.#unreported = backlog > 0;
      });
    }
    this.socket.write(bytes);
  }

  #report(kind: UnitKind, bytes: number): void {
    const payload = Buffer.alloc(8);
    payload.writeDoubleBE(bytes);
    writer.send(kind, this.id, payload);
  }
}

const accept: Accept = (socket) => {
  const client = new Client(++lastId, socket);
  clients.set(client.id, client);
  writer.send(UnitKind.open, client.id, Buffer.from([socket.framed ? 1 : 0, ...Buffer.from(socket.address)]));
  return client;
};

async function listen(options: ListenOptions): Promise<void> {
  let answer: unknown;
  try {
    listeners = await openListeners(options, accept);
    answer = { tcp: listeners.tcp, ws: listeners.ws };
  } catch (error) {
    const { message, code, port } = error as NodeJS.ErrnoException & { port?: number };
    answer = { error: { message, code, port } };
  }
  writer.send(UnitKind.listen, 0, Buffer.from(JSON.stringify(answer)));
}

/** The socket itself may know better than the server why it ends. */
function end(socket: GateSocket, code: CloseCode): void {
  if (code !== CloseCode.normal) socket.closeCode = code;
  socket.end();
}

function obey({ kind, id, payload }: Unit): void {
  const client = clients.get(id);
  switch (kind) {
    case UnitKind.listen:
      void listen(JSON.parse(Buffer.from(payload).toString()) as ListenOptions);
      break;
    case UnitKind.stopListening:
      listeners?.close();
      break;
    case UnitKind.renewTls:
      listeners?.renewTls(JSON.parse(Buffer.from(payload).toString()) as NonNullable<ListenOptions["tls"]>);
      break;
    case UnitKind.data:
      client?.write(payload);
      break;
    case UnitKind.end:
      if (!client) break;
      end(client.socket, Buffer.from(payload).readUInt16BE() as CloseCode);
      break;
    case UnitKind.destroy:
      client?.socket.destroy();
      break;
    case UnitKind.pause:
      client?.socket.pause();
      break;
    case UnitKind.resume:
      client?.socket.resume();
      break;
  }
}

const reader = new UnitReader();
server.on("data", (bytes: Buffer) => {
  for (const unit of reader.read(bytes)) obey(unit);
});
server.on("end", () => process.exit());
server.on("error", () => process.exit());
// The server decides when it ends: a Ctrl-C on the terminal reaches the whole group.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

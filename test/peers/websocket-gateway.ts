import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { WebSocketServer } from "ws";

/** What stands before a server and lets in who says the right things in the handshake of WebSocket. */
export interface WebSocketGateway {
  readonly port: number;
  /** The heads of the handshakes since the last time they were taken, in whichever order. */
  takeHandshakes(): IncomingMessage[];
  stop(): void;
}

/** What a gateway asks of its clients; what it is not given it does not look at. */
export interface WebSocketGatewayOptions {
  /** The port of the server behind it. */
  readonly behind: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly origin?: string;
  /** The subprotocol that it speaks; the first that is offered is chosen where it is not said. */
  readonly subprotocol?: string;
}

/** Starts one; who says something else is answered with 403. */
export async function startWebSocketGateway(options: WebSocketGatewayOptions): Promise<WebSocketGateway> {
  const { behind, headers = {}, origin, subprotocol } = options;
  let handshakes: IncomingMessage[] = [];
  const http = createHttpServer();
  const server = new WebSocketServer({
    server: http,
    perMessageDeflate: false,
    handleProtocols: (offered) => {
      if (subprotocol === undefined) return [...offered][0] ?? false;
      return offered.has(subprotocol) && subprotocol;
    },
    verifyClient: ({ req }, answer) => {
      handshakes.push(req);
      const says = (name: string, value: string): boolean => req.headers[name.toLowerCase()] === value;
      const isRight =
        (origin === undefined || says("origin", origin)) &&
        Object.entries(headers).every(([name, value]) => says(name, value));
      answer(isRight, 403);
    },
  });
  server.on("connection", (client) => {
    const upstream = connect(behind, "127.0.0.1");
    client.on("message", (bytes: Buffer) => upstream.write(bytes));
    client.on("close", () => upstream.destroy());
    client.on("error", () => {});
    upstream.on("data", (bytes) => client.send(bytes));
    upstream.on("close", () => client.close());
    upstream.on("error", () => {});
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    port: (http.address() as AddressInfo).port,
    takeHandshakes() {
      const taken = handshakes;
      handshakes = [];
      return taken;
    },
    stop() {
      for (const client of server.clients) client.terminate();
      http.closeAllConnections();
      http.close();
    },
  };
}

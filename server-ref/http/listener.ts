import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ClientAddresses, type HeaderOptions } from "../proxy/client-addresses.ts";
import { type HttpRequest, parseForm } from "./handler.ts";

/** Largest body of a request, in bytes; a registration needs a few hundred. */
const BODY_LIMIT = 64 * 1024;

/** How long a client may take to send a whole request, in milliseconds; noticed a tenth of it late at most. */
const REQUEST_TIMEOUT_MS = 10_000;

/** How long a connection may idle, in milliseconds: longer than load balancers keep theirs, so that they close first. */
const KEEP_ALIVE_MS = 72_000;

/** How long requests may take to end when the server stops, in milliseconds; idle connections are closed at once. */
const CLOSE_GRACE_MS = 2000;

/** What goes out over HTTP. */
export interface HttpResponse {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What answers the requests of a path. */
export interface Route {
  /** Default: any method. */
  readonly methods?: readonly string[];
  respond(request: HttpRequest): Promise<HttpResponse>;
  /** Answers a request whose body is too large. */
  refuseBody(): HttpResponse;
  /** Answers a request under which {@link respond} rejected. */
  failed(error: unknown): HttpResponse;
}

/** An HTTP server. */
export interface HttpListener {
  /** @returns the port; rejects with the system's error when it is taken */
  listen(address: { host: string; port: number }): Promise<number>;
  /** Takes no more clients, and waits for the requests that have come, but not long for those that still come. */
  close(): Promise<void>;
}

/** How connections are taken. */
export interface ListenerOptions {
  /** Milliseconds that a client may take to send a whole request. Default: ten seconds. */
  readonly requestTimeoutMs?: number;
  /** Makes a body of the pieces in which it came. Default: one behind the other. */
  readonly joinBody?: JoinBody | undefined;
  /** When every connection begins with a header of the PROXY protocol. */
  readonly proxyHeaders?: HeaderOptions | undefined;
}

type JoinBody = (pieces: readonly Buffer[]) => Uint8Array;

/** The response to what no route is for. */
export type NotFound = (allow: readonly string[] | undefined) => HttpResponse;

/** The body; undefined when it is too large, and then the rest is read and dropped. @throws when the client leaves */
function readBody(request: IncomingMessage, join: JoinBody): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= BODY_LIMIT) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on("end", () => resolve(join(chunks)));
    request.on("error", reject);
  });
}

/** Splits a request's target, which proxies may send with scheme and host; undefined: no path that can be decoded. */
function splitTarget(target: string): { path: string; query: string } | undefined {
  const [path = "", ...query] = target.replace(/^https?:\/\/[^/?]*/i, "").split("?");
  try {
    return { path: decodeURI(path), query: query.join("?") };
  } catch {
    return undefined;
  }
}

async function respond(
  request: IncomingMessage,
  route: Route,
  { query, address, joinBody }: { query: string; address: string; joinBody: JoinBody },
): Promise<HttpResponse> {
  const body = await readBody(request, joinBody);
  if (!body) return route.refuseBody();
  const mediaType = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return route
    .respond({
      method: request.method ?? "",
      address,
      mediaType,
      query: parseForm(query),
      body,
    })
    .catch((error: unknown) => route.failed(error));
}

/**
 * Serves routes by their path over HTTP/1.1. What is not HTTP, too slow or too large ends no other connection; node
 * answers it with 400, 408 or 431.
 */
export function createListener(
  routes: ReadonlyMap<string, Route>,
  notFound: NotFound,
  { requestTimeoutMs = REQUEST_TIMEOUT_MS, proxyHeaders, joinBody = Buffer.concat }: ListenerOptions = {},
): HttpListener {
  const addresses = new ClientAddresses();
  let closing = false;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = splitTarget(request.url ?? "");
    const route = target && routes.get(target.path);
    const isAllowed = route && (route.methods?.includes(request.method ?? "") ?? true);
    const { status, contentType, text, headers } = isAllowed
      ? await respond(request, route, { query: target.query, address: addresses.of(request.socket), joinBody })
      : notFound(route?.methods);
    response.writeHead(status, {
      ...headers,
      ...(closing && { connection: "close" }),
      "content-type": contentType,
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
    // Whatever of the body nobody has read, so that the next request is found.
    request.resume();
  };

  const server: Server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: requestTimeoutMs / 10,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => {
      // Only a client that has left is not answered.
      serve(request, response).catch(() => response.destroy());
    },
  );

  if (proxyHeaders) addresses.expectHeaders(server, proxyHeaders);

  return {
    listen: ({ host, port }) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen({ host, port }, () => {
          server.off("error", reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        closing = true;
        addresses.stop();
        const cut = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      }),
  };
}

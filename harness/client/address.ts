import { CuppingError } from "../errors.ts";
import type { TlsSettings } from "./tls-settings.ts";
import type { UpgradeSettings } from "./upgrade-settings.ts";

/** How bytes travel: plain TCP, TLS over TCP, WebSocket, or WebSocket over TLS. */
export type Scheme = "tcp" | "tls" | "ws" | "wss";

/** Where a server listens. */
export interface Address {
  readonly scheme: Scheme;
  /** Name or IP address, without the brackets of an IPv6 address. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
  /** Path of the WebSocket upgrade request, `/` unless given; unused by TCP and TLS. */
  readonly path: string;
  /** For `tls` and `wss`: whom to trust there. Default: the certificate is held to the well-known authorities. */
  readonly tls?: TlsSettings | undefined;
  /** Each connection begins with a header of the PROXY protocol, as a balancer of layer 4 sends it. */
  readonly proxyProtocol?: "v1" | "v2" | undefined;
  /** For `ws` and `wss`: what the handshake says beside what it must. */
  readonly upgrade?: UpgradeSettings | undefined;
  /**
   * How the server was named, where connections go elsewhere: to one of its IP addresses, or through a link. What stands
   * in front may route by it, and certificates are for it.
   */
  readonly named?: Authority | undefined;
}

/** Host and port. */
export type Authority = Pick<Address, "host" | "port">;

/** How the server of an address was named. */
export function namedAs({ host, port, named }: Address): Authority {
  return named ?? { host, port };
}

const schemes: readonly string[] = ["tcp", "tls", "ws", "wss"];
const form = "tcp://HOST:PORT, tls://HOST:PORT, ws://HOST:PORT or wss://HOST:PORT";

/**
 * Reads `tcp://HOST:PORT`, `tls://…`, `ws://…` or `wss://…`. The port has no default: a typing mistake should not
 * send traffic to another service.
 * @throws CuppingError `usage` when the text is not such an address
 */
export function parseAddress(text: string): Address {
  const fail = (what: string): CuppingError =>
    new CuppingError("usage", `"${text}" is not a server address: ${what}; expected ${form}`);
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text);
  if (!match) throw fail("it has no scheme");
  const scheme = (match[1] as string).toLowerCase();
  if (!schemes.includes(scheme)) throw fail(`the scheme "${scheme}" is not known`);
  const url = URL.parse(`http://${match[2]}`);
  if (!url?.hostname) throw fail("the host or the port cannot be read");
  if (url.username || url.password) throw fail("it must not contain a user name or password");
  // URL hides the default port of http, so the port is read from the text itself.
  const port = Number(/:(\d+)(?:[/?#]|$)/.exec(match[2] as string)?.[1] ?? Number.NaN);
  if (!Number.isInteger(port)) throw fail("the port is missing");
  if (port < 1 || port > 65_535) throw fail(`the port ${port} is not between 1 and 65535`);
  const isWebSocket = scheme === "ws" || scheme === "wss";
  const path = url.pathname + url.search;
  if (!isWebSocket && path !== "/") throw fail(`${scheme} takes no path`);
  return { scheme: scheme as Scheme, host: url.hostname.replace(/^\[|\]$/g, ""), port, path };
}

/** Host and port as they stand in an address and in the header `Host`: an IPv6 address in brackets. */
export function formatAuthority({ host, port }: Authority): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** The text that {@link parseAddress} reads. */
export function formatAddress(address: Address): string {
  return `${address.scheme}://${formatAuthority(address)}${address.path === "/" ? "" : address.path}`;
}

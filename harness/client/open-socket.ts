import { connect as connectTcp, isIPv6, type Socket, type TcpNetConnectOpts } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import type { Address } from "./address.ts";

/** Versions of the PROXY protocol (haproxy.org/download/3.0/doc/proxy-protocol.txt). */
export type ProxyProtocol = "v1" | "v2";

/** What begins a header of version 2 (section 2.2), followed by "version 2, PROXY". */
const SIGNATURE = Buffer.from("0d0a0d0a000d0a515549540a", "hex");
const VERSION_AND_COMMAND = 0x21;
const TCP_OVER_IPV4 = 0x11;
const TCP_OVER_IPV6 = 0x21;

/** What `node:http` calls for a connection of its own: it returns a socket, or gives it to the callback later. */
type CreateConnection = (
  options: unknown,
  callback: (error: Error | null, socket?: Socket) => void,
) => Socket | undefined;

/** As {@link openSocket}, for `node:http` and what is built on it, which writes to a socket as soon as it has it. */
export function socketForHttp(
  address: Address,
  options: Partial<TcpNetConnectOpts>,
  tls?: ConnectionOptions,
): CreateConnection {
  return (_options, callback) => {
    const socket = openSocket(address, options, tls);
    if (address.proxyProtocol === undefined) return socket;
    socket.once(tls ? "secureConnect" : "connect", () => callback(null, socket));
    socket.once("error", (error) => callback(error));
    return undefined;
  };
}

/**
 * Begins to connect, as a balancer would where the address says so: with a header of the PROXY protocol in front of
 * everything else, TLS included, which names the connection's own two ends.
 * TLS behind such a header knows no `onread`: what comes is told by `data`.
 * Nothing may be written to it before it is connected, or that would come first.
 * @param options for the connection
 * @param tls for the handshake; undefined where there is none
 */
export function openSocket(address: Address, options: Partial<TcpNetConnectOpts>, tls?: ConnectionOptions): Socket {
  const { proxyProtocol, host, port } = address;
  const common = { ...options, host, port };
  if (proxyProtocol === undefined) return tls ? connectTls({ ...common, ...tls }) : connectTcp(common);
  const { onread: _, ...below } = common;
  const socket = connectTcp(tls ? below : common);
  socket.once("connect", () => socket.write(proxyHeader(socket, proxyProtocol)));
  return tls ? connectTls({ ...tls, socket }) : socket;
}

function proxyHeader(socket: Socket, version: ProxyProtocol): Buffer {
  const { localAddress = "", localPort = 0, remoteAddress = "", remotePort = 0 } = socket;
  const isV6 = isIPv6(remoteAddress);
  if (version === "v1") {
    const family = isV6 ? "TCP6" : "TCP4";
    return Buffer.from(`PROXY ${family} ${localAddress} ${remoteAddress} ${localPort} ${remotePort}\r\n`);
  }
  const ports = Buffer.alloc(4);
  ports.writeUInt16BE(localPort, 0);
  ports.writeUInt16BE(remotePort, 2);
  const ends = Buffer.concat([...[localAddress, remoteAddress].map(isV6 ? bytesOfV6 : bytesOfV4), ports]);
  const head = Buffer.from([VERSION_AND_COMMAND, isV6 ? TCP_OVER_IPV6 : TCP_OVER_IPV4, 0, ends.length]);
  return Buffer.concat([SIGNATURE, head, ends]);
}

function bytesOfV4(address: string): Buffer {
  return Buffer.from(address.split(".").map(Number));
}

function bytesOfV6(address: string): Buffer {
  // A URL writes the last 32 bits as groups, too.
  const written = new URL(`http://[${address.replace(/%.*/, "")}]`).hostname.slice(1, -1);
  const [front = [], back = []] = written.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => "0");
  const groups = written.includes("::") ? [...front, ...zeros, ...back] : front;
  const bytes = Buffer.alloc(16);
  for (const [index, group] of groups.entries()) bytes.writeUInt16BE(Number.parseInt(group, 16), 2 * index);
  return bytes;
}

import { lookup } from "node:dns/promises";
import { connect, isIP } from "node:net";
import { type Address, type Authority, namedAs } from "../client/index.ts";
import { CuppingError } from "../errors.ts";

/**
 * Connections from one source address to one destination. There are 28,232 ephemeral ports, but Linux gives out those of
 * one parity first: near 14,116 it searches long for each further one. Seen here: at 14,100 connections per destination
 * all processes of the machine stood still for minutes.
 */
const PORTS_PER_DESTINATION = 10_000;
const PROBE_TIMEOUT_MS = 2000;

/**
 * The addresses that clients connect to, as IP addresses. The ports for one destination are limited, so a loopback
 * target is reached by as many of 127.0.0.1, 127.0.0.2 … as the clients need, where it listens on them. (Choosing a
 * source address for each connection instead costs two thirds of the connection rate.)
 * @throws CuppingError `target` when the name cannot be looked up
 */
export async function spreadAddresses(address: Address, clients: number): Promise<Address[]> {
  const isNamed = isIP(address.host) === 0;
  const host = isNamed ? await resolve(address) : address.host;
  const first = { ...address, host, named: namedAs(address) };
  const wanted = Math.ceil(clients / PORTS_PER_DESTINATION);
  if (wanted <= 1 || host !== "127.0.0.1") return [first];
  const candidates = Array.from({ length: wanted - 1 }, (_, n) => ({ ...first, host: `127.0.0.${n + 2}` }));
  const reachable = await Promise.all(candidates.map(accepts));
  return [first, ...candidates.filter((_, n) => reachable[n])];
}

/** The first address of a name that takes connections: of two, the target may listen on one. */
async function resolve({ host, port }: Address): Promise<string> {
  try {
    const [first, ...others] = (await lookup(host, { all: true })).map(({ address }) => address);
    if (others.length === 0) return first as string;
    const reachable = await Promise.all([first as string, ...others].map((one) => accepts({ host: one, port })));
    return [first as string, ...others][Math.max(0, reachable.indexOf(true))] as string;
  } catch (error) {
    throw new CuppingError("target", `the target's name ${host} cannot be resolved: ${(error as Error).message}`);
  }
}

function accepts({ host, port }: Authority): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PROBE_TIMEOUT_MS });
    const settle = (does: boolean): void => {
      socket.destroy();
      resolve(does);
    };
    socket.on("connect", () => settle(true));
    socket.on("timeout", () => settle(false));
    socket.on("error", () => settle(false));
  });
}

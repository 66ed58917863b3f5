import { lookup } from "node:dns/promises";
import { connect, isIP, isIPv6 } from "node:net";
import { type Address, type Authority, namedAs } from "../client/index.ts";
import { CuppingError } from "../errors.ts";

/** Where users connect, as IP addresses. Plain data: it travels between processes. */
export interface TargetAddressPlan {
  /** User n takes the n-th in turn. */
  readonly addresses: readonly Address[];
  /** What else the target's name stands for, in the order of trying: for users who have tried theirs in vain. */
  readonly others: readonly Address[];
  /** Whether users are spread over all addresses of the target's name, and not over those of one host. */
  readonly spread: boolean;
}

/**
 * Connections from one source address to one destination. There are 28,232 ephemeral ports, but Linux gives out those of
 * one parity first: near 14,116 it searches long for each further one. Seen here: at 14,100 connections per destination
 * all processes of the machine stood still for minutes.
 */
const PORTS_PER_DESTINATION = 10_000;
const PROBE_TIMEOUT_MS = 2000;

/**
 * The addresses that clients connect to, as IP addresses: the first of the target's name that takes connections, or with
 * `spread` all that do. The ports for one destination are limited, so a loopback target is reached by as many of
 * 127.0.0.1, 127.0.0.2 … as the clients need, where it listens on them. (Choosing a source address for each connection
 * instead costs two thirds of the connection rate.)
 * @throws CuppingError `target` when the name cannot be looked up
 */
export async function spreadAddresses(
  address: Address,
  clients: number,
  spread: boolean = false,
): Promise<TargetAddressPlan> {
  const at = (host: string): Address => ({ ...address, host, named: namedAs(address) });
  const hosts = isIP(address.host) === 0 ? await resolve(address) : [address.host];
  if (spread) return { addresses: hosts.map(at), others: [], spread };
  const [first, ...others] = hosts.map(at) as [Address, ...Address[]];
  const wanted = Math.ceil(clients / PORTS_PER_DESTINATION);
  if (wanted <= 1 || first.host !== "127.0.0.1") return { addresses: [first], others, spread };
  const candidates = Array.from({ length: wanted - 1 }, (_, n) => at(`127.0.0.${n + 2}`));
  const reachable = await Promise.all(candidates.map(accepts));
  return { addresses: [first, ...candidates.filter((_, n) => reachable[n])], others: [], spread };
}

/** The addresses of a name that take connections, in the order of trying; the first of all where none does. */
async function resolve({ host, port }: Authority): Promise<string[]> {
  let found: string[];
  try {
    found = (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw new CuppingError("target", `the target's name ${host} cannot be resolved: ${(error as Error).message}`);
  }
  const hosts = inTurnOfFamilies([...new Set(found)]);
  if (hosts.length === 1) return hosts;
  const reachable = await Promise.all(hosts.map((one) => accepts({ host: one, port })));
  return reachable.includes(true) ? hosts.filter((_, n) => reachable[n]) : hosts.slice(0, 1);
}

/**
 * Addresses in the order in which they are tried (RFC 8305, section 4): the system's own (RFC 6724), with the families in
 * turn, so that one that does not work costs one try.
 */
export function inTurnOfFamilies(hosts: readonly string[]): string[] {
  const [first] = hosts;
  if (first === undefined) return [];
  const ofFirst = hosts.filter((host) => isIPv6(host) === isIPv6(first));
  const ofOther = hosts.filter((host) => isIPv6(host) !== isIPv6(first));
  return Array.from({ length: Math.max(ofFirst.length, ofOther.length) }, (_, n) => [ofFirst[n], ofOther[n]])
    .flat()
    .filter((host) => host !== undefined);
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

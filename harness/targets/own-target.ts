import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { CuppingError } from "../errors.ts";

const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
] as const) {
  privateNetworks.addSubnet(network, prefix, "ipv4");
}
privateNetworks.addAddress("::1", "ipv6");
privateNetworks.addSubnet("fc00::", 7, "ipv6");
privateNetworks.addSubnet("fe80::", 10, "ipv6");

/** Whether an IP address is loopback, private or link-local. */
export function isPrivateAddress(ip: string): boolean {
  const family = isIP(ip);
  return family !== 0 && privateNetworks.check(ip, family === 4 ? "ipv4" : "ipv6");
}

/**
 * Makes sure that broken packets and heavy traffic go to nobody else's server by a slip: a host that is not loopback
 * or private is only accepted with `--i-own-this-target`.
 * @throws CuppingError `usage` when it is neither; CuppingError when the name cannot be resolved
 */
export async function requireOwnTarget(host: string, iOwnThisTarget: boolean): Promise<void> {
  if (iOwnThisTarget) return;
  const addresses = isIP(host) ? [host] : await resolve(host);
  const stranger = addresses.find((address) => !isPrivateAddress(address));
  if (stranger === undefined) return;
  const where = stranger === host ? host : `${host} (${stranger})`;
  throw new CuppingError(
    "usage",
    `${where} is on a public network; the tests send broken packets and heavy load, so add --i-own-this-target if it is yours`,
  );
}

async function resolve(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw new CuppingError("target", `the target's name ${host} cannot be resolved: ${(error as Error).message}`);
  }
}

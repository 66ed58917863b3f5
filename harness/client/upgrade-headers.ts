import { type Address, formatAuthority, namedAs } from "./address.ts";

/** Fields of the handshake that are the client's own (RFC 6455, section 4.1). */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  "connection",
  "upgrade",
  "content-length",
  "transfer-encoding",
  "sec-websocket-key",
  "sec-websocket-version",
  "sec-websocket-extensions",
  "sec-websocket-protocol",
  "sec-websocket-accept",
]);

/** Whether a handshake may say so by `--header`: the fields that make it one are not for others to set. */
export function isOwnUpgradeField(name: string): boolean {
  return OWN_FIELDS.has(name.toLowerCase());
}

/**
 * The header fields by which every client of ours says whom it wants and who it is: `Host` as the target was named,
 * `Origin`, and what was asked for beside. A `Host` among the latter wins.
 * @returns values by name; several where a name was given several times
 */
export function upgradeHeaders(address: Address): Record<string, string | string[]> {
  const { headers = [], origin } = address.upgrade ?? {};
  const namesHost = headers.some(([name]) => name.toLowerCase() === "host");
  const fields: Record<string, string | string[]> = {
    ...(!namesHost && { Host: formatAuthority(namedAs(address)) }),
    ...(origin !== undefined && { Origin: origin }),
  };
  for (const [name, value] of headers) {
    fields[name] = Object.hasOwn(fields, name) ? [fields[name] ?? [], value].flat() : value;
  }
  return fields;
}

/**
 * What is wrong with the server's choice of a subprotocol, in words that follow "the server"; undefined for nothing.
 * @param chosen its `Sec-WebSocket-Protocol`
 */
export function subprotocolFault({ upgrade }: Address, chosen: string | undefined): string | undefined {
  const offered = upgrade?.subprotocols ?? [];
  if (chosen === undefined)
    return offered.length === 0 ? undefined : `chose none of the subprotocols ${offered.join(", ")}`;
  return offered.includes(chosen) ? undefined : `chose the subprotocol ${chosen}, which was not offered`;
}

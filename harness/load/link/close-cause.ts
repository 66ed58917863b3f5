/** Why a connection could not be made or ended, in the words of the result. */
export type CloseCause =
  | "closed by us"
  | "closed by target"
  | "refused"
  | "reset"
  | "timeout"
  | "unreachable"
  | "out of ports"
  | "out of descriptors"
  | "name not found"
  | "tls failed"
  | "upgrade refused"
  | "bad bytes"
  | `login refused with ${number}`
  | "other";

const byErrorCode: Record<string, CloseCause> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "reset",
  EPIPE: "reset",
  ECONNABORTED: "reset",
  ETIMEDOUT: "timeout",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "out of ports",
  EADDRINUSE: "out of ports",
  EMFILE: "out of descriptors",
  ENFILE: "out of descriptors",
  ENOBUFS: "out of descriptors",
  ENOTFOUND: "name not found",
  EAI_AGAIN: "name not found",
};

/** Causes that lie with the machine of the generator: they say nothing about the target. */
export const generatorCauses: ReadonlySet<string> = new Set<CloseCause>(["out of ports", "out of descriptors"]);

/** Names the cause of a socket's error. */
export function causeOf(error: NodeJS.ErrnoException): CloseCause {
  const code = error.code ?? "";
  if (code.startsWith("ERR_TLS") || code.startsWith("ERR_SSL") || code.includes("CERT")) return "tls failed";
  return byErrorCode[code] ?? "other";
}

/** Why a connection could not be made or ended, as the connection itself shows it; in the words of the result. */
export type LinkCause =
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
  | "wrong WebSocket subprotocol"
  | "WebSocket extension not asked for"
  | "WebSocket text message"
  | "masked WebSocket frame"
  | "reserved bits in a WebSocket frame"
  | "target does not read"
  | "bad bytes"
  | "other";

/** The server answered the login with another `result_code` than success, so the user let go of the connection. */
export interface LoginRefusal {
  readonly refusedWith: number;
}

/** Why a user's connection could not be made or ended. */
export type CloseCause = LinkCause | LoginRefusal;

/**
 * A cause in the words of the result.
 * @param isLoggingIn whether the connection stood and its login was not answered yet
 */
export function describeCause(cause: CloseCause, isLoggingIn: boolean): string {
  if (typeof cause === "object") return `login refused with ${cause.refusedWith}`;
  return isLoggingIn ? `login: ${cause}` : cause;
}

const byErrorCode: Record<string, LinkCause> = {
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
export const generatorCauses: ReadonlySet<string> = new Set<LinkCause>(["out of ports", "out of descriptors"]);

/** Names the cause of a socket's error. */
export function causeOf(error: NodeJS.ErrnoException): LinkCause {
  const code = error.code ?? "";
  if (code.startsWith("ERR_TLS") || code.startsWith("ERR_SSL") || code.includes("CERT")) return "tls failed";
  return byErrorCode[code] ?? "other";
}

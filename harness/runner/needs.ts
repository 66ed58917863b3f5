import type { CaseResult } from "../result/index.ts";
import type { Need } from "./case.ts";
import type { CaseSurroundings } from "./case-context.ts";
import type { Claims } from "./claims.ts";

/** Why logins by token are not asked for. */
export const NO_TOKENS: string = "no account with a token is known: name some with --token-users";

/**
 * What the run lacks for a case. What can be given by an option makes the run incomplete; what a remote target cannot
 * have at all does not concern it, nor do logins by token of a target that does not claim them by name: nobody gets a
 * token by registering.
 * @param demanded capabilities that the target claims by name
 */
export function lackOf(
  need: Need,
  around: CaseSurroundings,
  demanded: Claims = new Set(),
): (Pick<CaseResult, "status"> & { reason: string }) | undefined {
  const missing = (reason: string) => ({ status: "couldNotRun" as const, reason });
  const impossible = (reason: string) => ({ status: "notApplicable" as const, reason });
  switch (need) {
    case "http":
      return around.http === undefined ? missing("no HTTP API was named (--http)") : undefined;
    case "registration":
      return around.accounts.registers ? undefined : impossible("accounts are not registered by the run (--users)");
    case "tokens":
      if (around.accounts.takeWithToken) return undefined;
      return demanded.has("token-login") ? missing(`${NO_TOKENS}, or do not claim token-login`) : impossible(NO_TOKENS);
    case "stream":
      return around.address.scheme.startsWith("ws")
        ? impossible("over WebSocket each message is one whole packet")
        : undefined;
    case "websocket":
      return around.webSocket ? undefined : impossible("the run knows no WebSocket address beside the TCP one");
    case "restart":
      return around.control?.restart
        ? undefined
        : impossible("the suite did not start the target and cannot restart it");
    case "process":
      return around.control?.pid
        ? undefined
        : impossible("the target is not a process on this machine that the suite knows");
  }
}

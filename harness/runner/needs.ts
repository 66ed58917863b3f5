import type { CaseResult } from "../result/index.ts";
import type { Need } from "./case.ts";
import type { CaseSurroundings } from "./case-context.ts";

/**
 * What the run lacks for a case. What can be given by an option makes the run incomplete; what a remote target cannot
 * have at all does not concern it.
 */
export function lackOf(
  need: Need,
  around: CaseSurroundings,
): (Pick<CaseResult, "status"> & { reason: string }) | undefined {
  const missing = (reason: string) => ({ status: "couldNotRun" as const, reason });
  const impossible = (reason: string) => ({ status: "notApplicable" as const, reason });
  switch (need) {
    case "http":
      return around.http === undefined ? missing("no HTTP API was named (--http)") : undefined;
    case "registration":
      return around.accounts.registers ? undefined : impossible("accounts are not registered by the run (--users)");
    case "tokens":
      return around.accounts.takeWithToken
        ? undefined
        : missing("no account with a token is known: name some with --token-users, or do not claim token-login");
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

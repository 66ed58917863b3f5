import type { CIMUserInfo } from "../../codegen/index.ts";
import type { CloseReason } from "./transport.ts";

/** What a client's connection is doing. */
export type ClientState =
  /** The first attempt to connect, or a later one, is under way. */
  | { readonly status: "connecting"; readonly attempt: number }
  /** Open, nobody logged in: only a login may be sent (CONN-15). */
  | { readonly status: "connected" }
  /** Logged in again after a break; what was missed is being fetched. Pushes are held back until it has been. */
  | { readonly status: "resuming"; readonly user: CIMUserInfo }
  /** Logged in. */
  | { readonly status: "ready"; readonly user: CIMUserInfo }
  /** The connection broke; the next attempt starts after `delayMs`. */
  | { readonly status: "waiting"; readonly attempt: number; readonly delayMs: number; readonly reason: CloseReason }
  /** Over for good. */
  | { readonly status: "closed"; readonly reason: CloseReason };

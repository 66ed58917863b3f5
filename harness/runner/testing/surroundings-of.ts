import { cimRegistry } from "../../../codegen/index.ts";
import { Secrets } from "../../accounts/index.ts";
import type { CaseSurroundings } from "../case-context.ts";
import { DEFAULT_TIMERS } from "../timers.ts";

const account = { user_name: "alice", user_pwd: "0".repeat(32), nick_name: "Alice" };

/** One account that stands in a list, for everybody. */
export const onlyAlice: CaseSurroundings["accounts"] = {
  registers: false,
  secrets: new Secrets(),
  size: 1,
  take: async () => account,
};

/** What is around a case whose target listens on a port of this machine and lets everybody in as alice. */
export function surroundingsOf(port: number, more: Partial<CaseSurroundings> = {}): CaseSurroundings {
  return {
    address: { scheme: "tcp", host: "127.0.0.1", port, path: "/" },
    webSocket: undefined,
    http: undefined,
    accounts: onlyAlice,
    registry: cimRegistry,
    control: undefined,
    timers: DEFAULT_TIMERS,
    timeoutScale: 1,
    seed: 1,
    ...more,
  };
}

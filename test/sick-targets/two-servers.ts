import { healthy } from "./healthy.ts";
import { overWebSocket } from "./over-websocket.ts";
import type { RunningSickTarget, SickTarget } from "./sick-target.ts";

/** Two servers that share nothing, named as if they were one: an address of the one stands beside those of the other. */
export function mixedUp(which: "webSocket" | "http"): SickTarget {
  return {
    name: `${which}-of-another-server`,
    title: `a healthy server, named with the ${which === "http" ? "HTTP API" : "WebSocket address"} of another one`,
    async start(): Promise<RunningSickTarget> {
      const [own, other] = await Promise.all([healthy.start(), overWebSocket(healthy).start()]);
      return {
        target: own.target,
        ...(own.http !== undefined && { http: own.http }),
        ...(which === "webSocket" ? { webSocket: other.target } : other.http !== undefined && { http: other.http }),
        async stop() {
          await Promise.all([own.stop(), other.stop()]);
        },
      };
    },
  };
}

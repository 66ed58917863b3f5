import { defineConfig } from "../../bin/config/index.ts";

/** The main job in under two minutes: the whole suite and a checked load against the reference server. */
export default defineConfig({
  target: "ref",
  // Short timers, so that the cases about the limits need not wait a minute.
  conformance: { timers: "login=6s,heartbeat=10s,ack=6s" },
  loads: {
    chat: {
      scenario: "chat",
      clients: 500,
      rate: 500,
      ramp: "5s",
      warmup: "3s",
      duration: "15s",
      thresholds: { msg_ack: ["p(99)<1000"], msg_e2e: ["p(99)<1000"] },
    },
  },
  report: ["html"],
});

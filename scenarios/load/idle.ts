import { defineScenario, type Scenario } from "../../harness/load/index.ts";

/** Users that are online and do nothing but show that they are alive. */
const idle: Scenario = defineScenario({
  name: "idle",
  title: "users are online and send heartbeats, nothing else",
  description:
    "Shows what a connection costs: memory and processor time of both sides. Nobody may lose the connection. The rate " +
    "of heartbeats is the number of clients divided by --heartbeat.",
  defaults: { clients: 1000, duration: "60s", warmup: "0s" },
  during: async (stage) => {
    const first = stage.users[0];
    if (first) await stage.sleep(first, (stage.endMicros - stage.startMicros) / 1000);
  },
});

export default idle;

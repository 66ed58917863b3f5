import { spawn } from "node:child_process";
import { once } from "node:events";
import { defineScenario, type Scenario } from "../index.ts";

/** A generator that is stopped, as by a suspended machine, while a request is on its way; it takes part in nothing else. */
const stopped: Scenario = defineScenario({
  name: "test-stopped",
  title: "the generator's process is stopped in the middle",
  options: { seconds: { type: "number", default: 1, describe: "for how long" } },
  async during({ users: [first, second], options }) {
    const resuming = spawn("sh", ["-c", `sleep ${options["seconds"]}; kill -CONT ${process.pid}`]);
    await once(resuming, "spawn");
    await first?.sessions();
    const asked = second?.sessions();
    // From here the next thing that the event loop comes to is its timers, not its sockets.
    process.kill(process.pid, "SIGSTOP");
    await asked;
  },
});

export default stopped;

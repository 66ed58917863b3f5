import { defineScenario, type Scenario } from "../../harness/load/index.ts";

/** Chat for hours: what leaks, shows. */
const soak: Scenario = defineScenario({
  name: "soak",
  title: "chat for an hour at a steady rate; what leaks, shows",
  description:
    "The series has resident memory of generator and target, second by second. Nothing in the generator grows with the " +
    "number of messages, so growth of its own would be a fault.",
  defaults: { clients: 1000, rate: 2000, duration: "1h", warmup: "30s" },
  conversations: () => [{ kind: "pair" }],
  act: (user, at) => user.conversations[0] && user.send(user.conversations[0], at),
});

export default soak;

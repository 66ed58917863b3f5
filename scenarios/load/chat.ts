import { defineScenario, type Scenario } from "../../harness/load/index.ts";

/** Pairs of users write to each other; the plainest measure of a messenger. */
const chat: Scenario = defineScenario({
  name: "chat",
  title: "pairs of users write to each other at a given rate",
  description:
    "Each arrival picks a user, who writes one message to its partner. msg_ack is the time to the server's " +
    "acknowledgement (the message is then durable), msg_e2e the time until the partner has it.",
  defaults: { clients: 200, rate: 200, duration: "30s" },
  conversations: () => [{ kind: "pair" }],
  act: (user, at) => user.conversations[0] && user.send(user.conversations[0], at),
});

export default chat;

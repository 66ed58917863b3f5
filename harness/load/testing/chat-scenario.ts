import { defineScenario, type Scenario } from "../index.ts";

/** Pairs that chat, for tests of the machinery. */
const chat: Scenario = defineScenario({
  name: "test-chat",
  title: "pairs chat",
  conversations: () => [{ kind: "pair" }],
  act: (user, at) => user.conversations[0] && user.send(user.conversations[0], at),
});

export default chat;

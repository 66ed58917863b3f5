import { defineScenario, type Scenario } from "../index.ts";

const BLOCK_MS = 40;

/** A scenario whose own code keeps the generator from its work. */
const blocking: Scenario = defineScenario({
  name: "test-blocking",
  title: "the generator is starved by the scenario",
  conversations: () => [{ kind: "pair" }],
  act: (user, at) => {
    const until = performance.now() + BLOCK_MS;
    while (performance.now() < until);
    return user.conversations[0] && user.send(user.conversations[0], at);
  },
});

export default blocking;

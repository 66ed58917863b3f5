import { defineScenario, type Scenario } from "../scenario.ts";

/** A scenario of the tests that never comes back from its first act. */
const stuck: Scenario = defineScenario({
  name: "stuck",
  title: "never comes back",
  defaults: { clients: 4, rate: 10 },
  act() {
    for (;;);
  },
});
export default stuck;

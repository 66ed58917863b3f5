import { defineScenario, type Scenario } from "../../harness/load/index.ts";

/** Members write into groups; every message goes out to all others. */
const group: Scenario = defineScenario({
  name: "group",
  title: "members write into groups, each message reaches all others (fan-out)",
  description:
    "fanout has one sample per receiver: a message in a group of 100 gives 99. The order is checked at every receiver. " +
    "Usual sizes are 5, 100 and 200, the largest that a server must take.",
  defaults: { clients: 200, rate: 20, duration: "30s" },
  options: {
    "group-size": {
      type: "number",
      default: 100,
      describe: "members per group, 2 to 200",
      limits: { integer: true, minimum: 2, maximum: 200 },
    },
  },
  conversations: (options) => [{ kind: "group", size: Number(options["group-size"]) }],
  act: (user, at) => user.conversations[0] && user.send(user.conversations[0], at),
});

export default group;

import { defineScenario, nowMicros, type Scenario } from "../../harness/load/index.ts";

/** While pairs chat, a part of the users loses its connection at one moment and comes back. */
const reconnectStorm: Scenario = defineScenario({
  name: "reconnect-storm",
  title: "a part of the users drops at once and comes back",
  description:
    "One third into the traffic the given part of the users loses its connection and logs in again, all at once or " +
    "spread over the jitter. back has one sample per user: the time from the drop until it is logged in; its p(99) is " +
    "the time until 99% are back. Each drops with a message on its way, whose acknowledgement it cannot see, and sends it " +
    "once more when it is back (resent): the server must take it for one message. Chat goes on meanwhile; what was sent " +
    "to users that were away is checked in history.",
  defaults: { clients: 500, rate: 100, duration: "30s" },
  metrics: { back: "dropped to logged in again" },
  options: {
    part: {
      type: "number",
      default: 0.5,
      describe: "part of the users that drops, 0 to 1",
      limits: { minimum: 0, maximum: 1 },
    },
    jitter: { type: "number", default: 0, describe: "seconds over which they come back", limits: { minimum: 0 } },
  },
  conversations: () => [{ kind: "pair" }],
  act: (user, at) => user.isOnline && user.conversations[0] && user.send(user.conversations[0], at),
  async during(stage) {
    const first = stage.users[0];
    if (!first) return;
    await stage.sleep(first, (stage.endMicros - stage.startMicros) / 3000);
    const dropped = stage.users.filter((user) => user.isOnline && stage.random() < Number(stage.options["part"]));
    const droppedAt = nowMicros();
    for (const user of dropped) {
      if (user.conversations[0]) user.send(user.conversations[0], droppedAt);
      user.drop();
    }
    await Promise.all(
      dropped.map(async (user) => {
        await stage.sleep(user, stage.random() * Number(stage.options["jitter"]) * 1000);
        while (!(await user.login()) && nowMicros() < stage.endMicros) await stage.sleep(user, 1000);
        if (user.isOnline) stage.record("back", nowMicros() - droppedAt, droppedAt);
      }),
    );
  },
});

export default reconnectStorm;

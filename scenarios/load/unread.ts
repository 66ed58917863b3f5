import { defineScenario, type Scenario } from "../../harness/load/index.ts";

/** A burst of messages, an exact look at the unread count, reading, and a second look. */
const unread: Scenario = defineScenario({
  name: "unread",
  title: "bursts of messages; the unread count is exact before and after reading",
  description:
    "Each arrival is one round of a pair: the sender writes a burst, the receiver asks for its sessions (unread must " +
    "be the burst), says that it has read, and asks again (unread must be 0). sessions and read_notify are the figures.",
  defaults: { clients: 200, rate: 10, duration: "30s" },
  options: {
    burst: { type: "number", default: 5, describe: "messages of one burst", limits: { integer: true, minimum: 1 } },
  },
  conversations: () => [{ kind: "pair" }],
  async act(user, at, stage) {
    const conversation = user.conversations[0];
    const reader = conversation && stage.partner(user, conversation);
    if (!conversation || !reader) return;
    // One round at a time: a second sender would make the count uncertain.
    const release = await stage.claim(conversation);
    try {
      for (let n = 0; n < Number(stage.options["burst"]); n++) {
        if (!(await user.sendAndWait(conversation, n === 0 ? at : undefined))) return;
      }
      await stage.checkUnread(reader, conversation, Number(stage.options["burst"]));
      await stage.received(conversation);
      reader.read(conversation);
      await stage.checkUnread(reader, conversation, 0);
      user.read(conversation);
    } finally {
      release();
    }
  },
});

export default unread;

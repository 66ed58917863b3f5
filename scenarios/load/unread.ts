import { defineScenario, type Scenario, type Stage, type VirtualUser } from "../../harness/load/index.ts";

/** What each user has unread in its pair between two rounds, where that is known. */
const unreadOf = new WeakMap<VirtualUser, number>();

/** A burst of messages, an exact look at the unread count, reading, and a second look. */
const unread: Scenario = defineScenario({
  name: "unread",
  title: "bursts of messages; the unread count is exact before and after reading",
  description:
    "Each arrival is one round of a pair: the sender writes a burst, the receiver asks for its sessions (unread must " +
    "have grown by the burst), says that it has read, and asks again (unread must be 0). sessions and read_notify are the figures.",
  defaults: { clients: 200, rate: 10, duration: "30s" },
  options: {
    burst: { type: "number", default: 5, describe: "messages of one burst", limits: { integer: true, minimum: 1 } },
  },
  conversations: () => [{ kind: "pair" }],
  // Accounts may have been used before.
  prepare: async (user, stage) => void (await unreadBefore(user, stage)),
  async act(user, at, stage) {
    const conversation = user.conversations[0];
    const reader = conversation && stage.partner(user, conversation);
    if (!conversation || !reader) return;
    // One round at a time: a second sender would make the count uncertain.
    const release = await stage.claim(conversation);
    try {
      const before = await unreadBefore(reader, stage);
      if (before === undefined) return;
      const burst = Number(stage.options["burst"]);
      // A round that ends before its time leaves a count that has to be asked for.
      unreadOf.delete(reader);
      for (let n = 0; n < burst; n++) {
        if (!(await user.sendAndWait(conversation, n === 0 ? at : undefined))) return;
      }
      await stage.checkUnread(reader, conversation, before + burst);
      await stage.received(conversation);
      reader.read(conversation);
      await stage.checkUnread(reader, conversation, 0);
      unreadOf.set(reader, 0);
      user.read(conversation);
    } finally {
      release();
    }
  },
});

async function unreadBefore(user: VirtualUser, stage: Stage): Promise<number | undefined> {
  const conversation = user.conversations[0];
  const count = unreadOf.get(user) ?? (conversation && (await stage.unreadCount(user, conversation)));
  if (count !== undefined) unreadOf.set(user, count);
  return count;
}

export default unread;

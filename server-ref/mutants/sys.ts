import { defineMutant, type Mutant } from "./define.ts";
import { type AppendOutcome, conversationName, wrapStore } from "./wrap/store.ts";

/** Mutants of section SYS: persistence and concurrency. */
export const syMutants: readonly Mutant[] = [
  defineMutant({
    name: "groups-lost-at-restart",
    breaks: ["SYS-01"],
    title: "forgets after a restart who is in which group",
    story: "The members are cached in memory, and the cache is never filled from the store.",
    apply(seams) {
      const known = new Set<bigint>();
      wrapStore(seams, (store) => ({
        createGroup: async (act) => {
          const change = await store.createGroup(act);
          if (change.outcome === "done") known.add(change.group.group_id);
          return change;
        },
        groupsOf: async (userId) => (await store.groupsOf(userId)).filter((groupId) => known.has(groupId)),
        members: async (groupId) => (known.has(groupId) ? await store.members(groupId) : undefined),
      }));
    },
  }),
  defineMutant({
    name: "concurrent-messages-lost",
    breaks: ["SYS-02"],
    companions: [
      { rule: "MSG-05", reason: "what two senders write at the same time gets one id" },
      { rule: "MSG-18", reason: "first messages cross" },
    ],
    title: "loses one of two messages that reach a conversation at the same moment",
    story: "The row of the conversation is read, changed and written back, and the last writer wins.",
    apply(seams) {
      const busy = new Map<string, Promise<AppendOutcome>>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const name = conversationName(message);
          const running = busy.get(name);
          const before = running && (await running.catch(() => undefined));
          if (before?.outcome === "stored" && before.message.from_user_id !== message.from_user_id) {
            return {
              outcome: "stored",
              message: { ...message, server_msg_id: before.message.server_msg_id },
              recipients: [],
            };
          }
          const storing = store.append(message);
          busy.set(name, storing);
          const outcome = await storing;
          if (busy.get(name) === storing) busy.delete(name);
          return outcome;
        },
      }));
    },
  }),
];

import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { wrapHandle } from "./wrap/handlers.ts";
import { conversationName, wrapStore } from "./wrap/store.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** How long it takes until others see what one has done, in milliseconds. */
const LOOK_UP_MS = 2;

/** Mutants that look first and act later, so that two requests at the same moment do not see each other. */
export const atOnceMutants: readonly Mutant[] = [
  defineMutant({
    name: "resend-known-a-moment-later",
    breaks: ["MSG-07"],
    title: "stores a message twice when it comes again at the same moment or just behind",
    story: "Known messages are looked up in an index that is brought up to date a moment after the message is stored.",
    apply(seams) {
      const unindexed = new Set<string>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const name = `${message.from_user_id} ${message.client_msg_id}`;
          if (unindexed.has(name)) return await store.append({ ...message, client_msg_id: randomUUID() });
          unindexed.add(name);
          const outcome = await store.append(message);
          setTimeout(() => unindexed.delete(name), LOOK_UP_MS);
          return outcome;
        },
      }));
    },
  }),
  defineMutant({
    name: "members-counted-first",
    breaks: ["GROUP-09"],
    title: "lets two invitations at the same moment take a group beyond its limit",
    story: "The members are counted before the transaction that adds some.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        addMembers: async (act) => {
          const members = (await store.members(act.group_id)) ?? [];
          await delay(LOOK_UP_MS);
          if (new Set([...members, ...act.members]).size > act.limit) {
            return { outcome: "refused", reason: "too-many-members" };
          }
          return await store.addMembers({ ...act, limit: Number.POSITIVE_INFINITY });
        },
      }));
    },
  }),
  defineMutant({
    name: "count-read-then-written",
    breaks: ["UNREAD-01", "UNREAD-02"],
    title: "loses an unread message when two users write into a conversation at the same moment",
    story: "The count is read, raised and written back by the program, and not by one statement.",
    apply(seams) {
      const writers = new Map<string, bigint[]>();
      const lost = new Map<string, number>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const name = conversationName(message);
          const others = writers.get(name) ?? [];
          writers.set(name, [...others, message.from_user_id]);
          const meets = others.some((one) => one !== message.from_user_id);
          const outcome = await store.append(message);
          const left = (writers.get(name) ?? []).filter((_, place) => place > 0);
          if (left.length > 0) writers.set(name, left);
          else writers.delete(name);
          if (meets) lost.set(name, (lost.get(name) ?? 0) + 1);
          return outcome;
        },
        sessions: async (userId) =>
          (await store.sessions(userId)).map((entry) => {
            const { session_type, session_id, unread_cnt } = entry;
            const isGroup = session_type === GROUP;
            const from_user_id = isGroup ? 0n : userId;
            const name = conversationName({ from_user_id, to_session_id: session_id, session_type });
            return { ...entry, unread_cnt: Math.max(0, unread_cnt - (lost.get(name) ?? 0)) };
          }),
      }));
    },
  }),
  defineMutant({
    name: "crossing-calls-both-refused",
    breaks: ["VOIP-18"],
    title: "refuses both calls when two users call each other at the same moment",
    story: "Whoever calls is marked as busy first and asks for the other's mark then, so that each finds the other's.",
    apply(seams) {
      const busyWith = new Map<bigint, bigint>();
      wrapHandle(seams, commands.VOIP_INVITE_REQ, async (request, context, original) => {
        const { self, message } = request;
        const [called = 0n] = message.invite_user_list;
        busyWith.set(self, called);
        setTimeout(() => busyWith.delete(self), 2 * LOOK_UP_MS);
        await delay(LOOK_UP_MS);
        return busyWith.get(called) === self ? [] : await original(request, context);
      });
    },
  }),
];

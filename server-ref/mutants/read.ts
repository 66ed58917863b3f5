import { CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { push, reply } from "./wrap/effects.ts";
import { changeEffects } from "./wrap/handlers.ts";
import { changePushes } from "./wrap/packets.ts";
import { wrapStore } from "./wrap/store.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP, kCIM_SESSION_TYPE_SINGLE: SINGLE } = CIMSessionType;

/** Mutants of section READ: read receipts. */
export const readMutants: readonly Mutant[] = [
  defineMutant({
    name: "reader-is-answered",
    breaks: ["READ-01"],
    title: "answers a read receipt",
    story: "Every request has an answer, so this one got the notify that it causes.",
    apply(seams) {
      changeEffects(seams, commands.MSG_READ_ACK, (effects, { message }) => [
        ...effects,
        reply(commands.MSG_READ_NOTIFY, message),
      ]);
    },
  }),
  defineMutant({
    name: "zero-reads-nothing",
    breaks: ["READ-02"],
    companions: [
      { rule: "LOGIN-17", reason: "the user's own read request names 0" },
      { rule: "UNREAD-06", reason: "the case reads a session with 0" },
      { rule: "READ-07", reason: "the case reads a session with 0" },
      { rule: "UNREAD-02", reason: "the case reads a group with 0" },
      { rule: "UNREAD-03", reason: "the case reads a group with 0" },
      { rule: "SESS-07", reason: "the case reads a session with 0" },
      { rule: "READ-06", reason: "clients read a group with the same 0" },
    ],
    title: 'takes `msg_id` 0 for "nothing read"',
    story: "All messages up to id 0 are none.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        markRead: async (conversation, upTo) => {
          if (upTo === 0n) return (await store.newestMessage(conversation)) !== undefined;
          return await store.markRead(conversation, upTo);
        },
      }));
    },
  }),
  defineMutant({
    name: "always-reads-all",
    breaks: ["READ-03"],
    title: "clears the whole session whatever message was read",
    story: "There is one counter per session, and reading sets it to 0.",
    apply(seams) {
      wrapStore(seams, (store) => ({ markRead: (conversation) => store.markRead(conversation, 0n) }));
    },
  }),
  defineMutant({
    name: "read-up-to-exclusive",
    breaks: ["READ-03"],
    title: "leaves the message unread that was read last",
    story: '"All messages before this id" was taken by the word.',
    apply(seams) {
      wrapStore(seams, (store) => ({
        markRead: (conversation, upTo) =>
          upTo === 1n ? Promise.resolve(true) : store.markRead(conversation, upTo === 0n ? 0n : upTo - 1n),
      }));
    },
  }),
  defineMutant({
    name: "notify-without-message-id",
    breaks: ["READ-04"],
    title: "leaves `msg_id` out of the read notify",
    story: "The counter is cleared as a whole, so that the id seemed to say nothing.",
    apply(seams) {
      changePushes(seams, commands.MSG_READ_NOTIFY, () => ({ msg_id: 0n }));
    },
  }),
  defineMutant({
    name: "peer-not-told",
    breaks: ["READ-04"],
    title: "does not tell the peer what was read",
    story: "The counter is what reading changes; that the peer wants to know was forgotten.",
    apply(seams) {
      changeEffects(seams, commands.MSG_READ_ACK, (effects, { self }) =>
        effects.filter((effect) => effect.kind !== "push" || effect.users.includes(self)),
      );
    },
  }),
  defineMutant({
    name: "group-reading-notifies-a-user",
    breaks: ["READ-06"],
    title: "tells the user with the group's number that the group was read",
    story: "The notify goes to `session_id`, which nobody asked whether it is a user.",
    apply(seams) {
      changeEffects(seams, commands.MSG_READ_ACK, (effects, { self, message }) =>
        message.session_type === GROUP
          ? [...effects, push([message.session_id], commands.MSG_READ_NOTIFY, { ...message, user_id: self })]
          : effects,
      );
    },
  }),
  defineMutant({
    name: "reading-clears-both-sides",
    breaks: ["READ-07"],
    title: "clears the counters of both sides when one reads",
    story: "The two users share a conversation, and the counter is found by the conversation.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        markRead: async (conversation, upTo) => {
          const { self, session_type, session_id } = conversation;
          if (session_type === SINGLE) await store.markRead({ self: session_id, session_type, session_id: self }, upTo);
          if (session_type === GROUP) {
            for (const member of (await store.members(session_id)) ?? [])
              await store.markRead({ ...conversation, self: member }, upTo);
          }
          return await store.markRead(conversation, upTo);
        },
      }));
    },
  }),
  defineMutant({
    name: "receipts-to-strangers",
    breaks: ["READ-09"],
    title: "passes a receipt on to whoever it names, conversation or not",
    story: "The notify is sent while the store is still looking for something to mark.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        markRead: async (conversation, upTo) => {
          await store.markRead(conversation, upTo);
          return true;
        },
      }));
    },
  }),
];

import { CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeEffects } from "./wrap/handlers.ts";
import { changeSessions, wrapStore } from "./wrap/store.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP, kCIM_SESSION_TYPE_SINGLE: SINGLE } = CIMSessionType;

/** Mutants of section UNREAD: unread counts. */
export const unreadMutants: readonly Mutant[] = [
  defineMutant({
    name: "pushed-counts-as-read",
    breaks: ["UNREAD-01"],
    companions: [
      { rule: "MSG-07", reason: "the receiver of the case is online when the message comes" },
      { rule: "MSG-20", reason: "the receiver of the case is online when the message comes" },
      { rule: "SESS-07", reason: "the receiver of the case is online when the message comes" },
      { rule: "LOGOUT-02", reason: "the case counts a message that was pushed" },
      { rule: "READ-03", reason: "messages that were pushed are not counted" },
      { rule: "READ-07", reason: "messages that were pushed are not counted" },
      { rule: "UNREAD-05", reason: "messages that were pushed are not counted" },
      { rule: "UNREAD-06", reason: "messages that were pushed are not counted" },
    ],
    title: "does not count messages that could be pushed",
    story: "The counter was meant for what the user has missed.",
    apply(seams) {
      changeEffects(seams, commands.MSG_DATA, async (effects, { self, message }, context) => {
        const { to_session_id, session_type } = message;
        const stored = effects.some(({ kind }) => kind === "push");
        if (stored && session_type === SINGLE && (await context.isOnline(to_session_id))) {
          await context.store.markRead({ self: to_session_id, session_type, session_id: self }, 0n);
        }
        return effects;
      });
    },
  }),
  defineMutant({
    name: "sender-counts-too",
    breaks: ["UNREAD-01"],
    companions: [
      { rule: "LOGIN-17", reason: "the user of the case has sent messages, too" },
      { rule: "UNREAD-05", reason: "the user of the case has sent messages, too" },
      { rule: "UNREAD-08", reason: "the user of the case has sent messages, too" },
    ],
    title: "raises the sender's counter as well",
    story: "The counter belongs to the conversation, and both sides look at it.",
    apply(seams) {
      const sent = new Map<string, number>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          const name = `${message.from_user_id} ${message.to_session_id}`;
          if (outcome.outcome === "stored" && message.session_type === SINGLE)
            sent.set(name, (sent.get(name) ?? 0) + 1);
          return outcome;
        },
      }));
      changeSessions(seams, (sessions, userId) =>
        sessions.map((session) => {
          const own = session.session_type === SINGLE ? (sent.get(`${userId} ${session.session_id}`) ?? 0) : 0;
          return { ...session, unread_cnt: session.unread_cnt + own };
        }),
      );
    },
  }),
  defineMutant({
    name: "own-group-message-counts",
    breaks: ["UNREAD-02"],
    title: "counts a member's own group messages as unread",
    story: "The count is the group's total minus what was read, and sending reads nothing.",
    apply(seams) {
      const own = new Map<string, number>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          const name = `${message.from_user_id} ${message.to_session_id}`;
          if (outcome.outcome === "stored" && message.session_type === GROUP) own.set(name, (own.get(name) ?? 0) + 1);
          return outcome;
        },
        markRead: (conversation, upTo) => {
          own.delete(`${conversation.self} ${conversation.session_id}`);
          return store.markRead(conversation, upTo);
        },
      }));
      changeSessions(seams, (sessions, userId) =>
        sessions.map((session) => {
          const more = session.session_type === GROUP ? (own.get(`${userId} ${session.session_id}`) ?? 0) : 0;
          return { ...session, unread_cnt: session.unread_cnt + more };
        }),
      );
    },
  }),
  defineMutant({
    name: "new-member-inherits-unread",
    breaks: ["UNREAD-03"],
    title: "counts what was written before a member joined",
    story: "A new member's read mark starts at 0.",
    apply(seams) {
      const before = new Map<string, number>();
      wrapStore(seams, (store) => ({
        addMembers: async (act) => {
          const change = await store.addMembers(act);
          if (change.outcome !== "done") return change;
          for (const member of change.changed)
            before.set(`${member} ${act.group_id}`, Number(change.notification?.server_msg_id ?? 0n));
          return change;
        },
      }));
      changeSessions(seams, (sessions, userId) =>
        sessions.map((session) => {
          const earlier = session.session_type === GROUP ? (before.get(`${userId} ${session.session_id}`) ?? 0) : 0;
          return { ...session, unread_cnt: session.unread_cnt + earlier };
        }),
      );
    },
  }),
  defineMutant({
    name: "confirmation-reads",
    breaks: ["UNREAD-05"],
    companions: [{ rule: "ACK-04", reason: "a confirmation of a message of the past reads, too" }],
    title: "takes the confirmation of a push for reading",
    story: "The client has it, so it was counted as seen.",
    apply(seams) {
      changeEffects(seams, commands.MSG_DATA_ACK, async (effects, { self, message }, context) => {
        const { session_type, to_session_id } = message;
        await context.store.markRead({ self, session_type, session_id: to_session_id }, 0n);
        return effects;
      });
    },
  }),
  defineMutant({
    name: "lost-on-disconnect",
    breaks: ["UNREAD-06"],
    companions: [
      { rule: "LOGOUT-02", reason: "the receiver of the case disconnects before the count is looked at" },
      { rule: "UNREAD-01", reason: "the receiver of the case disconnects before the count is looked at" },
      { rule: "SYS-01", reason: "the receiver of the case disconnects before the count is looked at" },
      { rule: "UNREAD-02", reason: "a member of the case logs in anew before the count is looked at" },
      { rule: "READ-03", reason: "the reader of the case logs in anew before the count is looked at" },
    ],
    title: "forgets a user's counters when the last connection ends",
    story: "The counters live beside the connections in memory.",
    apply(seams) {
      seams.userOffline.push(async (self, context) => {
        for (const { session_type, session_id } of await context.store.sessions(self)) {
          await context.store.markRead({ self, session_type, session_id }, 0n);
        }
        return [];
      });
    },
  }),
  defineMutant({
    name: "robots-do-not-count",
    breaks: ["UNREAD-08"],
    companions: [{ rule: "ROBOT-02", reason: "a robot's welcome counts as unread" }],
    title: "does not count messages of robots",
    story: "Robots were left out of the counting altogether, not only as receivers.",
    apply(seams) {
      changeSessions(seams, (sessions) =>
        sessions.map((session) => (session.is_robot_session ? { ...session, unread_cnt: 0 } : session)),
      );
    },
  }),
];

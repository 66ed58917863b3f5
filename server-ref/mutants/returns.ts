import { CIMSessionType } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeSessions, wrapStore } from "./wrap/store.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** Mutants that keep their promises until a member comes back. */
export const returnMutants: readonly Mutant[] = [
  defineMutant({
    name: "returned-member-has-old-mark",
    breaks: ["UNREAD-03"],
    title: "counts what was written while a member was away",
    story: "Leaving sets a flag, and coming back finds the row of before with its read mark.",
    apply(seams) {
      const leftAt = new Map<string, number>();
      const missed = new Map<string, number>();
      wrapStore(seams, (store) => ({
        leaveGroup: async (act) => {
          const change = await store.leaveGroup(act);
          if (change.outcome === "done" && change.notification)
            leftAt.set(`${act.by} ${act.group_id}`, Number(change.notification.server_msg_id));
          return change;
        },
        removeMembers: async (act) => {
          const change = await store.removeMembers(act);
          if (change.outcome === "done" && change.notification)
            for (const member of change.changed)
              leftAt.set(`${member} ${act.group_id}`, Number(change.notification.server_msg_id));
          return change;
        },
        addMembers: async (act) => {
          const change = await store.addMembers(act);
          if (change.outcome !== "done" || !change.notification) return change;
          for (const member of change.changed) {
            const left = leftAt.get(`${member} ${act.group_id}`);
            if (left !== undefined)
              missed.set(`${member} ${act.group_id}`, Number(change.notification.server_msg_id) - left);
          }
          return change;
        },
        markRead: (conversation, upTo) => {
          missed.delete(`${conversation.self} ${conversation.session_id}`);
          return store.markRead(conversation, upTo);
        },
        append: (message) => {
          missed.delete(`${message.from_user_id} ${message.to_session_id}`);
          return store.append(message);
        },
      }));
      changeSessions(seams, (sessions, userId) =>
        sessions.map((session) => {
          const more = session.session_type === GROUP ? (missed.get(`${userId} ${session.session_id}`) ?? 0) : 0;
          return { ...session, unread_cnt: session.unread_cnt + more };
        }),
      );
    },
  }),
  defineMutant({
    name: "returned-member-gets-no-pushes",
    breaks: ["GROUP-22", "PUSH-03"],
    title: "pushes nothing of a group to a member who left and was invited again",
    story: "Who leaves is put on a list of those to be skipped, and nobody takes him off it.",
    apply(seams) {
      const gone = new Set<string>();
      wrapStore(seams, (store) => ({
        leaveGroup: async (act) => {
          const change = await store.leaveGroup(act);
          if (change.outcome === "done") gone.add(`${act.by} ${act.group_id}`);
          return change;
        },
        removeMembers: async (act) => {
          const change = await store.removeMembers(act);
          if (change.outcome === "done") for (const member of change.changed) gone.add(`${member} ${act.group_id}`);
          return change;
        },
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "stored" || message.session_type !== GROUP) return outcome;
          const recipients = outcome.recipients.filter((member) => !gone.has(`${member} ${message.to_session_id}`));
          return { ...outcome, recipients };
        },
      }));
    },
  }),
];

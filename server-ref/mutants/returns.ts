import { CIMSessionType } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { type ConversationKey, changeSessions, wrapStore } from "./wrap/store.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** Mutants that keep their promises until a member, or the server, comes back. */
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
  defineMutant({
    name: "robot-mark-lost-at-restart",
    breaks: ["SYS-01"],
    companions: [{ rule: "SESS-11", reason: "the mark is that rule's" }],
    title: "forgets at a restart which sessions are a robot's",
    story: "The mark is set on the object in memory when an account is made, and has no column.",
    apply(seams) {
      const marked = new Set<bigint>();
      wrapStore(seams, (store) => ({
        createUser: async (user) => {
          const id = await store.createUser(user);
          if (id !== undefined) marked.add(id);
          return id;
        },
      }));
      changeSessions(seams, (sessions, userId) =>
        sessions.map((session) => ({ ...session, is_robot_session: session.is_robot_session && marked.has(userId) })),
      );
    },
  }),
  defineMutant({
    name: "nicknames-lost-at-restart",
    breaks: ["SYS-01"],
    companions: [{ rule: "HTTP-10", reason: "a name that is lost is not returned unchanged" }],
    title: "shows user names instead of nicknames after a restart",
    story: "Nicknames come from a cache that registration fills, with the user name where it has none.",
    apply(seams) {
      const cached = new Set<bigint>();
      const show = <U extends { user_id: bigint; user_name: string; nick_name: string }>(user: U | undefined) =>
        user && !cached.has(user.user_id) ? { ...user, nick_name: user.user_name } : user;
      wrapStore(seams, (store) => ({
        createUser: async (user) => {
          const id = await store.createUser(user);
          if (id !== undefined) cached.add(id);
          return id;
        },
        userByName: async (name) => show(await store.userByName(name)),
        userById: async (id) => show(await store.userById(id)),
        nicknames: async (ids) => {
          const users = await Promise.all(ids.map((id) => store.userById(id)));
          return new Map(users.flatMap((user) => (user ? [[user.user_id, show(user)?.nick_name ?? ""]] : [])));
        },
      }));
    },
  }),
  defineMutant({
    name: "group-read-marks-lost-at-restart",
    breaks: ["UNREAD-06"],
    companions: [
      { rule: "READ-03", reason: "a variant of the case restarts the server behind the receipt" },
      { rule: "SYS-01", reason: "a read mark is among what has to survive a restart" },
    ],
    title: "forgets at a restart what members of groups have read",
    story: "Read marks of groups are kept in memory beside the members and were to be written now and then.",
    apply(seams) {
      const nameOf = ({ self, session_id }: ConversationKey): string => `${self} ${session_id}`;
      const marks = new Map<string, number>();
      wrapStore(seams, (store) => ({
        markRead: async (conversation, upTo) => {
          if (conversation.session_type !== GROUP) return await store.markRead(conversation, upTo);
          const sessions = await store.sessions(conversation.self);
          const entry = sessions.find(
            ({ session_type, session_id }) => session_type === GROUP && session_id === conversation.session_id,
          );
          if (!entry) return false;
          const later = upTo === 0n ? 0n : entry.newest.server_msg_id - upTo;
          const read = Math.max(0, entry.unread_cnt - Number(later > 0n ? later : 0n));
          marks.set(nameOf(conversation), Math.max(marks.get(nameOf(conversation)) ?? 0, read));
          return true;
        },
        addMembers: async (act) => {
          const change = await store.addMembers(act);
          if (change.outcome === "done") for (const member of change.changed) marks.delete(`${member} ${act.group_id}`);
          return change;
        },
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome === "stored" && message.session_type === GROUP)
            marks.delete(`${message.from_user_id} ${message.to_session_id}`);
          return outcome;
        },
        sessions: async (userId) =>
          (await store.sessions(userId)).map((session) => {
            const read = session.session_type === GROUP ? marks.get(`${userId} ${session.session_id}`) : undefined;
            return read === undefined ? session : { ...session, unread_cnt: Math.max(0, session.unread_cnt - read) };
          }),
      }));
    },
  }),
];

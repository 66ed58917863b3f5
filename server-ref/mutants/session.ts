import { CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeEffects, messageOf } from "./wrap/handlers.ts";
import { changeAnswers } from "./wrap/packets.ts";
import { changeSessions, type SessionEntry, wrapStore } from "./wrap/store.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP, kCIM_SESSION_TYPE_SINGLE: SINGLE } = CIMSessionType;

/** Mutants of section SESS: session list. */
export const sessionMutants: readonly Mutant[] = [
  defineMutant({
    name: "at-most-ten-sessions",
    breaks: ["SESS-01"],
    title: "lists at most ten sessions",
    story: "The query got a limit for the first screen of an app.",
    apply(seams) {
      changeSessions(seams, (sessions) => sessions.slice(0, 10));
    },
  }),
  defineMutant({
    name: "oldest-first",
    breaks: ["SESS-02"],
    title: "lists the oldest session first",
    story: "The order is ascending where nobody says otherwise.",
    apply(seams) {
      changeSessions(seams, (sessions) => sessions.reverse());
    },
  }),
  defineMutant({
    name: "server-id-as-client-id",
    breaks: ["SESS-03"],
    companions: [
      { rule: "PUSH-06", reason: "the newest message is known by its client id" },
      { rule: "SESS-04", reason: "the newest message is told by its client id" },
      { rule: "SESS-07", reason: "the newest message is told by its client id" },
    ],
    title: "puts the server's id into `msg_id`",
    story: "The field is called `msg_id`, and messages have an id.",
    apply(seams) {
      changeAnswers(seams, commands.LIST_RECENT_CONTACT_SESSION_RSP, ({ contact_session_list = [] }) => ({
        contact_session_list: contact_session_list.map((entry) => ({ ...entry, msg_id: String(entry.server_msg_id) })),
      }));
    },
  }),
  defineMutant({
    name: "session-time-in-milliseconds",
    breaks: ["SESS-03"],
    title: "gives the newest message's time in milliseconds",
    story: "The stored time is converted once more on its way out.",
    apply(seams) {
      changeAnswers(seams, commands.LIST_RECENT_CONTACT_SESSION_RSP, ({ contact_session_list = [] }) => ({
        contact_session_list: contact_session_list.map((entry) => ({
          ...entry,
          msg_time_stamp: ((entry.msg_time_stamp ?? 0) * 1000) % 2 ** 31,
        })),
      }));
    },
  }),
  defineMutant({
    name: "newest-received-only",
    breaks: ["SESS-04"],
    title: "shows the newest message that was received, not the newest of both sides",
    story: "Each direction has a table of its own, and only one is looked into.",
    apply(seams) {
      changeSessions(
        seams,
        async (sessions, self, store) =>
          await Promise.all(
            sessions.map(async (session) => {
              if (session.session_type !== SINGLE || session.newest.from_user_id !== self) return session;
              const { session_type, session_id } = session;
              const page = await store.history({ self, session_type, session_id }, { end_msg_id: 0n, limit: 100 });
              const newest = page?.findLast((message) => message.from_user_id !== self);
              return newest ? { ...session, newest } : session;
            }),
          ),
      );
    },
  }),
  defineMutant({
    name: "total-not-summed",
    breaks: ["SESS-05"],
    title: "gives the number of unread sessions as the total",
    story: "The total counts the badges on the list.",
    apply(seams) {
      changeAnswers(seams, commands.LIST_RECENT_CONTACT_SESSION_RSP, ({ contact_session_list = [] }) => ({
        unread_counts: contact_session_list.filter(({ unread_cnt = 0 }) => unread_cnt > 0).length,
      }));
    },
  }),
  defineMutant({
    name: "same-number-merged",
    breaks: ["SESS-07"],
    title: "lists only one of a user's and a group's session with the same number",
    story: "The list is a map by session id.",
    apply(seams) {
      changeSessions(seams, (sessions) => [
        ...new Map(sessions.map((session) => [session.session_id, session])).values(),
      ]);
    },
  }),
  defineMutant({
    name: "group-moves-for-sender-only",
    breaks: ["SESS-08"],
    title: "moves a group up in the sender's list alone",
    story: "The session that is updated is that of the message's sender.",
    apply(seams) {
      changeSessions(
        seams,
        async (sessions, self, store) =>
          await Promise.all(
            sessions.map(async (session) => {
              const { session_type, session_id } = session;
              if (session_type !== GROUP) return session;
              const page = await store.history({ self, session_type, session_id }, { end_msg_id: 0n, limit: 1000 });
              const own = page?.findLast((message) => message.from_user_id === self) ?? page?.[0];
              return own ? { ...session, updated_time: own.create_time } : session;
            }),
          ),
      );
    },
  }),
  defineMutant({
    name: "invited-without-session",
    breaks: ["SESS-09"],
    companions: [
      { rule: "SESS-07", reason: "the session with the group is missing" },
      { rule: "UNREAD-03", reason: "a session that is not there counts nothing" },
    ],
    title: "gives members who are invited no session until they write",
    story: "Only creating a group makes sessions.",
    apply(seams) {
      const invited = new Set<string>();
      wrapStore(seams, (store) => ({
        addMembers: async (act) => {
          const change = await store.addMembers(act);
          if (change.outcome === "done") for (const member of change.changed) invited.add(`${member} ${act.group_id}`);
          return change;
        },
        append: (message) => {
          invited.delete(`${message.from_user_id} ${message.to_session_id}`);
          return store.append(message);
        },
      }));
      changeSessions(seams, (sessions, userId) =>
        sessions.filter(
          ({ session_type, session_id }) => session_type !== GROUP || !invited.has(`${userId} ${session_id}`),
        ),
      );
    },
  }),
  defineMutant({
    name: "every-session-is-a-robot",
    breaks: ["SESS-11"],
    title: "marks every one-to-one session as a robot's",
    story: "The flag is taken from whether the session was made by the server, which it always is.",
    apply(seams) {
      changeSessions(seams, (sessions) =>
        sessions.map((session) => ({ ...session, is_robot_session: session.session_type === SINGLE })),
      );
    },
  }),
  defineMutant({
    name: "empty-list-unanswered",
    breaks: ["SESS-12"],
    title: "does not answer when a user has no session",
    story: '"No rows" is an error of the database layer, and errors are silent.',
    apply(seams) {
      changeEffects(seams, commands.LIST_RECENT_CONTACT_SESSION_REQ, (effects) =>
        effects.filter(
          (effect) =>
            effect.kind !== "reply" ||
            messageOf(effect, commands.LIST_RECENT_CONTACT_SESSION_RSP).contact_session_list?.length !== 0,
        ),
      );
    },
  }),
  defineMutant({
    name: "former-member-sees-newest",
    breaks: ["SESS-13"],
    title: "goes on showing a group's newest message to those who have left",
    story: "The session stays in the list, and its newest message is the group's.",
    apply(seams) {
      const left = new Map<bigint, Map<bigint, SessionEntry>>();
      wrapStore(seams, (store) => {
        const keep = async (member: bigint, groupId: bigint): Promise<void> => {
          const session = (await store.sessions(member)).find(
            ({ session_id, session_type }) => session_type === GROUP && session_id === groupId,
          );
          if (session) left.set(member, (left.get(member) ?? new Map()).set(groupId, session));
        };
        return {
          leaveGroup: async (act) => {
            await keep(act.by, act.group_id);
            return await store.leaveGroup(act);
          },
          removeMembers: async (act) => {
            for (const member of act.members) await keep(member, act.group_id);
            return await store.removeMembers(act);
          },
          append: async (message) => {
            const outcome = await store.append(message);
            if (outcome.outcome === "stored" && message.session_type === GROUP) {
              for (const kept of left.values()) {
                const session = kept.get(message.to_session_id);
                if (session) kept.set(message.to_session_id, { ...session, newest: outcome.message });
              }
            }
            return outcome;
          },
        };
      });
      changeSessions(seams, (sessions, userId) => [...sessions, ...(left.get(userId)?.values() ?? [])]);
    },
  }),
  defineMutant({
    name: "own-group-messages-in-one-to-one",
    breaks: ["SESS-07"],
    title: "shows what somebody wrote to a group in their history with the user of the group's number",
    story: "Half of the query for a conversation asks for sender and receiver alone.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        history: async (conversation, page) => {
          const rows = await store.history(conversation, page);
          if (rows === undefined || conversation.session_type !== SINGLE) return rows;
          const ofGroup = (await store.history({ ...conversation, session_type: GROUP }, page)) ?? [];
          const own = ofGroup.filter(({ from_user_id }) => from_user_id === conversation.self);
          return [...rows, ...own].toSorted((a, b) => Number(a.server_msg_id - b.server_msg_id)).slice(-page.limit);
        },
      }));
    },
  }),
];

import { CIMSessionType } from "../../codegen/index.ts";
import { changeSessions, wrapStore } from "../../server-ref/mutants/wrap/store.ts";
import type { Seams } from "../../server-ref/seams.ts";
import type { DifferentServer } from "./different.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** A server with one believable mistake. */
interface WrongServer extends DifferentServer {
  apply(seams: Seams): void;
  /** Part of what a case must say that finds it. */
  readonly expected: string;
}

/** Servers with one believable mistake that shows only in a large world or after a long history. */
export const wrongInLargeWorlds: readonly WrongServer[] = [
  {
    name: "unread-ends-at-99",
    title: "counts no more than 99 unread messages",
    expected: "unread count",
    apply(seams) {
      changeSessions(seams, (sessions) =>
        sessions.map((one) => ({ ...one, unread_cnt: Math.min(99, one.unread_cnt) })),
      );
    },
  },
  {
    name: "unread-in-seven-bits",
    title: "keeps the unread count in seven bits",
    expected: "unread count",
    apply(seams) {
      changeSessions(seams, (sessions) => sessions.map((one) => ({ ...one, unread_cnt: one.unread_cnt % 128 })));
    },
  },
  {
    name: "group-reading-goes-back",
    title: "takes the read mark of a group back when an older receipt comes",
    expected: "unread count",
    apply(seams) {
      const marks = new Map<string, bigint>();
      const place = (self: bigint, group: bigint): string => `${self} ${group}`;
      wrapStore(seams, (store) => ({
        markRead: async (conversation, upTo) => {
          const done = await store.markRead(conversation, upTo);
          if (done && conversation.session_type === GROUP) {
            const newest = (await store.newestMessage(conversation))?.server_msg_id ?? 0n;
            marks.set(place(conversation.self, conversation.session_id), upTo === 0n || upTo > newest ? newest : upTo);
          }
          return done;
        },
      }));
      changeSessions(seams, async (sessions, self, store) => {
        const shown = sessions.map(async (one) => {
          const mark = one.session_type === GROUP ? marks.get(place(self, one.session_id)) : undefined;
          if (mark === undefined) return one;
          const page = { end_msg_id: 0n, limit: 10_000 };
          const key = { self, session_type: GROUP, session_id: one.session_id };
          const own = (from: bigint): boolean => from === self;
          const later = ((await store.history(key, page)) ?? []).filter(({ server_msg_id }) => server_msg_id > mark);
          const behindOwn = later.slice(later.findLastIndex(({ from_user_id }) => own(from_user_id)) + 1);
          return { ...one, unread_cnt: behindOwn.length };
        });
        return await Promise.all(shown);
      });
    },
  },
  {
    name: "ten-devices",
    title: "pushes to ten devices of a user",
    expected: "is pushed to carol/11",
    apply({ fanOut }) {
      const { recipients } = fanOut;
      fanOut.recipients = (push, user, connections, origin) => recipients(push, user, connections, origin).slice(0, 10);
    },
  },
  {
    name: "returned-without-pushes",
    title: "pushes nothing to a member who left and came back",
    expected: "is pushed to",
    apply(seams) {
      const left = new Set<bigint>();
      wrapStore(seams, (store) => ({
        leaveGroup: async (act) => {
          left.add(act.by);
          return await store.leaveGroup(act);
        },
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "stored" || message.session_type !== GROUP) return outcome;
          return { ...outcome, recipients: outcome.recipients.filter((one) => !left.has(one)) };
        },
      }));
    },
  },
  {
    name: "first-190-members",
    title: "pushes a group's message to its first 190 members",
    expected: "is pushed to",
    apply(seams) {
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "stored" || message.session_type !== GROUP) return outcome;
          return { ...outcome, recipients: outcome.recipients.slice(0, 190) };
        },
      }));
    },
  },
  {
    name: "remembers-the-last-thousand",
    title: "knows a message that is sent again among the sender's last thousand alone",
    expected: "sent again",
    apply(seams) {
      const sent = new Map<bigint, string[]>();
      let again = 0;
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const ids = sent.get(message.from_user_id) ?? [];
          sent.set(message.from_user_id, ids);
          if (ids.includes(message.client_msg_id) && !ids.slice(-1_000).includes(message.client_msg_id)) {
            return await store.append({ ...message, client_msg_id: `${message.client_msg_id}-${++again}` });
          }
          ids.push(message.client_msg_id);
          return await store.append(message);
        },
      }));
    },
  },
  {
    name: "hundred-sessions",
    title: "ends the list of sessions at a hundred",
    expected: "one entry for session",
    apply(seams) {
      changeSessions(seams, (sessions) => sessions.slice(0, 100));
    },
  },
  {
    name: "fifty-groups",
    title: "ends the list of groups at fifty",
    expected: "groups in alice's list",
    apply(seams) {
      wrapStore(seams, (store) => ({ groupsOf: async (user) => (await store.groupsOf(user)).slice(0, 50) }));
    },
  },
  {
    name: "first-of-those-removed",
    title: "removes the first alone of several members",
    expected: "members of the group",
    apply(seams) {
      wrapStore(seams, (store) => ({
        removeMembers: (act) => store.removeMembers({ ...act, members: act.members.slice(0, 1) }),
      }));
    },
  },
];

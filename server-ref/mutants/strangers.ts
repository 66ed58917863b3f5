import { CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { wrapStore } from "./wrap/store.ts";
import { wrapFramer } from "./wrap/stream.ts";
import { trustUserIds } from "./wrap/users.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** Mutants of any section that people made who had not seen the suite, and that once got past it. */
export const strangerMutants: readonly Mutant[] = [
  defineMutant({
    name: "a-thousand-packets-per-read",
    breaks: ["CONN-03"],
    title: "handles at most 1,000 packets of one read and forgets the rest",
    story: "The loop over a read got a bound, so that one client could not keep the others waiting.",
    apply(seams) {
      const MOST_PACKETS = 1_000;

      wrapFramer(seams, (framer) => {
        let left = 0;
        return {
          push(chunk) {
            framer.push(chunk);
            left = MOST_PACKETS;
          },
          next() {
            if (left > 0) {
              left--;
              return framer.next();
            }
            while (framer.next());
            return undefined;
          },
          get pendingBytes() {
            return framer.pendingBytes;
          },
        };
      });
    },
  }),
  defineMutant({
    name: "inviter-id-trusted",
    breaks: ["LOGIN-17"],
    title: "invites into a group in the name of whoever the body names",
    story: "Whether the inviter is a member is looked up by the field of the request.",
    apply(seams) {
      trustUserIds(seams, [commands.GROUP_INVITE_MEMBER_REQ]);
    },
  }),
  defineMutant({
    name: "older-receipt-takes-a-group-back",
    breaks: ["READ-03"],
    title: "makes messages of a group unread again when an older receipt comes",
    story: "The mark of a member is set to what the receipt says, and receipts were taken to come in order.",
    apply(seams) {
      const marks = new Map<string, bigint>();
      wrapStore(seams, (store) => ({
        markRead: (conversation, upTo) => {
          const name = `${conversation.self} ${conversation.session_id}`;
          if (conversation.session_type === GROUP && upTo > 0n) marks.set(name, upTo);
          else marks.delete(name);
          return store.markRead(conversation, upTo);
        },
        append: (message) => {
          if (message.session_type === GROUP) marks.delete(`${message.from_user_id} ${message.to_session_id}`);
          return store.append(message);
        },
        sessions: async (userId) =>
          (await store.sessions(userId)).map((session) => {
            const upTo = session.session_type === GROUP ? marks.get(`${userId} ${session.session_id}`) : undefined;
            const later = upTo === undefined ? 0 : Number(session.newest.server_msg_id - upTo);
            return { ...session, unread_cnt: Math.max(session.unread_cnt, later) };
          }),
      }));
    },
  }),
];

import { setTimeout } from "node:timers/promises";
import { CIMErrorCode, CIMMsgType, CIMSessionType, commands, ProtocolError } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { reply } from "./wrap/effects.ts";
import { changeEffects, wrapHandle } from "./wrap/handlers.ts";
import { changeSessions, conversationName, type StoredMessage, showMessagesAs, wrapStore } from "./wrap/store.ts";
import { wrapFramer } from "./wrap/stream.ts";
import { trustUserIds } from "./wrap/users.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;
const { kCIM_MSG_TYPE_AVCHAT: CALL } = CIMMsgType;

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
  defineMutant({
    name: "unread-stops-at-999",
    breaks: ["UNREAD-01"],
    title: "counts at most 999 unread messages",
    story: 'The list shows "999+" from there on, and the counter is not raised where it would not be seen.',
    apply(seams) {
      changeSessions(seams, (sessions) =>
        sessions.map((session) => ({ ...session, unread_cnt: Math.min(session.unread_cnt, 999) })),
      );
    },
  }),
  defineMutant({
    name: "large-logins-refused",
    breaks: ["CONN-07"],
    title: "takes packets of at most 1 KiB before the login",
    story: "Nobody who has not logged in has to send much, so that the buffer of a new connection is small.",
    apply(seams) {
      const MOST = 1_024;
      const logins: number[] = [commands.LOGIN_AUTH_REQ.id, commands.LOGIN_AUTH_TOKEN_REQ.id];

      wrapFramer(seams, (framer) => {
        let hasLoggedIn = false;
        return {
          push: (chunk) => framer.push(chunk),
          next() {
            const frame = framer.next();
            if (frame && !hasLoggedIn && frame.bytes.length > MOST) {
              throw new ProtocolError("length-too-long", "a large packet before the login");
            }
            hasLoggedIn ||= frame !== undefined && logins.includes(frame.header.command_id);
            return frame;
          },
          get pendingBytes() {
            return framer.pendingBytes;
          },
        };
      });
    },
  }),
  defineMutant({
    name: "unknown-names-refused-at-once",
    breaks: ["LOGIN-04"],
    title: "takes the time of a hash to refuse a wrong password, and none to refuse an unknown name",
    story: "Where there is no account there is no hash to compare with, so the function returns early.",
    apply(seams) {
      /** As long as a hash should take, in milliseconds. */
      const HASH_MS = 200;

      changeEffects(seams, commands.LOGIN_AUTH_REQ, async (effects, { message }) => {
        const isRefused = !effects.some(({ kind }) => kind === "login");
        if (isRefused && (await seams.store.userByName(message.user_name)) !== undefined) await setTimeout(HASH_MS);
        return effects;
      });
    },
  }),
  defineMutant({
    name: "pushes-keep-alive",
    breaks: ["HB-02"],
    title: "keeps a silent connection open as long as it is pushed to",
    story: "The idle timer of the network library starts anew with reads and with writes.",
    apply(seams) {
      seams.timers.isPushSignOfLife = true;
    },
  }),
  defineMutant({
    name: "logout-ends-calls",
    breaks: ["LOGOUT-03"],
    title: "ends the call of a user who logs out on any connection",
    story: "A logout cleans up what belongs to the user, and calls belong to users.",
    apply(seams) {
      changeEffects(seams, commands.LOGIN_AUTH_LOGOUT_REQ, (effects, { self }, context) => {
        const gone = { ...context, isOnline: async () => false };
        context.background(async () => (await Promise.all(seams.userOffline.map((hook) => hook(self, gone)))).flat());
        return effects;
      });
    },
  }),
  defineMutant({
    name: "duplicates-of-ten-seconds",
    breaks: ["MSG-07"],
    title: "takes a message that is sent again after ten seconds for a new one",
    story: "Client ids are kept in a cache whose entries expire, and clients resend within seconds.",
    apply(seams) {
      const REMEMBERED_MS = 10_000;
      const COPY = "#later";

      const sentAt = new Map<string, number>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const name = `${message.from_user_id} ${message.client_msg_id}`;
          const at = sentAt.get(name);
          if (at === undefined) sentAt.set(name, performance.now());
          const isForgotten = at !== undefined && performance.now() - at > REMEMBERED_MS;
          const client_msg_id = `${message.client_msg_id}${COPY}`;
          return await store.append(isForgotten ? { ...message, client_msg_id } : message);
        },
      }));
      showMessagesAs(seams, (message) => ({ ...message, client_msg_id: message.client_msg_id.split(COPY)[0] ?? "" }));
    },
  }),
  defineMutant({
    name: "one-message-per-client-id",
    breaks: ["MSGID-02"],
    title: "finds one message of a conversation for a client id, though two senders have used it",
    story: "What is found is put into a map by client id, and then listed in the order of the request.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        messagesByClientId: async (conversation, ids) => {
          const found = await store.messagesByClientId(conversation, ids);
          const last = new Map(found.map((message) => [message.client_msg_id, message]));
          return found.filter((message) => last.get(message.client_msg_id) === message);
        },
      }));
    },
  }),
  defineMutant({
    name: "newest-page-without-the-servers-own",
    breaks: ["HIST-02"],
    companions: [{ rule: "VOIP-12", reason: "the record is looked for in the newest page" }],
    title: "keeps the newest page of a conversation until somebody sends a message to it",
    story: "The cache of newest pages is dropped where messages come in, and the server's own do not come in there.",
    apply(seams) {
      const pages = new Map<string, StoredMessage[]>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          if (message.msg_type === CALL) return await store.append(message);
          const name = conversationName(message);
          for (const key of pages.keys()) if (key.startsWith(`${name}:`)) pages.delete(key);
          return await store.append(message);
        },
        history: async (conversation, page) => {
          const { self, session_id, session_type } = conversation;
          if (page.end_msg_id !== 0n) return await store.history(conversation, page);
          const name = conversationName({ from_user_id: self, to_session_id: session_id, session_type });
          const key = `${name}:${self} ${page.limit}`;
          const kept = pages.get(key) ?? (await store.history(conversation, page));
          if (kept !== undefined) pages.set(key, kept);
          return kept && [...kept];
        },
      }));
    },
  }),
  defineMutant({
    name: "made-up-names-cut-by-bytes",
    breaks: ["GROUP-05"],
    title: "refuses a group whose made-up name would be cut within a letter",
    story: "The name is cut to 128 bytes to fit its column, and the database refuses half a letter.",
    apply(seams) {
      const MOST_BYTES = 128;
      const OTHERS = 3;
      const { kCIM_ERR_INTERNAL_ERROR } = CIMErrorCode;

      wrapHandle(seams, commands.GROUP_CREATE_DEFAULT_REQ, async (request, context, original) => {
        const { self, message } = request;
        if (message.group_name !== "") return await original(request, context);
        const ids = [self, ...message.member_id_list.slice(0, OTHERS)];
        const nicknames = await seams.store.nicknames(ids);
        const name = Buffer.from(ids.map((id) => nicknames.get(id) ?? "").join(","));
        const isCutWithin = name.subarray(0, MOST_BYTES).toString().endsWith("\ufffd");
        if (!isCutWithin) return await original(request, context);
        return [reply(commands.GROUP_CREATE_DEFAULT_RSP, { user_id: self, result_code: kCIM_ERR_INTERNAL_ERROR })];
      });
    },
  }),
  defineMutant({
    name: "former-members-take-room",
    breaks: ["GROUP-09"],
    title: "counts former members towards the limit of a group",
    story: "Who leaves is marked as gone in the table of members, and the count is of its rows.",
    apply(seams) {
      const ever = new Map<bigint, Set<bigint>>();
      wrapStore(seams, (store) => ({
        addMembers: async (act) => {
          const known = ever.get(act.group_id) ?? new Set();
          ever.set(act.group_id, known);
          for (const id of (await store.members(act.group_id)) ?? []) known.add(id);
          const all = new Set([...known, ...act.members]);
          if (all.size > act.limit) return { outcome: "refused", reason: "too-many-members" };
          return await store.addMembers(act);
        },
        leaveGroup: async (act) => {
          const before = (await store.members(act.group_id)) ?? [];
          ever.set(act.group_id, new Set([...(ever.get(act.group_id) ?? []), ...before]));
          return await store.leaveGroup(act);
        },
        removeMembers: async (act) => {
          const before = (await store.members(act.group_id)) ?? [];
          ever.set(act.group_id, new Set([...(ever.get(act.group_id) ?? []), ...before]));
          return await store.removeMembers(act);
        },
      }));
    },
  }),
  defineMutant({
    name: "session-times-lost-at-restart",
    breaks: ["SYS-01"],
    title: "shows the time of a session's first message after a restart",
    story:
      "The row of a session is written when it is made; what moves it up is kept in memory and written now and then.",
    apply(seams) {
      const moved = new Set<string>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          moved.add(conversationName(message));
          return await store.append(message);
        },
        sessions: async (self) => {
          const sessions = await store.sessions(self);
          const shown = sessions.map(async (session) => {
            const { session_id, session_type } = session;
            if (session_type === GROUP || moved.has(conversationName(session.newest))) return session;
            const rows =
              (await store.history({ self, session_id, session_type }, { end_msg_id: 0n, limit: 100 })) ?? [];
            const updated_time = Math.min(session.updated_time, ...rows.map(({ create_time }) => create_time));
            return { ...session, updated_time };
          });
          return (await Promise.all(shown)).toSorted((one, other) => other.updated_time - one.updated_time);
        },
      }));
    },
  }),
  defineMutant({
    name: "user-list-of-who-asked-first",
    breaks: ["FRIEND-01"],
    title: "answers for two seconds with the list of users that was made for whoever asked first",
    story: "The list is the same for everybody but for the one who asks, and the cache does not know who that was.",
    apply(seams) {
      const KEPT_MS = 2_000;

      let kept: { readonly at: number; readonly users: { user_id: bigint; nick_name: string }[] } | undefined;
      wrapStore(seams, (store) => ({
        newestUsers: async (except, limit) => {
          if (kept === undefined || performance.now() - kept.at > KEPT_MS) {
            kept = { at: performance.now(), users: await store.newestUsers(except, limit) };
          }
          return [...kept.users];
        },
      }));
    },
  }),
  defineMutant({
    name: "bodies-decoded-piece-by-piece",
    breaks: ["HTTP-10"],
    title: "decodes each piece of a request's body by itself",
    story: "Pieces are appended to a text as they come, which makes two wrong letters of one that is cut.",
    apply(seams) {
      seams.joinBody = (pieces) => Buffer.from(pieces.map(String).join(""));
    },
  }),
];

import { CIMClientType, CIMErrorCode, CIMMsgType, CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { messageInfo, reply } from "./wrap/effects.ts";
import { changeEffects, wrapHandle } from "./wrap/handlers.ts";
import { changeRegistration } from "./wrap/http.ts";
import { changeAnswers, changePushes, replacePackets, watchConnections } from "./wrap/packets.ts";
import { type StoredMessage, wrapStore } from "./wrap/store.ts";
import { isRobot } from "./wrap/users.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP, kCIM_SESSION_TYPE_SINGLE: SINGLE } = CIMSessionType;

/** A text that names a pair of ids, in this order. */
function pair(one: bigint, other: bigint): string {
  return `${one} ${other}`;
}

const loginAnswers: readonly number[] = [commands.LOGIN_AUTH_RSP.id, commands.LOGIN_AUTH_TOKEN_RSP.id];

/** Mutants of any section by somebody who had read the rules alone, neither the suite nor its mutants. */
export const readerMutants: readonly Mutant[] = [
  defineMutant({
    name: "number-is-signed",
    breaks: ["CONN-10"],
    title: "does not echo request numbers above 32767",
    story: "The number is read into a signed 16-bit field, and what is not positive counts as not given.",
    apply({ gate }) {
      const { replyNumber } = gate;
      gate.replyNumber = (command, requestNumber, nextPushNumber) =>
        replyNumber(command, requestNumber > 0x7fff ? 0 : requestNumber, nextPushNumber);
    },
  }),
  defineMutant({
    name: "three-logins-and-out",
    breaks: ["LOGIN-09"],
    title: "closes the connection behind the third failed login",
    story: "Three attempts are what the security checklist allows before a peer has to connect again.",
    apply(seams) {
      const failures = new Map<number, number>();
      replacePackets(seams, (packet) => {
        const { connection, isReply, command, message } = packet;
        const { result_code } = message as { result_code?: number };
        if (isReply && loginAnswers.includes(command.id) && result_code !== CIMErrorCode.kCIM_ERR_SUCCESS) {
          const count = (failures.get(connection.id) ?? 0) + 1;
          failures.set(connection.id, count);
          // Behind the answer, which is still to be written.
          if (count >= 3) queueMicrotask(() => connection.close());
        }
        return [packet];
      });
    },
  }),
  defineMutant({
    name: "heartbeats-merged-over-devices",
    breaks: ["HB-01"],
    title: "leaves a heartbeat unanswered when another device of the user had one answered within 5 s",
    story: "Refreshing the presence entry is limited to once in 5 s, and the entry belongs to the user.",
    apply(seams) {
      const answered = new Map<bigint, { by: number; at: number }>();
      changeAnswers(seams, commands.LOGIN_HEARTBEAT, (message, { id, self }) => {
        const last = answered.get(self);
        const at = seams.now();
        if (last && last.by !== id && at - last.at < 5000) return undefined;
        answered.set(self, { by: id, at });
        return message;
      });
    },
  }),
  defineMutant({
    name: "logout-wants-client-type",
    breaks: ["LOGOUT-01"],
    title: "ignores a logout whose client type is not set",
    story: "The request is validated like a form, in which a zero means that a required field was left out.",
    apply(seams) {
      wrapHandle(seams, commands.LOGIN_AUTH_LOGOUT_REQ, (request, context, original) =>
        request.message.client_type === CIMClientType.kCIM_CLIENT_TYPE_DEFAULT ? [] : original(request, context),
      );
    },
  }),
  defineMutant({
    name: "content-counted-in-code-units",
    breaks: ["MSG-16"],
    title: "refuses content of 1025 to 2048 characters that lie outside the basic plane",
    story:
      "The length of a string is taken for its number of characters, which is right for Chinese but not for emoji.",
    apply(seams) {
      wrapHandle(seams, commands.MSG_DATA, (request, context, original) =>
        Buffer.from(request.message.msg_data).toString().length > 2048 ? [] : original(request, context),
      );
    },
  }),
  defineMutant({
    name: "unconfirmed-is-zombie",
    breaks: ["ACK-03"],
    companions: [
      { rule: "CONN-19", reason: "a hundred messages come without a confirmation" },
      { rule: "MSG-05", reason: "hundreds of messages come without a confirmation" },
      { rule: "PUSH-05", reason: "a hundred messages come without a confirmation" },
      { rule: "HIST-06", reason: "more than a hundred messages come without a confirmation" },
    ],
    title: "closes a connection on which more than 64 pushes wait for their confirmation",
    story: "A client that confirms nothing is taken for one that hangs, and the waiting list must not grow for ever.",
    apply(seams) {
      const waiting = new Map<number, { self: bigint; since: Map<string, number> }>();
      changePushes(seams, commands.MSG_DATA, (message, connection) => {
        const { client_msg_id, msg_type } = message;
        if (client_msg_id === undefined || msg_type === CIMMsgType.kCIM_MSG_TYPE_ROBOT) return message;
        const list = waiting.get(connection.id) ?? { self: connection.self, since: new Map<string, number>() };
        waiting.set(connection.id, list);
        const now = seams.now();
        for (const [id, at] of list.since) if (now - at > seams.timers.ackTimeoutMs) list.since.delete(id);
        list.since.set(client_msg_id, now);
        if (list.since.size > 64) queueMicrotask(() => connection.close());
        return message;
      });
      changeEffects(seams, commands.MSG_DATA_ACK, (effects, { self, message }) => {
        for (const list of waiting.values()) if (list.self === self) list.since.delete(message.client_msg_id);
        return effects;
      });
    },
  }),
  defineMutant({
    name: "no-receipt-when-nothing-unread",
    breaks: ["READ-04"],
    title: "does not tell the peer of a receipt that finds no unread messages",
    story: "The notify is sent when the update of the counter has changed a row, which spares the peer empty news.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        async markRead(conversation, upTo) {
          const { self, session_type, session_id } = conversation;
          const [sessions, known] = await Promise.all([store.sessions(self), store.markRead(conversation, upTo)]);
          const session = sessions.find(
            (entry) => entry.session_type === session_type && entry.session_id === session_id,
          );
          return known && session !== undefined && session.unread_cnt > 0;
        },
      }));
    },
  }),
  defineMutant({
    name: "total-keeps-left-group",
    breaks: ["SESS-05"],
    title: "goes on counting the unread messages of a group that the user has left in the sum",
    story: "The sum is a running number beside the sessions, lowered by read receipts but not by an exit.",
    apply(seams) {
      const surplus = new Map<bigint, number>();
      wrapStore(seams, (store) => ({
        async leaveGroup(act) {
          const [sessions, change] = await Promise.all([store.sessions(act.by), store.leaveGroup(act)]);
          if (change.outcome === "refused") return change;
          const left = sessions.find((entry) => entry.session_type === GROUP && entry.session_id === act.group_id);
          surplus.set(act.by, (surplus.get(act.by) ?? 0) + (left?.unread_cnt ?? 0));
          return change;
        },
      }));
      changeAnswers(seams, commands.LIST_RECENT_CONTACT_SESSION_RSP, (message, { self }) => ({
        ...message,
        unread_counts: (message.unread_counts ?? 0) + (surplus.get(self) ?? 0),
      }));
    },
  }),
  defineMutant({
    name: "page-size-is-signed",
    breaks: ["HIST-06"],
    title: "returns the whole history when the limit is 2^31 or more",
    story: "The limit becomes a signed number before it is compared with 100, and the database takes -1 for no limit.",
    apply(seams) {
      wrapHandle(seams, commands.LIST_MSG_REQ, async (request, context, original) => {
        const { self, message } = request;
        const { session_type, session_id, end_msg_id, limit_count } = message;
        if ((limit_count | 0) >= 0) return original(request, context);
        const conversation = { self, session_type, session_id };
        let all: StoredMessage[] = [];
        for (let end: bigint | undefined = end_msg_id, more = true; more && end !== undefined; ) {
          const page: StoredMessage[] =
            (await context.store.history(conversation, { end_msg_id: end, limit: 100 })) ?? [];
          all = [...page, ...all];
          more = page.length === 100;
          end = page[0]?.server_msg_id;
        }
        const msg_list = all.map((stored) => messageInfo(stored, conversation));
        return [reply(commands.LIST_MSG_RSP, { user_id: self, session_type, session_id, end_msg_id, msg_list })];
      });
    },
  }),
  defineMutant({
    name: "by-id-for-former-members",
    breaks: ["MSGID-04"],
    title: "gives former members of a group the messages that they ask for by id",
    story: "The look-up by id asks for a row in the table of members, and leaving only marks the row.",
    apply(seams) {
      const former = new Set<string>();
      wrapStore(seams, (store) => ({
        async leaveGroup(act) {
          const change = await store.leaveGroup(act);
          if (change.outcome === "done") former.add(pair(act.group_id, act.by));
          return change;
        },
        async removeMembers(act) {
          const change = await store.removeMembers(act);
          if (change.outcome === "done") for (const id of change.changed) former.add(pair(act.group_id, id));
          return change;
        },
        async messagesByClientId(conversation, ids) {
          const { self, session_type, session_id } = conversation;
          if (session_type !== GROUP || !former.has(pair(session_id, self))) {
            return store.messagesByClientId(conversation, ids);
          }
          const [group] = await store.groups([session_id]);
          return store.messagesByClientId({ ...conversation, self: group?.group_owner_id ?? self }, ids);
        },
      }));
    },
  }),
  defineMutant({
    name: "exit-of-one-device",
    breaks: ["GROUP-16"],
    title: "goes on pushing a group's messages to the other devices of a user who left it",
    story: "Connections subscribe to the group's room, and the exit unsubscribes the one that asked for it.",
    apply(seams) {
      const connections = watchConnections(seams);
      /** By group and former member: the connections that are still in the room. */
      const rooms = new Map<bigint, Map<bigint, ReadonlySet<number>>>();
      changeAnswers(seams, commands.GROUP_EXIT_RSP, (message, { id, self }) => {
        if (message.result_code !== CIMErrorCode.kCIM_ERR_SUCCESS || message.group_id === undefined) return message;
        const room = rooms.get(message.group_id) ?? new Map<bigint, ReadonlySet<number>>();
        rooms.set(message.group_id, room);
        room.set(self, new Set(connections.map((each) => each.id).filter((each) => each !== id)));
        return message;
      });
      wrapStore(seams, (store) => ({
        async addMembers(act) {
          const change = await store.addMembers(act);
          if (change.outcome === "done") for (const id of change.changed) rooms.get(act.group_id)?.delete(id);
          return change;
        },
        async append(message) {
          const outcome = await store.append(message);
          if (outcome.outcome !== "stored" || message.session_type !== GROUP) return outcome;
          const staying = rooms.get(message.to_session_id)?.keys() ?? [];
          return { ...outcome, recipients: [...new Set([...outcome.recipients, ...staying])] };
        },
      }));
      const { recipients } = seams.fanOut;
      seams.fanOut.recipients = (push, userId, all, origin) => {
        const chosen = recipients(push, userId, all, origin);
        const message = push.message as { session_type?: number; to_session_id?: bigint };
        if (push.command.id !== commands.MSG_DATA.id || message.session_type !== GROUP) return chosen;
        const room = rooms.get(message.to_session_id ?? 0n)?.get(userId);
        return room ? chosen.filter(({ id }) => room.has(id)) : chosen;
      };
    },
  }),
  defineMutant({
    name: "short-nicknames-in-list",
    breaks: ["FRIEND-02"],
    title: "cuts nicknames in the list of users to 16 characters",
    story: "The list is served from a table made for display, whose column is narrower than that of the accounts.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        async newestUsers(except, limit) {
          const users = await store.newestUsers(except, limit);
          return users.map((user) => ({ ...user, nick_name: [...user.nick_name].slice(0, 16).join("") }));
        },
      }));
    },
  }),
  defineMutant({
    name: "second-call-not-recorded",
    breaks: ["VOIP-12"],
    title: "records only the first call that a user ends with the same other user",
    story:
      "The record's id is made of the channel that upstream names after the user, so the next one is a repetition.",
    apply(seams) {
      wrapHandle(seams, commands.VOIP_BYE_REQ, (request, context, original) => {
        const { store } = context;
        const append: typeof store.append = (message) =>
          store.append({ ...message, client_msg_id: `021-${message.from_user_id}-${message.to_session_id}` });
        return original(request, { ...context, store: { ...store, append } });
      });
    },
  }),
  defineMutant({
    name: "robot-takes-one-question",
    breaks: ["ROBOT-03"],
    title: "never answers a question to a robot that comes while the same user's last one is being answered",
    story: "A lock per user keeps people from flooding the paid service, and nothing queues behind it.",
    apply(seams) {
      const asking = new Set<bigint>();
      wrapHandle(seams, commands.MSG_DATA, (request, context, original) => {
        const { self } = request;
        const background: typeof context.background = (work) => {
          if (asking.has(self)) return;
          asking.add(self);
          context.background(() => work().finally(() => asking.delete(self)));
        };
        return original(request, { ...context, background });
      });
    },
  }),
  defineMutant({
    name: "robot-json-raw-newlines",
    breaks: ["CONTENT-06"],
    title: "answers a robot question of several lines with content that is no JSON",
    story: "The JSON is written by hand, with escapes for quotes and backslashes but not for line ends.",
    apply(seams) {
      const quoted = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
      wrapStore(seams, (store) => ({
        append(message) {
          const { from_user_id, msg_type, msg_data } = message;
          if (msg_type !== CIMMsgType.kCIM_MSG_TYPE_ROBOT || !isRobot(from_user_id)) return store.append(message);
          const answer = JSON.parse(Buffer.from(msg_data).toString()) as { body: string; content: { content: string } };
          const json = `{"body":${quoted(answer.body)},"content":{"type":"text","content":${quoted(answer.content.content)}}}`;
          return store.append({ ...message, msg_data: Buffer.from(json) });
        },
      }));
    },
  }),
  defineMutant({
    name: "nicknames-in-compatible-form",
    breaks: ["HTTP-10"],
    title: "stores nicknames in Unicode's compatibility form, so that full-width letters become plain ones",
    story: "Normalising by NFKC was the advice against names that look alike, and it was applied to what is shown too.",
    apply(seams) {
      changeRegistration(seams, (fields) => {
        const { userNickName } = fields;
        return typeof userNickName === "string" ? { ...fields, userNickName: userNickName.normalize("NFKC") } : fields;
      });
    },
  }),
  defineMutant({
    name: "read-marks-in-memory",
    breaks: ["SYS-01", "UNREAD-06"],
    title: "shows one-to-one messages as unread again after a restart although the whole session was read",
    story: "Receipts for whole sessions are frequent, so their marks are kept in a cache that nobody writes back.",
    apply(seams) {
      const readUpTo = new Map<string, bigint>();
      wrapStore(seams, (store) => ({
        async markRead(conversation, upTo) {
          if (conversation.session_type !== SINGLE || upTo !== 0n) return store.markRead(conversation, upTo);
          const newest = await store.newestMessage(conversation);
          if (newest) readUpTo.set(pair(conversation.self, conversation.session_id), newest.server_msg_id);
          return newest !== undefined;
        },
        async sessions(userId) {
          const entries = await store.sessions(userId);
          return Promise.all(
            entries.map(async (entry) => {
              const { session_type, session_id, unread_cnt, newest } = entry;
              const read = session_type === SINGLE ? readUpTo.get(pair(userId, session_id)) : undefined;
              if (read === undefined || unread_cnt === 0) return entry;
              const page = { end_msg_id: newest.server_msg_id + 1n, limit: Number(newest.server_msg_id - read) };
              const since = await store.history({ self: userId, session_type, session_id }, page);
              const unread = (since ?? []).filter(({ from_user_id }) => from_user_id !== userId).length;
              return { ...entry, unread_cnt: Math.min(unread_cnt, unread) };
            }),
          );
        },
      }));
    },
  }),
];

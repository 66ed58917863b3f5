import { CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { answerAsRobot } from "./wrap/effects.ts";
import { changeEffects, changeRequest, wrapHandle } from "./wrap/handlers.ts";
import { changeAnswers, replacePackets } from "./wrap/packets.ts";
import {
  type AppendOutcome,
  changeSessions,
  conversationName,
  type StoredMessage,
  showMessagesAs,
  wrapStore,
} from "./wrap/store.ts";
import { isRobot } from "./wrap/users.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP, kCIM_SESSION_TYPE_SINGLE: SINGLE } = CIMSessionType;

/** Mutants of section MSG: sending messages. */
export const msgMutants: readonly Mutant[] = [
  defineMutant({
    name: "message-without-server-id-refused",
    breaks: ["MSG-01"],
    companions: [
      { rule: "CONN-18", reason: "no message is accepted" },
      { rule: "LOGIN-11", reason: "no message is accepted" },
      { rule: "MSG-20", reason: "no message is accepted" },
      { rule: "HIST-05", reason: "no message is accepted" },
      { rule: "HIST-06", reason: "no message is accepted" },
      { rule: "GROUP-11", reason: "no message is accepted" },
      { rule: "GROUP-22", reason: "no message is accepted" },
      { rule: "GROUP-32", reason: "no message is accepted" },
      { rule: "ROBOT-03", reason: "no message is accepted" },
      { rule: "SYS-02", reason: "no message is accepted" },
      { rule: "FRIEND-03", reason: "no message is accepted" },
      { rule: "MSG-03", reason: "no message is accepted" },
      { rule: "MSG-05", reason: "no message is accepted" },
      { rule: "MSG-10", reason: "no message is accepted" },
      { rule: "MSG-16", reason: "no message is accepted" },
      { rule: "MSG-17", reason: "no message is accepted" },
      { rule: "MSG-19", reason: "no message is accepted" },
      { rule: "MSG-21", reason: "no message is accepted" },
      { rule: "CONN-10", reason: "no message is accepted" },
      { rule: "CONN-16", reason: "no message is accepted" },
      { rule: "CONN-20", reason: "no message is accepted" },
      { rule: "MSG-07", reason: "no message is accepted" },
      { rule: "MSG-08", reason: "no message is accepted" },
      { rule: "MSG-15", reason: "no message is accepted" },
      { rule: "MSG-18", reason: "no message is accepted" },
      { rule: "MSG-02", reason: "no message is accepted" },
      { rule: "MSG-04", reason: "no message is accepted" },
      { rule: "PUSH-02", reason: "no message is accepted" },
    ],
    title: "refuses messages whose `server_msg_id` is 0",
    story: "A validator generated from the message demands every field that the acknowledgement has.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ server_msg_id, msg_type }) => ({
        msg_type: server_msg_id === 0n ? 0 : msg_type,
      }));
    },
  }),
  defineMutant({
    name: "client-time-kept",
    breaks: ["MSG-02"],
    title: "keeps the `create_time` that the client sent",
    story: "The field was there already, so it was stored as it came.",
    apply(seams) {
      wrapHandle(seams, commands.MSG_DATA, (request, context, original) =>
        original(request, { ...context, nowSeconds: () => request.message.create_time || context.nowSeconds() }),
      );
    },
  }),
  defineMutant({
    name: "time-in-milliseconds",
    breaks: ["MSG-02"],
    title: "stamps messages with milliseconds",
    story: "The clock of the language counts milliseconds, and the field took what was left of them.",
    apply(seams) {
      wrapHandle(seams, commands.MSG_DATA, (request, context, original) =>
        original(request, { ...context, nowSeconds: () => context.now() % 2 ** 31 }),
      );
    },
  }),
  defineMutant({
    name: "ack-before-commit",
    breaks: ["MSG-03"],
    companions: [
      { rule: "SYS-01", reason: "what is not on disk does not survive any restart" },
      { rule: "UNREAD-06", reason: "what is not on disk does not survive any restart" },
    ],
    title: "acknowledges messages that are not on disk yet, so that a crash loses the newest",
    story: "Messages are written in batches, and their senders were not to wait for them.",
    apply(seams) {
      /** What a crash finds unwritten, and the time of the restart on top. */
      const BATCH_SECONDS = 20;

      const startedAt = Math.floor(seams.now() / 1000);
      const isRestart = seams.store.newestUsers(0n, 1).then((users) => users.length > 0);
      const onDisk = async (messages: StoredMessage[]): Promise<StoredMessage[]> => {
        const isLost = ({ create_time }: StoredMessage): boolean =>
          create_time <= startedAt && create_time >= startedAt - BATCH_SECONDS;
        return (await isRestart) ? messages.filter((message) => !isLost(message)) : messages;
      };
      wrapStore(seams, (store) => ({
        history: async (conversation, page) => {
          const messages = await store.history(conversation, page);
          return messages && (await onDisk(messages));
        },
        newestMessage: async (conversation) => {
          const newest = await store.newestMessage(conversation);
          return newest && (await onDisk([newest]))[0];
        },
        messagesByClientId: async (conversation, ids) =>
          await onDisk(await store.messagesByClientId(conversation, ids)),
      }));
    },
  }),
  defineMutant({
    name: "ack-only-when-delivered",
    breaks: ["MSG-03"],
    companions: [
      { rule: "CONN-18", reason: "the receiver of the case may be offline" },
      { rule: "ROBOT-03", reason: "a robot is never online" },
      { rule: "CONN-04", reason: "the receiver of the case is offline" },
      { rule: "MSG-01", reason: "the receiver of the case is offline" },
      { rule: "MSG-16", reason: "the receiver of the case may be offline" },
      { rule: "MSG-17", reason: "the receiver of the case may be offline" },
      { rule: "MSG-21", reason: "the receiver of the case is offline" },
      { rule: "CONN-20", reason: "whoever has just left cannot take delivery" },
      { rule: "MSG-05", reason: "the receiver of the case may be offline" },
      { rule: "MSG-07", reason: "the receiver of the case may be offline" },
      { rule: "CONN-16", reason: "the receiver of the case is offline" },
      { rule: "CONN-10", reason: "the receiver of the case is offline" },
      { rule: "MSG-19", reason: "whoever is offline cannot take delivery" },
    ],
    title: "acknowledges a message only when the receiver is online to get it",
    story: 'The acknowledgement was understood as "delivered".',
    apply(seams) {
      changeEffects(seams, commands.MSG_DATA, async (effects, { message }, context) =>
        message.session_type === GROUP || (await context.isOnline(message.to_session_id))
          ? effects
          : effects.filter(({ kind }) => kind !== "reply"),
      );
    },
  }),
  defineMutant({
    name: "ack-sides-swapped",
    breaks: ["MSG-04"],
    companions: [{ rule: "MSG-21", reason: "the case compares the receiver in the acknowledgement" }],
    title: "swaps sender and receiver in the acknowledgement",
    story: "The acknowledgement travels the other way, so that its sender was taken to be the receiver.",
    apply(seams) {
      changeAnswers(seams, commands.MSG_DATA_ACK, ({ from_user_id, to_session_id }) => ({
        from_user_id: to_session_id,
        to_session_id: from_user_id,
      }));
    },
  }),
  defineMutant({
    name: "ack-time-left-out",
    breaks: ["MSG-04"],
    companions: [
      { rule: "PUSH-02", reason: "the time of the push is compared with that of the acknowledgement" },
      { rule: "SESS-03", reason: "the time of the entry is compared with that of the acknowledgement" },
      { rule: "HIST-10", reason: "there is no time in the acknowledgement that history could equal" },
    ],
    title: "leaves `create_time` out of the acknowledgement",
    story: "The time was thought to be of interest to the receiver alone.",
    apply(seams) {
      changeAnswers(seams, commands.MSG_DATA_ACK, () => ({ create_time: 0 }));
    },
  }),
  defineMutant({
    name: "ack-under-wrong-command",
    breaks: ["MSG-04"],
    companions: [
      { rule: "CONN-04", reason: "there is no acknowledgement that could be judged" },
      { rule: "LOGIN-11", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-20", reason: "there is no acknowledgement that could be judged" },
      { rule: "GROUP-11", reason: "there is no acknowledgement that could be judged" },
      { rule: "GROUP-22", reason: "there is no acknowledgement that could be judged" },
      { rule: "GROUP-32", reason: "there is no acknowledgement that could be judged" },
      { rule: "ROBOT-03", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-01", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-03", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-05", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-10", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-16", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-17", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-19", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-21", reason: "there is no acknowledgement that could be judged" },
      { rule: "CONN-10", reason: "there is no acknowledgement that could be judged" },
      { rule: "CONN-16", reason: "there is no acknowledgement that could be judged" },
      { rule: "CONN-20", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-07", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-08", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-15", reason: "there is no acknowledgement that could be judged" },
      { rule: "FRIEND-03", reason: "there is no acknowledgement that could be judged" },
      { rule: "LOGIN-17", reason: "there is no acknowledgement that could be judged" },
      { rule: "MSG-18", reason: "there is no acknowledgement that could be judged" },
      { rule: "CONN-18", reason: "there is no acknowledgement that could be judged" },
    ],
    title: "sends the acknowledgement under 0x0303 instead of 0x0302",
    story: "The command ids were typed by hand, one line off.",
    apply(seams) {
      replacePackets(seams, (packet) =>
        packet.isReply && packet.command.id === commands.MSG_DATA_ACK.id
          ? [{ ...packet, command: { ...packet.command, id: commands.MSG_READ_ACK.id } }]
          : [packet],
      );
    },
  }),
  defineMutant({
    name: "ack-without-session-type",
    breaks: ["MSG-04"],
    title: "leaves `session_type` out of the acknowledgement",
    story: "The acknowledgement was built from the stored row, which does not carry the type.",
    apply(seams) {
      changeAnswers(seams, commands.MSG_DATA_ACK, () => ({ session_type: CIMSessionType.kCIM_SESSION_TYPE_Invalid }));
    },
  }),
  defineMutant({
    name: "same-id-under-concurrency",
    breaks: ["MSG-05"],
    companions: [
      { rule: "PUSH-05", reason: "ids that are given twice do not grow" },
      { rule: "SYS-02", reason: "concurrent senders get the same id" },
    ],
    title: "gives messages that arrive together the same `server_msg_id`",
    story: "The next id is read and written back in two steps, and two senders fit in between.",
    apply(seams) {
      const busy = new Map<string, Promise<AppendOutcome>>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const name = conversationName(message);
          const before = busy.get(name);
          const storing = store.append(message);
          busy.set(name, storing);
          const [outcome, earlier] = await Promise.all([storing, before]);
          if (busy.get(name) === storing) busy.delete(name);
          if (outcome.outcome !== "stored" || earlier?.outcome !== "stored") return outcome;
          return { ...outcome, message: { ...outcome.message, server_msg_id: earlier.message.server_msg_id } };
        },
      }));
    },
  }),
  defineMutant({
    name: "ids-with-gaps",
    breaks: ["MSG-06"],
    title: "gives only every second `server_msg_id`",
    story: "The sequence of the database is drawn once for the message and once for its index.",
    apply(seams) {
      const twice = (id: bigint): bigint => id * 2n;
      showMessagesAs(seams, (message) => ({ ...message, server_msg_id: twice(message.server_msg_id) }));
      wrapStore(seams, (store) => ({
        history: (conversation, { end_msg_id, limit }) =>
          store.history(conversation, { end_msg_id: (end_msg_id + 1n) / 2n, limit }),
        markRead: (conversation, upTo) => store.markRead(conversation, upTo === 1n ? 1n : upTo / 2n),
      }));
    },
  }),
  defineMutant({
    name: "duplicate-gets-new-id",
    breaks: ["MSG-07"],
    title: "acknowledges a message that is sent again with the next id",
    story: "The id is drawn before the duplicate is found.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "duplicate") return outcome;
          return { ...outcome, message: { ...outcome.message, server_msg_id: outcome.message.server_msg_id + 1n } };
        },
      }));
    },
  }),
  defineMutant({
    name: "duplicate-pushed-again",
    breaks: ["MSG-07"],
    title: "pushes a message again when it is sent again",
    story: "The duplicate is found in the store, behind which the way to the receiver goes on as ever.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "duplicate" || message.session_type !== SINGLE) return outcome;
          return { outcome: "stored", message: outcome.message, recipients: [message.to_session_id] };
        },
      }));
    },
  }),
  defineMutant({
    name: "duplicate-refused",
    breaks: ["MSG-07"],
    title: "refuses a message that is sent again",
    story: "The unique index of the database reports an error, and errors are refusals.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          return outcome.outcome === "duplicate" ? { outcome: "refused", reason: "bad-session-type" } : outcome;
        },
      }));
    },
  }),
  defineMutant({
    name: "duplicate-stored-twice",
    breaks: ["MSG-07"],
    title: "stores a message again when it is sent again",
    story: "The look-up for a message that was sent before was left for later.",
    apply(seams) {
      const COPY = "#copy";

      let copies = 0;
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "duplicate") return outcome;
          return await store.append({ ...message, client_msg_id: `${message.client_msg_id}${COPY}${++copies}` });
        },
      }));
      showMessagesAs(seams, (message) => ({ ...message, client_msg_id: message.client_msg_id.split(COPY)[0] ?? "" }));
    },
  }),
  defineMutant({
    name: "duplicates-forgotten-at-restart",
    breaks: ["MSG-07"],
    title: "stores a message again that was sent before the server's last start",
    story: "What was sent is looked up in a set in memory, and the set is never filled from the store.",
    apply(seams) {
      const COPY = "#copy";

      const known = new Set<string>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const key = `${message.from_user_id} ${message.client_msg_id}`;
          const outcome = await store.append(message);
          if (outcome.outcome !== "duplicate" || known.has(key)) {
            known.add(key);
            return outcome;
          }
          known.add(key);
          for (let copy = 1; ; copy++) {
            const again = await store.append({ ...message, client_msg_id: `${message.client_msg_id}${COPY}${copy}` });
            // An earlier start may have stored this copy.
            if (again.outcome !== "duplicate") return again;
          }
        },
      }));
      showMessagesAs(seams, (message) => ({ ...message, client_msg_id: message.client_msg_id.split(COPY)[0] ?? "" }));
    },
  }),
  defineMutant({
    name: "client-id-unique-among-all",
    breaks: ["MSG-08"],
    title: "takes a message for a duplicate when another sender has used its `client_msg_id`",
    story: "The unique index covers the client's id alone.",
    apply(seams) {
      const first = new Map<string, AppendOutcome>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const before = first.get(message.client_msg_id);
          if (before?.outcome === "stored") return { outcome: "duplicate", message: before.message };
          const outcome = await store.append(message);
          first.set(message.client_msg_id, outcome);
          return outcome;
        },
      }));
    },
  }),
  defineMutant({
    name: "group-with-own-number-refused",
    breaks: ["MSG-10"],
    title: "ignores messages to a group whose id is the sender's user id",
    story: "The check for messages to oneself compares the numbers and not the kind of session.",
    apply(seams) {
      wrapHandle(seams, commands.MSG_DATA, (request, context, original) =>
        request.message.to_session_id === request.self ? [] : original(request, context),
      );
    },
  }),
  defineMutant({
    name: "first-messages-collide",
    breaks: ["MSG-18"],
    companions: [
      { rule: "HIST-05", reason: "the case sends many first messages at once and counts what is stored" },
      { rule: "HIST-06", reason: "the case sends many first messages at once and counts what is stored" },
      { rule: "SYS-02", reason: "the case sends many first messages at once and counts what is stored" },
      { rule: "MSG-05", reason: "one of the messages that arrive together is missing" },
    ],
    title: "refuses one of two first messages that cross",
    story: "Both insert the session, and the unique key makes the second transaction fail.",
    apply(seams) {
      const begun = new Set<string>();
      const creating = new Set<string>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const name = conversationName(message);
          const { from_user_id: self, to_session_id: session_id, session_type } = message;
          if (begun.has(name) || (await store.newestMessage({ self, session_type, session_id }))) {
            begun.add(name);
            return await store.append(message);
          }
          if (creating.has(name)) return { outcome: "refused", reason: "bad-session-type" };
          creating.add(name);
          const outcome = await store.append(message);
          creating.delete(name);
          return outcome;
        },
      }));
    },
  }),
  defineMutant({
    name: "session-for-sender-only",
    breaks: ["MSG-18"],
    companions: [
      { rule: "MSG-07", reason: "the unread count is that of the session" },
      { rule: "MSG-20", reason: "the unread count is that of the session" },
      { rule: "VOIP-12", reason: "the unread count is that of the session" },
      { rule: "PUSH-06", reason: "the sessions of receivers are missing" },
      { rule: "SESS-02", reason: "the sessions of receivers are missing" },
      { rule: "SESS-03", reason: "the sessions of receivers are missing" },
      { rule: "SESS-07", reason: "the sessions of receivers are missing" },
      { rule: "SYS-01", reason: "the sessions of receivers are missing" },
      { rule: "UNREAD-01", reason: "the unread count is that of the session" },
      { rule: "SESS-01", reason: "the sessions of receivers are missing" },
      { rule: "UNREAD-06", reason: "the unread count is that of the session" },
      { rule: "LOGOUT-02", reason: "the unread count is that of the session" },
      { rule: "READ-03", reason: "the unread count is that of the session" },
      { rule: "UNREAD-05", reason: "the unread count is that of the session" },
    ],
    title: "makes the session of a first message for its sender alone",
    story: "The receiver's session is made when the receiver opens the conversation.",
    apply(seams) {
      const wrote = new Set<string>();
      wrapStore(seams, (store) => ({
        append: (message) => {
          wrote.add(`${message.from_user_id} ${message.to_session_id}`);
          return store.append(message);
        },
      }));
      changeSessions(seams, (sessions, userId) =>
        sessions.filter(
          ({ session_id, session_type }) =>
            session_type === GROUP || wrote.has(`${userId} ${session_id}`) || !wrote.has(`${session_id} ${userId}`),
        ),
      );
    },
  }),
  defineMutant({
    name: "session-keeps-its-first-time",
    breaks: ["MSG-18"],
    companions: [
      { rule: "SESS-02", reason: "sessions whose times stand still are not in the order of their messages" },
    ],
    title: "leaves a session's update time as it was when the session was made",
    story: 'The session is inserted "or ignored", and the update beside it was forgotten.',
    apply(seams) {
      const made = new Map<string, number>();
      changeSessions(seams, (sessions, userId) =>
        sessions
          .map((session) => {
            if (session.session_type === GROUP) return session;
            const name = `${[userId, session.session_id].sort()}`;
            const first = made.get(name) ?? session.updated_time;
            made.set(name, first);
            return { ...session, updated_time: first };
          })
          .sort((a, b) => b.updated_time - a.updated_time),
      );
    },
  }),
  defineMutant({
    name: "unknown-receiver-refused",
    breaks: ["MSG-19"],
    companions: [
      { rule: "CONN-16", reason: "the receiver of the case has never logged in" },
      { rule: "MSG-21", reason: "receivers with large ids do not exist" },
    ],
    title: "refuses messages to users who have never registered here",
    story: "The receiver is looked up to find the nickname.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const known =
            message.session_type !== SINGLE ||
            isRobot(message.to_session_id) ||
            (await store.userById(message.to_session_id));
          return known ? await store.append(message) : { outcome: "refused", reason: "bad-session-type" };
        },
      }));
    },
  }),
  defineMutant({
    name: "group-ack-says-one-to-one",
    breaks: ["MSG-04"],
    title: "says one-to-one in the acknowledgement of a group's message",
    story: "The acknowledgement was written before there were groups, with the one type there was.",
    apply(seams) {
      changeAnswers(seams, commands.MSG_DATA_ACK, () => ({ session_type: SINGLE }));
    },
  }),
  defineMutant({
    name: "duplicates-known-per-conversation",
    breaks: ["MSG-07"],
    title: "takes a message that is sent again for new when it goes into another conversation",
    story: "The unique key has the conversation in it, as the table is split by conversation.",
    apply(seams) {
      const MARK = "#";
      showMessagesAs(seams, (message) => ({
        ...message,
        client_msg_id: message.client_msg_id.split(MARK)[0] as string,
      }));
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "duplicate") return outcome;
          const name = conversationName(message);
          if (conversationName(outcome.message) === name) return outcome;
          return await store.append({ ...message, client_msg_id: `${message.client_msg_id}${MARK}${name}` });
        },
      }));
    },
  }),
  defineMutant({
    name: "robot-answers-a-resend",
    breaks: ["MSG-07"],
    title: "lets the robot answer a question that is sent again once more",
    story: "The robot is asked when the message has come in, and whether it is new is found out by the store.",
    apply(seams) {
      const asked = new Set<string>();
      wrapHandle(seams, commands.MSG_DATA, async (request, context, original) => {
        const { self, message } = request;
        const { session_type, to_session_id: session_id, client_msg_id } = message;
        const effects = await original(request, context);
        if (session_type !== SINGLE || !isRobot(session_id)) return effects;
        const name = `${self} ${client_msg_id}`;
        if (asked.has(name)) {
          const [question] = await context.store.messagesByClientId({ self, session_type, session_id }, [
            client_msg_id,
          ]);
          if (question) context.background(() => answerAsRobot(question, context));
        }
        asked.add(name);
        return effects;
      });
    },
  }),
];

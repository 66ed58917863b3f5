import { CIMResCode, CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeEffects, changeRequest, wrapHandle } from "./wrap/handlers.ts";
import { changeAnswers } from "./wrap/packets.ts";
import { wrapStore } from "./wrap/store.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP, kCIM_SESSION_TYPE_SINGLE: SINGLE } = CIMSessionType;

/** Mutants of section HIST: history. */
export const historyMutants: readonly Mutant[] = [
  defineMutant({
    name: "end-not-echoed",
    breaks: ["HIST-01"],
    title: "leaves `end_msg_id` out of the history answer",
    story: "The client knows what it has asked for.",
    apply(seams) {
      changeAnswers(seams, commands.LIST_MSG_RSP, () => ({ end_msg_id: 0n }));
    },
  }),
  defineMutant({
    name: "end-inclusive",
    breaks: ["HIST-02"],
    companions: [
      { rule: "HIST-14", reason: "the second page holds a message of the first" },
      { rule: "HIST-05", reason: "pages that overlap bring a message twice" },
    ],
    title: "includes the message with `end_msg_id` in the page",
    story: "The condition says `<=` where it should say `<`.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        history: (conversation, { end_msg_id, limit }) =>
          store.history(conversation, { end_msg_id: end_msg_id === 0n ? 0n : end_msg_id + 1n, limit }),
      }));
    },
  }),
  defineMutant({
    name: "oldest-page",
    breaks: ["HIST-02"],
    companions: [
      { rule: "CONN-16", reason: "what was sent last is looked for in the newest page" },
      { rule: "MSG-03", reason: "what was sent last is looked for in the newest page" },
      { rule: "HIST-05", reason: "the same page comes again and again" },
      { rule: "HIST-06", reason: "the hundred of a page are not the newest" },
      { rule: "HIST-14", reason: "a short page does not mean the beginning" },
    ],
    title: "gives the oldest messages below the end instead of the newest",
    story: "The query sorts by id and takes the first rows.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        history: async (conversation, { end_msg_id, limit }) =>
          (await store.history(conversation, { end_msg_id, limit: 1000 }))?.slice(0, limit),
      }));
    },
  }),
  defineMutant({
    name: "newest-first",
    breaks: ["HIST-03"],
    companions: [
      { rule: "ROBOT-03", reason: "the newest message is looked for at the end of the page" },
      { rule: "MSG-08", reason: "the case compares a page with what was sent in order" },
      { rule: "CONN-20", reason: "the case compares a page with what was sent in order" },
      { rule: "SYS-02", reason: "the case compares a page with what was sent in order" },

      { rule: "HIST-02", reason: "the order of a page is part of what is compared" },
      { rule: "HIST-04", reason: "the order of a page is part of what is compared" },
    ],
    title: "lists the newest message first",
    story: "The rows are sent in the order in which the query finds them.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        history: async (conversation, page) => (await store.history(conversation, page))?.reverse(),
      }));
    },
  }),
  defineMutant({
    name: "begins-with-own-message",
    breaks: ["HIST-04"],
    companions: [{ rule: "LOGIN-17", reason: "what the peer wrote first is missing in the user's own request" }],
    title: "shows a one-to-one history only from the user's own first message on",
    story: "As in a group, a conversation was taken to begin for a user when the user joins it.",
    apply(seams) {
      /** By user and peer: the first message that the user has sent there. */
      const first = new Map<string, bigint>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          const key = `${message.from_user_id} ${message.to_session_id}`;
          if (outcome.outcome !== "refused" && !first.has(key)) first.set(key, outcome.message.server_msg_id);
          return outcome;
        },
        history: async (conversation, page) => {
          const begins = first.get(`${conversation.self} ${conversation.session_id}`) ?? 0n;
          const messages = await store.history(conversation, page);
          return conversation.session_type === GROUP
            ? messages
            : messages?.filter((one) => one.server_msg_id >= begins);
        },
      }));
    },
  }),
  defineMutant({
    name: "one-skipped-between-pages",
    breaks: ["HIST-05"],
    companions: [
      { rule: "HIST-14", reason: "a message of the second page is skipped" },
      { rule: "MSG-03", reason: "what was acknowledged is looked for page by page" },
      { rule: "HIST-02", reason: "the message just below the end is missing" },
    ],
    title: "skips the message just below `end_msg_id`",
    story: "The end is made exclusive twice, by the client and by the query.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        history: (conversation, { end_msg_id, limit }) =>
          store.history(conversation, { end_msg_id: end_msg_id > 1n ? end_msg_id - 1n : end_msg_id, limit }),
      }));
    },
  }),
  defineMutant({
    name: "hundred-refused",
    breaks: ["HIST-06"],
    title: "does not answer a request for exactly 100 messages",
    story: 'The check says "not below 100", as upstream\'s does.',
    apply(seams) {
      changeEffects(seams, commands.LIST_MSG_REQ, (effects, { message }) =>
        message.limit_count === 100 ? [] : effects,
      );
    },
  }),
  defineMutant({
    name: "limit-not-capped",
    breaks: ["HIST-06"],
    title: "returns as many messages as were asked for",
    story: "The limit goes to the database as it came.",
    apply(seams) {
      wrapHandle(seams, commands.LIST_MSG_REQ, (request, context, original) => {
        const { limit_count } = request.message;
        const { history } = context.store;
        const store = {
          ...context.store,
          history: ((conversation, page) => history(conversation, { ...page, limit: limit_count })) as typeof history,
        };
        return original(request, { ...context, store });
      });
    },
  }),
  defineMutant({
    name: "zero-means-default",
    breaks: ["HIST-07"],
    title: "returns twenty messages when none are asked for",
    story: 'Zero was taken for "not set", and what is not set has a default.',
    apply(seams) {
      changeRequest(seams, commands.LIST_MSG_REQ, ({ limit_count }) => ({ limit_count: limit_count || 20 }));
    },
  }),
  defineMutant({
    name: "result-code-missing",
    breaks: ["HIST-08"],
    title: "leaves `msg_res_code` of the rows at 0",
    story: "The code is about sending, and these messages were sent long ago.",
    apply(seams) {
      changeAnswers(seams, commands.LIST_MSG_RSP, ({ msg_list = [] }) => ({
        msg_list: msg_list.map((row) => ({ ...row, msg_res_code: CIMResCode.kCIM_RES_CODE_UNKNOWN })),
      }));
    },
  }),
  defineMutant({
    name: "receiver-in-rows",
    breaks: ["HIST-09"],
    title: "gives the receiver as `to_session_id` of the rows, as pushes do",
    story: "Push and history share one function that fills a message.",
    apply(seams) {
      changeAnswers(seams, commands.LIST_MSG_RSP, ({ msg_list = [], user_id, session_type }) => ({
        msg_list: msg_list.map((row) =>
          session_type === SINGLE && row.from_user_id !== user_id ? { ...row, to_session_id: user_id } : row,
        ),
      }));
    },
  }),
  defineMutant({
    name: "time-of-the-request",
    breaks: ["HIST-10"],
    companions: [
      { rule: "MSG-20", reason: "what must not change is read twice, with its times" },
      { rule: "SYS-01", reason: "what must not change is read twice, with its times" },
      { rule: "CONN-17", reason: "the case compares the time of what it has sent" },
      { rule: "HIST-08", reason: "the time is one of the fields" },
    ],
    title: "shows the time of the request as the time of the messages",
    story: "The time column is filled by the database when the row is read from the cache.",
    apply(seams) {
      changeAnswers(seams, commands.LIST_MSG_RSP, ({ msg_list = [] }) => ({
        msg_list: msg_list.map((row) => ({ ...row, create_time: Math.floor(seams.now() / 1000) + 3600 })),
      }));
    },
  }),
  defineMutant({
    name: "group-history-open-to-all",
    breaks: ["HIST-11"],
    title: "shows a group's history to everybody",
    story: "The group's id is all that the query needs.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        history: async (conversation, page) => {
          if (conversation.session_type !== GROUP) return await store.history(conversation, page);
          const [group] = await store.groups([conversation.session_id]);
          return await store.history(group ? { ...conversation, self: group.group_owner_id } : conversation, page);
        },
      }));
    },
  }),
  defineMutant({
    name: "one-short-of-the-limit",
    breaks: ["HIST-14"],
    companions: [
      { rule: "MSG-03", reason: "what was acknowledged is looked for page by page, and a short page ends the history" },
      { rule: "HIST-02", reason: "pages are shorter than asked for" },
      { rule: "HIST-05", reason: "a page that is too short ends the paging" },
      { rule: "HIST-06", reason: "pages are shorter than asked for" },
      { rule: "HIST-03", reason: "pages are shorter than asked for" },
    ],
    title: "returns one message less than was asked for",
    story: "One more row is read to see whether there is more, and the wrong one is dropped.",
    apply(seams) {
      changeRequest(seams, commands.LIST_MSG_REQ, ({ limit_count }) => ({
        limit_count: limit_count > 1 ? limit_count - 1 : limit_count,
      }));
    },
  }),
];

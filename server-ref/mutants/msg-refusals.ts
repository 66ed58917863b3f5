import { isUtf8 } from "node:buffer";
import { randomUUID } from "node:crypto";
import { CIMMsgType, CIMResCode, CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { type Effect, pushStored, reply } from "./wrap/effects.ts";
import { changeEffects, changeRequest, messageOf, wrapHandle } from "./wrap/handlers.ts";
import { changeAnswers } from "./wrap/packets.ts";
import { conversationName, wrapStore } from "./wrap/store.ts";

const { kCIM_MSG_TYPE_NOTIFACATION: NOTIFICATION, kCIM_MSG_TYPE_TEXT: TEXT } = CIMMsgType;
const { kCIM_RES_CODE_OK: OK, kCIM_RES_CODE_UNKNOWN: REFUSED } = CIMResCode;
const { kCIM_SESSION_TYPE_GROUP: GROUP, kCIM_SESSION_TYPE_SINGLE: SINGLE } = CIMSessionType;

function isRefusal(effect: Effect): boolean {
  return effect.kind === "reply" && messageOf(effect, commands.MSG_DATA_ACK).res_code !== OK;
}

/** Mutants of section MSG: messages that are refused. */
export const msgRefusalMutants: readonly Mutant[] = [
  defineMutant({
    name: "note-to-self-acknowledged",
    breaks: ["MSG-09"],
    companions: [{ rule: "MSG-13", reason: "a message to oneself is one of those that must be refused" }],
    title: "stores and acknowledges messages to oneself",
    story: 'Other messengers have a "saved messages" conversation.',
    apply(seams) {
      wrapHandle(seams, commands.MSG_DATA, async (request, context, original) => {
        const { self, message } = request;
        if (message.session_type !== SINGLE || message.to_session_id !== self) return await original(request, context);
        const { to_session_id, session_type, client_msg_id, msg_type, msg_data } = message;
        const create_time = context.nowSeconds();
        await context.store.append({
          from_user_id: self,
          to_session_id,
          session_type,
          client_msg_id,
          msg_type,
          msg_data,
          create_time,
        });
        return [
          reply(commands.MSG_DATA_ACK, {
            from_user_id: self,
            to_session_id,
            session_type,
            client_msg_id,
            server_msg_id: 1n,
            res_code: OK,
            create_time,
          }),
        ];
      });
    },
  }),
  defineMutant({
    name: "unknown-session-type-is-single",
    breaks: ["MSG-11"],
    companions: [{ rule: "MSG-13", reason: "an unknown session type is one of those that must be refused" }],
    title: "takes a message of an unknown session type for a one-to-one message",
    story: 'The branch says "group, else one-to-one".',
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ session_type }) => ({
        session_type: session_type === GROUP ? GROUP : SINGLE,
      }));
    },
  }),
  defineMutant({
    name: "notification-from-client-accepted",
    breaks: ["MSG-12"],
    title: "accepts notifications that clients send",
    story: "The type is a known one, and who may send it was not asked.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_type }) => ({
        msg_type: msg_type === NOTIFICATION ? TEXT : msg_type,
      }));
    },
  }),
  defineMutant({
    name: "type-zero-accepted",
    breaks: ["MSG-12"],
    title: "accepts messages of type 0",
    story: "The zero value of the field was taken for plain text.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_type }) => ({ msg_type: msg_type === 0 ? TEXT : msg_type }));
    },
  }),
  defineMutant({
    name: "refusal-says-ok",
    breaks: ["MSG-13"],
    companions: [
      { rule: "MSG-11", reason: "a refusal that says OK is an acceptance" },
      { rule: "MSG-12", reason: "a refusal that says OK is an acceptance" },
      { rule: "MSG-17", reason: "a refusal that says OK is an acceptance" },
      { rule: "MSG-20", reason: "the refusals whose traces are looked for are checked first" },
      { rule: "MSG-15", reason: "what is not stored whole must be refused" },
      { rule: "MSG-16", reason: "what is not stored whole must be refused" },
      { rule: "GROUP-12", reason: "a refusal that says OK is an acceptance" },
      { rule: "GROUP-16", reason: "a refusal that says OK is an acceptance" },
      { rule: "GROUP-32", reason: "a refusal that says OK is an acceptance" },
      { rule: "SESS-13", reason: "what former members send is refused" },
    ],
    title: "answers a refused message with `res_code` 1",
    story: "The code is set when the answer is made, and nobody changes it when the store says no.",
    apply(seams) {
      changeAnswers(seams, commands.MSG_DATA_ACK, () => ({ res_code: OK }));
    },
  }),
  defineMutant({
    name: "refused-message-listed",
    breaks: ["MSG-20"],
    companions: [
      { rule: "MSG-11", reason: "a message that is listed was not refused" },
      { rule: "MSG-12", reason: "a message that is listed was not refused" },
    ],
    title: "leaves a refused message in the conversation",
    story: "The message is stored before it is checked.",
    apply(seams) {
      changeEffects(seams, commands.MSG_DATA, async (effects, { self, message }, context) => {
        const refused = effects.some(isRefusal);
        const { to_session_id, msg_data } = message;
        if (!refused || to_session_id === 0n) return effects;
        await context.store.append({
          from_user_id: self,
          to_session_id,
          session_type: SINGLE,
          client_msg_id: randomUUID(),
          msg_type: TEXT,
          msg_data,
          create_time: context.nowSeconds(),
        });
        return effects;
      });
    },
  }),
  defineMutant({
    name: "refused-id-is-burnt",
    breaks: ["MSG-20"],
    title: "refuses a message for ever under the id under which it was refused once",
    story: "The cache that recognizes a message that is sent again keeps the answer, whatever it was.",
    apply(seams) {
      const burnt = new Set<string>();
      wrapHandle(seams, commands.MSG_DATA, async (request, context, original) => {
        const { from_user_id, to_session_id, client_msg_id, session_type } = request.message;
        const name = `${request.self} ${client_msg_id}`;
        const echo = { from_user_id, to_session_id, client_msg_id, session_type };
        if (burnt.has(name)) return [reply(commands.MSG_DATA_ACK, { ...echo, res_code: REFUSED })];
        const effects = await original(request, context);
        if (effects.some(isRefusal)) burnt.add(name);
        return effects;
      });
    },
  }),
  defineMutant({
    name: "refused-content-hides-the-session",
    breaks: ["MSG-20"],
    companions: [{ rule: "MSG-15", reason: "content that is no UTF-8 is refused at all" }],
    title: "refuses content that is no UTF-8, and both sides lose the session until the next message",
    story:
      "The session's row is put aside before the message is written, and the column for texts takes no such bytes.",
    apply(seams) {
      const hidden = new Set<string>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const name = conversationName(message);
          if (!isUtf8(message.msg_data)) {
            hidden.add(name);
            return { outcome: "refused", reason: "bad-session-type" };
          }
          hidden.delete(name);
          return await store.append(message);
        },
        sessions: async (userId) =>
          (await store.sessions(userId)).filter(({ newest }) => !hidden.has(conversationName(newest))),
      }));
    },
  }),
  defineMutant({
    name: "notifications-from-outsiders",
    breaks: ["MSG-12"],
    title: "stores and pushes a notification that somebody sends who is no member of the group",
    story: "The group service makes them and is a member of no group: whoever is none was taken for it.",
    apply(seams) {
      wrapHandle(seams, commands.MSG_DATA, async (request, context, original) => {
        const { self, nickname, message } = request;
        const isForged = message.msg_type === NOTIFICATION && message.session_type === GROUP;
        const members = isForged ? await context.store.members(message.to_session_id) : undefined;
        const [member] = members ?? [];
        if (members === undefined || member === undefined || members.includes(self)) return original(request, context);
        const { to_session_id, session_type, client_msg_id, msg_type, msg_data } = message;
        const stored = await context.store.append({
          ...{ from_user_id: member, to_session_id, session_type, client_msg_id, msg_type, msg_data },
          create_time: context.nowSeconds(),
        });
        return stored.outcome === "stored" ? [pushStored(members, stored.message, nickname)] : [];
      });
    },
  }),
];

import { CIMMsgType, CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { messageInfo } from "./wrap/effects.ts";
import { changeEffects, messageOf } from "./wrap/handlers.ts";
import { type ConversationKey, wrapStore } from "./wrap/store.ts";

const { kCIM_MSG_TYPE_NOTIFACATION: NOTIFICATION } = CIMMsgType;
const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** Mutants of section MSGID: latest id and messages by id. */
export const messageIdMutants: readonly Mutant[] = [
  defineMutant({
    name: "latest-of-own-messages",
    breaks: ["MSGID-01"],
    title: "gives the newest message that the user has sent, not the newest of the conversation",
    story: "Each sender's messages are in a table of their own, and only one is looked into.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        newestMessage: async (conversation) =>
          (await store.history(conversation, { end_msg_id: 0n, limit: 100 }))?.findLast(
            (message) => message.from_user_id === conversation.self,
          ),
      }));
    },
  }),
  defineMutant({
    name: "order-of-the-request",
    breaks: ["MSGID-02"],
    title: "returns messages in the order of the ids asked for",
    story: "The ids are looked up one after the other.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        messagesByClientId: async (conversation, ids) => {
          const found = await store.messagesByClientId(conversation, ids);
          return found.sort((a, b) => ids.indexOf(a.client_msg_id) - ids.indexOf(b.client_msg_id));
        },
      }));
    },
  }),
  defineMutant({
    name: "ids-not-limited",
    breaks: ["MSGID-03"],
    title: "looks up any number of ids",
    story: "The limit stands in a comment of the contract, which the code does not read.",
    apply(seams) {
      changeEffects(seams, commands.MSG_GET_BY_MSG_ID_REQ, async (effects, { self, message }, context) => {
        const { session_type, session_id, msg_id_list } = message;
        const found = await context.store.messagesByClientId({ self, session_type, session_id }, msg_id_list);
        return effects.map((effect) =>
          effect.kind === "reply"
            ? {
                ...effect,
                message: {
                  ...messageOf(effect, commands.MSG_GET_BY_MSG_ID_RSP),
                  msg_list: found.map((stored) => messageInfo(stored, { self, session_type, session_id })),
                },
              }
            : effect,
        );
      });
    },
  }),
  defineMutant({
    name: "group-messages-open-to-all",
    breaks: ["MSGID-04"],
    title: "shows a group's messages by id to everybody",
    story: "Whoever knows the id of a message was thought to have it already.",
    apply(seams) {
      wrapStore(seams, (store) => {
        const asOwner = async (conversation: ConversationKey): Promise<ConversationKey> => {
          const [group] = conversation.session_type === GROUP ? await store.groups([conversation.session_id]) : [];
          return group ? { ...conversation, self: group.group_owner_id } : conversation;
        };
        return {
          newestMessage: async (conversation) => await store.newestMessage(await asOwner(conversation)),
          messagesByClientId: async (conversation, ids) =>
            await store.messagesByClientId(await asOwner(conversation), ids),
        };
      });
    },
  }),
  defineMutant({
    name: "latest-id-without-notifications",
    breaks: ["MSGID-01"],
    title: "leaves notifications out when it looks for the newest message",
    story: "What nobody wrote was taken for no message.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        newestMessage: async (conversation) => {
          const rows = (await store.history(conversation, { end_msg_id: 0n, limit: 100 })) ?? [];
          return rows.findLast(({ msg_type }) => msg_type !== NOTIFICATION);
        },
      }));
    },
  }),
];

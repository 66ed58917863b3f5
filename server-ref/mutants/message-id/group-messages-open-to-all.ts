import type { ConversationKey } from "../../store/store.ts";
import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** MSGID-04: shows a group's messages by id to everybody. */
export const groupMessagesOpenToAll: Mutant = {
  name: "group-messages-open-to-all",
  breaks: ["MSGID-04"],
  title: "shows a group's messages by id to everybody",
  story: "Whoever knows the id of a message was thought to have it already.",
  apply(seams) {
    wrapStore(seams, (store) => {
      const asOwner = async (conversation: ConversationKey): Promise<ConversationKey> => {
        const [group] = conversation.session_type === 2 ? await store.groups([conversation.session_id]) : [];
        return group ? { ...conversation, self: group.group_owner_id } : conversation;
      };
      return {
        newestMessage: async (conversation) => await store.newestMessage(await asOwner(conversation)),
        messagesByClientId: async (conversation, ids) =>
          await store.messagesByClientId(await asOwner(conversation), ids),
      };
    });
  },
};

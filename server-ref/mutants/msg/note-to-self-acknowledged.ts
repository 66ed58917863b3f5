import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** MSG-09: stores and acknowledges messages to oneself. */
export const noteToSelfAcknowledged: Mutant = {
  name: "note-to-self-acknowledged",
  breaks: ["MSG-09"],
  companions: [{ rule: "MSG-13", reason: "a message to oneself is one of those that must be refused" }],
  title: "stores and acknowledges messages to oneself",
  story: 'Other messengers have a "saved messages" conversation.',
  apply(seams) {
    wrapHandle(seams, commands.MSG_DATA, async (request, context, original) => {
      const { self, message } = request;
      if (message.session_type !== 1 || message.to_session_id !== self) return await original(request, context);
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
          res_code: 1,
          create_time,
        }),
      ];
    });
  },
};

import { commands } from "../../codegen/index.ts";
import { handler, type Section } from "./handler.ts";

/**
 * A client's confirmation of a push. It is not answered (ACK-02) and changes nothing but the connection's list of what
 * is unconfirmed, whatever it names (ACK-01, ACK-04, UNREAD-05): nothing is sent again over a connection that stands
 * (ACK-03).
 */
const confirm = handler({
  command: commands.MSG_DATA_ACK,
  claims: (message) => message.from_user_id,
  pipelined: true,
  handle: ({ message }) => [{ kind: "confirmed", client_msg_id: message.client_msg_id }],
});

export const section: Section = { handlers: [confirm] };

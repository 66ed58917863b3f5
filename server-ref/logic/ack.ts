import { commands } from "../../codegen/index.ts";
import type { Effect } from "./effect.ts";
import { handler, type Section } from "./handler.ts";

const NOTHING: Effect[] = [];

/**
 * A client's confirmation of a push. It is not answered (ACK-02) and changes nothing, whatever it names (ACK-01,
 * ACK-04, UNREAD-05): nothing is sent again over a connection that stands (ACK-03).
 */
const confirm = handler({
  command: commands.MSG_DATA_ACK,
  claims: (message) => message.from_user_id,
  pipelined: true,
  handle: () => NOTHING,
});

export const section: Section = { handlers: [confirm] };

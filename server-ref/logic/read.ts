import { type CIMMsgDataReadAck, CIMSessionType, commands } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import type { LogicContext } from "./context.ts";
import { type Effect, push, pushExceptOrigin } from "./effect.ts";
import { handler, type Request, type Section } from "./handler.ts";

async function markRead({ self, message }: Request<CIMMsgDataReadAck>, context: LogicContext): Promise<Effect[]> {
  const { session_id, session_type, msg_id } = message;
  // READ-01, READ-07: there is no answer, and the counters of others stay as they are.
  const hasConversation = await context.store.markRead({ self, session_type, session_id }, msg_id);
  if (session_type !== CIMSessionType.kCIM_SESSION_TYPE_SINGLE || session_id === self) {
    mark("READ-06");
    return [];
  }
  if (!hasConversation) {
    mark("READ-09");
    return [];
  }
  mark("READ-04");
  // READ-05: session_id goes out as it came. READ-08: the reader's other devices follow.
  const notify = { user_id: self, session_id, msg_id, session_type };
  return [
    push([session_id], commands.MSG_READ_NOTIFY, notify),
    pushExceptOrigin([self], commands.MSG_READ_NOTIFY, notify),
  ];
}

const readAck = handler({
  command: commands.MSG_READ_ACK,
  claims: (message) => message.user_id,
  pipelined: true,
  handle: markRead,
});

export const section: Section = { handlers: [readAck] };

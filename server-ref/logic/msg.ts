import { type CIMMsgData, CIMMsgType, CIMResCode, CIMSessionType, commands } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import type { StoredMessage } from "../store/messages.ts";
import type { LogicContext } from "./context.ts";
import { type Effect, type Reply, reply } from "./effect.ts";
import { handler, type Request, type Section } from "./handler.ts";
import { pushToOthers } from "./push.ts";
import { answerAsRobot, isRobot } from "./robot.ts";

/** Longest `client_msg_id`, in characters (MSG-17). */
const LONGEST_CLIENT_MSG_ID = 64;

/** Largest content, in bytes (MSG-16): a page of 100 such messages still fits into one packet of 10 MiB (CONN-07). */
const LARGEST_CONTENT = 64 * 1024;

/** How old a message may be for the gates to know still whether it was pushed, in seconds; their clocks may differ. */
const PUSHES_KNOWN_FOR_S = 60;

function acknowledge(message: CIMMsgData, server_msg_id: bigint, create_time: number): Reply {
  const { from_user_id, to_session_id, client_msg_id, session_type } = message;
  const res_code = CIMResCode.kCIM_RES_CODE_OK;
  // MSG-04
  return reply(commands.MSG_DATA_ACK, {
    from_user_id,
    to_session_id,
    client_msg_id,
    server_msg_id,
    res_code,
    session_type,
    create_time,
  });
}

/** Says at once that a message was not taken, instead of letting the client wait for its timeout (MSG-13). */
function refuse({ from_user_id, to_session_id, client_msg_id, session_type }: CIMMsgData): Effect[] {
  mark("MSG-13");
  const res_code = CIMResCode.kCIM_RES_CODE_UNKNOWN;
  return [reply(commands.MSG_DATA_ACK, { from_user_id, to_session_id, client_msg_id, session_type, res_code })];
}

function isAcceptable({ msg_type, session_type, client_msg_id, to_session_id, msg_data }: CIMMsgData): boolean {
  // MSG-11
  const single = session_type === CIMSessionType.kCIM_SESSION_TYPE_SINGLE;
  if (!single && session_type !== CIMSessionType.kCIM_SESSION_TYPE_GROUP) return false;
  // MSG-12: notifications are made by the server only.
  if (msg_type <= 0 || msg_type === CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION) return false;
  if (msg_data.length > LARGEST_CONTENT) return false;
  // MSG-17; a text that has few enough code units need not be counted.
  if (client_msg_id === "" || to_session_id === 0n) return false;
  return client_msg_id.length <= LONGEST_CLIENT_MSG_ID || [...client_msg_id].length <= LONGEST_CLIENT_MSG_ID;
}

/**
 * The gate that stored a message may have died before anybody was pushed it. Its sender, who got no acknowledgement, sends
 * it again (MSG-07): what is not known to have been pushed is pushed then (PUSH-01).
 */
async function pushAgain(message: StoredMessage, nickname: string, context: LogicContext): Promise<Effect[]> {
  if (!context.hasOtherGates || context.nowSeconds() - message.create_time > PUSHES_KNOWN_FOR_S) return [];
  const { session_type, to_session_id } = message;
  const single = session_type === CIMSessionType.kCIM_SESSION_TYPE_SINGLE;
  const recipients = single ? [to_session_id] : ((await context.store.members(to_session_id)) ?? []);
  return [{ ...pushToOthers(recipients, message, nickname), repeated: true }];
}

async function send({ self, nickname, message }: Request<CIMMsgData>, context: LogicContext): Promise<Effect[]> {
  const single = message.session_type === CIMSessionType.kCIM_SESSION_TYPE_SINGLE;
  if (single && message.to_session_id === self) {
    mark("MSG-09");
    return [];
  }
  if (!isAcceptable(message)) return refuse(message);
  const { to_session_id, session_type, client_msg_id, msg_type, msg_data } = message;
  // MSG-02: the client's create_time is not used. MSG-03: fulfilled when the message is durable.
  const create_time = context.nowSeconds();
  const stored = await context.store.append({
    from_user_id: self,
    to_session_id,
    session_type,
    client_msg_id,
    msg_type,
    msg_data,
    create_time,
  });
  if (stored.outcome === "refused") return refuse(message);
  const acknowledgement = acknowledge(message, stored.message.server_msg_id, stored.message.create_time);
  if (stored.outcome === "duplicate") {
    mark("MSG-07");
    return [acknowledgement, ...(await pushAgain(stored.message, nickname || message.from_nick_name, context))];
  }
  if (single && isRobot(to_session_id)) context.background(() => answerAsRobot(stored.message, context));
  // PUSH-07
  return [acknowledgement, pushToOthers(stored.recipients, stored.message, nickname || message.from_nick_name)];
}

const sendMessage = handler({
  command: commands.MSG_DATA,
  claims: (message) => message.from_user_id,
  pipelined: true,
  handle: send,
  failed: ({ message }) => refuse(message),
});

export const section: Section = { handlers: [sendMessage] };

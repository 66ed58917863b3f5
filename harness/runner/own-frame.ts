import { type Command, commands } from "../../codegen/index.ts";

/** Most characters of `msg_data` that every server must take (MSG-16). */
const CONTENT_LIMIT = 2048;
/** Most characters of `client_msg_id` (MSG-17). */
const CLIENT_MSG_ID_LIMIT = 64;
/** Most messages of one history page (HIST-06). */
const HISTORY_LIMIT = 100;
/** Message types that clients may send (MSG-12). */
const SENDABLE_TYPES: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 10];

type Fields = Record<string, unknown>;

/**
 * What is wrong with a frame that a case is about to send, by the contract's own rules; undefined when nothing is.
 * @param self the user logged in on the connection
 */
export function wrongInOwnFrame(
  command: Command,
  message: unknown,
  seq: number,
  self: bigint | undefined,
): string | undefined {
  const fields = command.body.create(message as never) as Fields;
  return (
    wrongInHeader(command, seq, self) ??
    wrongIdentity(command, fields, self) ??
    (command.id === commands.MSG_DATA.id ? wrongInMessage(fields) : undefined) ??
    (command.id === commands.LIST_MSG_REQ.id && (fields["limit_count"] as number) > HISTORY_LIMIT
      ? `limit_count is above ${HISTORY_LIMIT} (HIST-06)`
      : undefined)
  );
}

function wrongInHeader(command: Command, seq: number, self: bigint | undefined): string | undefined {
  if (command.direction === "server-to-client") return `${command.name} is a command of the server`;
  if (seq === 0) return "seq_num 0 leaves the number to the server";
  if (command.needsLogin && self === undefined) return `${command.name} needs a login first (CONN-15)`;
  return undefined;
}

/** LOGIN-17: what names the acting user must name Self. */
function wrongIdentity(command: Command, fields: Fields, self: bigint | undefined): string | undefined {
  if (!command.needsLogin || command.id === commands.VOIP_INVITE_REPLY.id) return undefined;
  for (const name of ["from_user_id", "user_id", "creator_user_id"]) {
    const value = fields[name];
    if (typeof value === "bigint" && value !== self) return `${name} is ${value} and not the user logged in (LOGIN-17)`;
  }
  return undefined;
}

function wrongInMessage(fields: Fields): string | undefined {
  const id = fields["client_msg_id"] as string;
  const content = fields["msg_data"] as Uint8Array;
  const to = fields["to_session_id"] as bigint;
  if (id === "") return "client_msg_id is empty (MSG-17)";
  if ([...id].length > CLIENT_MSG_ID_LIMIT) return `client_msg_id is longer than ${CLIENT_MSG_ID_LIMIT} (MSG-17)`;
  if (fields["server_msg_id"] !== 0n) return "server_msg_id is the server's to assign (MSG-01)";
  if (![1, 2].includes(fields["session_type"] as number)) return "session_type is neither 1 nor 2 (MSG-11)";
  if (!SENDABLE_TYPES.includes(fields["msg_type"] as number)) return "msg_type is none that clients send (MSG-12)";
  if (fields["session_type"] === 1 && to === fields["from_user_id"]) return "it goes to its own sender (MSG-09)";
  if (to === 0n) return "to_session_id is 0";
  if ([...new TextDecoder().decode(content)].length > CONTENT_LIMIT)
    return `the content is longer than ${CONTENT_LIMIT}`;
  return undefined;
}

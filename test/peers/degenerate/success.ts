import { cimRegistry, encodeFrame, type Frame } from "../../../codegen/index.ts";

const userIds = new Map<unknown, bigint>();
/** Grows by two: with one, whether MSG-06 passes would hang on what other cases send meanwhile. */
let lastMessageId = 0n;

/** A user id that looks as if the account were known. */
function userIdOf(name: unknown): bigint {
  const id = userIds.get(name) ?? BigInt(1000 + userIds.size);
  userIds.set(name, id);
  return id;
}

/**
 * An answer that says yes: the fields that request and answer have in common are echoed, every code means success.
 * @returns undefined when the packet asks for no answer or cannot be read
 */
export function successAnswer({ header: { command_id, seq_num }, body }: Frame): Uint8Array | undefined {
  const command = cimRegistry.byId(command_id);
  const answer = cimRegistry.byId(command?.replyId ?? 0);
  if (!command || !answer) return undefined;
  let request: Record<string, unknown>;
  try {
    request = command.body.decode(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  lastMessageId += 2n;
  const seconds = Math.floor(Date.now() / 1000);
  const said: Record<string, unknown> = {
    ...request,
    result_code: 200,
    error_code: 200,
    res_code: 1,
    rsp_code: 100,
    result_string: "success",
    server_time: seconds,
    create_time: seconds,
    server_msg_id: lastMessageId,
    user_info: { user_id: userIdOf(request["user_name"] ?? request["user_id"]), nick_name: "Nick" },
  };
  const fields = Object.keys(answer.body.create() as object).filter((name) => said[name] !== undefined);
  return encodeFrame(answer, Object.fromEntries(fields.map((name) => [name, said[name]])), seq_num);
}

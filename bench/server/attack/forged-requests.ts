import { commands, encodeRawFrame } from "../../../codegen/index.ts";
import type { ServerProcess } from "../server-process.ts";
import type { BenchUser } from "../users.ts";
import { Line } from "./line.ts";
import { below, pick, type Random } from "./seeded-random.ts";

const requests = Object.values(commands).filter(
  ({ direction, name }) => direction !== "server-to-client" && !name.startsWith("LOGIN_"),
);

/** Whose name stands in these fields speaks. */
const ACTORS = ["user_id", "from_user_id", "creator_user_id"];

interface Cast {
  readonly victim: BenchUser;
  readonly friend: BenchUser;
  readonly impostor: BenchUser;
}

/** A request in the victim's name that would do something for the victim. */
function forged(random: Random, { victim, friend }: Cast): Uint8Array {
  const command = pick(random, requests);
  const message = command.body.create() as Record<string, unknown>;
  for (const field of Object.keys(message)) {
    if (ACTORS.includes(field)) message[field] = victim.user_id;
    else if (field === "to_session_id" || field === "session_id") message[field] = friend.user_id;
    else if (field === "group_id") message[field] = BigInt(1 + below(random, 5));
    else if (field === "session_type" || field === "msg_type" || field === "invite_type") message[field] = 1;
    else if (field === "client_msg_id") message[field] = `forged-${below(random, 1e9)}`;
    else if (field === "limit_count") message[field] = 100;
    else if (field.endsWith("_list") && field.includes("member")) message[field] = [friend.user_id];
  }
  return encodeRawFrame({ command_id: command.id, seq_num: 1 + below(random, 65_000) }, command.body.encode(message));
}

async function stateOf(user: BenchUser, friend: BenchUser, server: ServerProcess): Promise<string> {
  const line = await Line.open(server.tcp, user);
  const { user_id } = user;
  const sessions = await line.ask(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id });
  const groups = await line.ask(commands.GROUP_LIST_REQ, { user_id });
  const page = { user_id, session_type: 1 as const, session_id: friend.user_id, limit_count: 100 };
  const history = await line.ask(commands.LIST_MSG_REQ, page);
  line.socket.destroy();
  const seen = { sessions, groups, history };
  return JSON.stringify(seen, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

/** Sends requests in another user's name, of every command; the state of those it is about may not change by them. */
export async function forgeRequests(
  server: ServerProcess,
  cast: Cast,
  random: Random,
  inputs: number,
): Promise<Record<string, number>> {
  const { victim, friend, impostor } = cast;
  const owner = await Line.open(server.tcp, victim);
  const creation = { user_id: victim.user_id, group_name: "own", member_id_list: [friend.user_id] };
  await owner.ask(commands.GROUP_CREATE_DEFAULT_REQ, creation);
  for (const client_msg_id of ["one", "two"]) {
    const message = {
      from_user_id: victim.user_id,
      to_session_id: friend.user_id,
      client_msg_id,
      msg_type: 1 as const,
    };
    await owner.ask(commands.MSG_DATA, { ...message, session_type: 1 });
  }
  const before = [await stateOf(victim, friend, server), await stateOf(friend, victim, server)];
  let [pushes, answers] = [0, 0];
  owner.onPush = () => pushes++;
  const line = await Line.open(server.tcp, impostor);
  line.onPush = () => answers++;
  for (let sent = 0; sent < inputs; sent++) {
    line.socket.write(forged(random, cast));
    // The answer comes behind everything before it.
    if (sent % 200 === 0) await line.ask(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: impostor.user_id });
  }
  await line.ask(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: impostor.user_id });
  const after = [await stateOf(victim, friend, server), await stateOf(friend, victim, server)];
  line.socket.destroy();
  owner.socket.destroy();
  const changed = after.filter((state, index) => state !== before[index]).length;
  return { inputs, answers, forged: changed + pushes };
}

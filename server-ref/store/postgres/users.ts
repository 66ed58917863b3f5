import type { PoolClient } from "pg";
import { CIMMsgType, CIMSessionType } from "../../../codegen/index.ts";
import { robotById } from "../../robots/robots.ts";
import { toId, toInteger } from "../integer.ts";
import type { NewUser, User, UserOperations, Welcome } from "../users.ts";
import type { Lanes } from "./lanes.ts";
import { insertIntoChat } from "./message-table.ts";

interface UserRow {
  user_id: bigint;
  user_name: string;
  nick_name: string;
  attach_info: string;
  password_hash: string | null;
  token_hash: string | null;
}

const COLUMNS = "user_id, user_name, nick_name, attach_info, password_hash, token_hash";

function toUser(row: UserRow): User {
  return {
    ...row,
    user_id: toId(row.user_id),
    password_hash: row.password_hash ?? undefined,
    token_hash: row.token_hash ?? undefined,
  };
}

/** Stored nicknames of those users that exist. */
export async function findNicknames(client: PoolClient, userIds: readonly bigint[]): Promise<Map<bigint, string>> {
  const { rows } = await client.query<{ user_id: bigint; nick_name: string }>(
    "SELECT user_id, nick_name FROM users WHERE user_id = ANY($1::bigint[])",
    [userIds.map(toInteger)],
  );
  return new Map(rows.map(({ user_id, nick_name }) => [toId(user_id), nick_name]));
}

async function insertUser(client: PoolClient, user: NewUser, id: bigint): Promise<boolean> {
  const { user_name, nick_name, attach_info, password_hash, token_hash, create_time } = user;
  const { rowCount } = await client.query(
    `INSERT INTO users (${COLUMNS}, create_time) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [toInteger(id), user_name, nick_name, attach_info, password_hash, token_hash, create_time],
  );
  return rowCount === 1;
}

/** The next id that belongs neither to a user of a users file nor to a robot. */
async function nextId(client: PoolClient): Promise<bigint> {
  const { rows } = await client.query<{ id: bigint }>(`
    WITH RECURSIVE candidate AS (
      SELECT nextval('user_ids') AS id
      UNION ALL
      SELECT nextval('user_ids') FROM candidate WHERE EXISTS (SELECT FROM users WHERE user_id = candidate.id)
    )
    SELECT max(id) AS id FROM candidate`);
  const { id } = rows[0] as { id: bigint };
  return robotById(id) ? nextId(client) : id;
}

/** ROBOT-02 */
async function greet(client: PoolClient, userId: bigint, welcome: Welcome, create_time: number): Promise<void> {
  const { conversation } = await insertIntoChat(client, {
    from_user_id: welcome.robot_id,
    to_session_id: userId,
    session_type: CIMSessionType.kCIM_SESSION_TYPE_SINGLE,
    client_msg_id: welcome.client_msg_id,
    msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT,
    msg_data: welcome.msg_data,
    create_time,
  });
  await client.query("UPDATE chats SET is_robot = true WHERE chat_id = $1", [conversation]);
}

/** Accounts in PostgreSQL. */
export function userOperations(lanes: Lanes): UserOperations {
  const find = (column: "user_name" | "user_id", value: string | bigint): Promise<User | undefined> =>
    lanes.read(typeof value === "bigint" ? value : 0n, async (client) => {
      const { rows } = await client.query<UserRow>(`SELECT ${COLUMNS} FROM users WHERE ${column} = $1`, [value]);
      return rows[0] && toUser(rows[0]);
    });
  return {
    createUser: (user) =>
      lanes.transact(user.user_id ?? 0n, async (client) => {
        const id = user.user_id ?? (await nextId(client));
        // HTTP-08
        if (!(await insertUser(client, user, id))) return undefined;
        for (const welcome of user.welcomes) await greet(client, id, welcome, user.create_time);
        return id;
      }),
    // Text in PostgreSQL holds no NUL, so nobody has such a name.
    userByName: async (userName) => (userName.includes("\0") ? undefined : find("user_name", userName)),
    userById: (userId) => find("user_id", toInteger(userId)),
    nicknames: (userIds) => lanes.read(0n, (client) => findNicknames(client, userIds)),
    newestUsers: (except, limit) =>
      lanes.read(except, async (client) => {
        const { rows } = await client.query<{ user_id: bigint; nick_name: string }>(
          "SELECT user_id, nick_name FROM users WHERE user_id != $1 ORDER BY creation DESC LIMIT $2",
          [toInteger(except), limit],
        );
        return rows.map((row) => ({ ...row, user_id: toId(row.user_id) }));
      }),
  };
}

import type { DatabaseSync } from "node:sqlite";
import { CIMMsgType } from "../../../codegen/index.ts";
import { robotById } from "../../robots/robots.ts";
import { toId, toInteger } from "../integer.ts";
import type { NewUser, User, UserOperations, Welcome } from "../users.ts";
import type { CommitQueue } from "./commit-queue.ts";
import type { MessageTable } from "./message-table.ts";

interface UserRow {
  user_id: bigint;
  user_name: string;
  nick_name: string;
  attach_info: string;
  password_hash: string | null;
  token_hash: string | null;
}

function toUser(row: UserRow): User {
  return {
    user_id: toId(row.user_id),
    user_name: row.user_name,
    nick_name: row.nick_name,
    attach_info: row.attach_info,
    password_hash: row.password_hash ?? undefined,
    token_hash: row.token_hash ?? undefined,
  };
}

/** Nicknames of users as the groups' notifications need them too. */
export type FindNicknames = (userIds: readonly bigint[]) => Map<bigint, string>;

/** Accounts in SQLite. */
export function userOperations(
  database: DatabaseSync,
  queue: CommitQueue,
  messages: MessageTable,
): UserOperations & { findNicknames: FindNicknames } {
  const columns = "user_id, user_name, nick_name, attach_info, password_hash, token_hash";
  const byName = database.prepare(`SELECT ${columns} FROM users WHERE user_name = ?`);
  const byId = database.prepare(`SELECT ${columns} FROM users WHERE user_id = ?`);
  const nickname = database.prepare("SELECT nick_name FROM users WHERE user_id = ?");
  const newest = database.prepare(
    "SELECT user_id, nick_name FROM users WHERE user_id != ? ORDER BY creation DESC LIMIT ?",
  );
  // Ids above 2^53 come from users files; the ids that the store gives go on below them.
  const highestId = database.prepare(
    "SELECT coalesce(max(user_id), 0) AS id FROM users WHERE user_id BETWEEN 1 AND (1 << 53) - 1",
  );
  const nextCreation = database.prepare("SELECT coalesce(max(creation), 0) + 1 AS creation FROM users");
  const insert = database.prepare(
    `INSERT INTO users (${columns}, create_time, creation) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  for (const statement of [byName, byId, newest, highestId, nextCreation]) statement.setReadBigInts(true);

  const greet = (userId: bigint, { robot_id, client_msg_id, msg_data }: Welcome, create_time: number): void => {
    const chat = messages.raiseChat(robot_id, userId, create_time);
    messages.markRobot(chat.chat_id);
    messages.insert(chat.chat_id, chat.server_msg_id, {
      from_user_id: robot_id,
      client_msg_id,
      msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT,
      create_time,
      msg_data,
    });
  };

  /** The next id that belongs neither to a user nor to a robot. */
  const nextId = (): bigint => {
    let { id } = highestId.get() as { id: bigint };
    do id++;
    while (robotById(id) || byId.get(id));
    return id;
  };

  const create = (user: NewUser): bigint | undefined => {
    const user_id = user.user_id ?? nextId();
    const { creation } = nextCreation.get() as { creation: bigint };
    const { user_name, nick_name, attach_info, password_hash = null, token_hash = null, create_time } = user;
    const { changes } = insert.run(
      toInteger(user_id),
      user_name,
      nick_name,
      attach_info,
      password_hash,
      token_hash,
      create_time,
      creation,
    );
    // HTTP-08
    if (changes === 0) return undefined;
    // ROBOT-02
    for (const welcome of user.welcomes) greet(user_id, welcome, create_time);
    return user_id;
  };

  const findNicknames: FindNicknames = (userIds) => {
    const found = new Map<bigint, string>();
    for (const id of userIds) {
      const row = nickname.get(toInteger(id)) as { nick_name: string } | undefined;
      if (row) found.set(id, row.nick_name);
    }
    return found;
  };

  const findUser = (row: unknown): User | undefined => (row === undefined ? undefined : toUser(row as UserRow));

  return {
    findNicknames,
    createUser: (user) => queue.write(() => create(user)),
    userByName: (userName) => queue.read(() => findUser(byName.get(userName))),
    userById: (userId) => queue.read(() => findUser(byId.get(toInteger(userId)))),
    nicknames: (userIds) => queue.read(() => findNicknames(userIds)),
    newestUsers: (except, limit) =>
      queue.read(() => {
        const rows = newest.all(toInteger(except), limit) as unknown as { user_id: bigint; nick_name: string }[];
        return rows.map((row) => ({ user_id: toId(row.user_id), nick_name: row.nick_name }));
      }),
  };
}

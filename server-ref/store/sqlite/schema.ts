import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "../errors.ts";

/** Version of the tables below, kept in `user_version`. */
const SCHEMA_VERSION = 1;

/**
 * A one-to-one conversation is a row of `chats`, whose existence is the session of both users; `low` and `high` are
 * the two users, the smaller id first. A group session is a row of `members`. Messages name their conversation by the
 * chat's id, or by the negative group id.
 */
const TABLES = `
  CREATE TABLE users (
    user_id INTEGER PRIMARY KEY,
    user_name TEXT NOT NULL UNIQUE,
    nick_name TEXT NOT NULL,
    attach_info TEXT NOT NULL,
    password_hash TEXT,
    token_hash TEXT,
    create_time INTEGER NOT NULL,
    -- The order of creation, which ids from a users file do not tell.
    creation INTEGER NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE chats (
    chat_id INTEGER PRIMARY KEY,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    is_robot INTEGER NOT NULL DEFAULT 0,
    last_id INTEGER NOT NULL,
    updated_time INTEGER NOT NULL,
    low_unread INTEGER NOT NULL,
    high_unread INTEGER NOT NULL,
    -- Up to which message each side has read.
    low_read INTEGER NOT NULL DEFAULT 0,
    high_read INTEGER NOT NULL DEFAULT 0,
    UNIQUE (low, high)
  ) STRICT;
  CREATE INDEX chats_by_high ON chats (high);

  CREATE TABLE groups (
    group_id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_name TEXT NOT NULL,
    owner INTEGER NOT NULL,
    mute_model INTEGER NOT NULL DEFAULT 0,
    create_time INTEGER NOT NULL,
    update_time INTEGER NOT NULL,
    disbanded INTEGER NOT NULL DEFAULT 0,
    last_id INTEGER NOT NULL DEFAULT 0,
    -- Time of the newest message.
    active_time INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE members (
    group_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    -- The newest message before the member joined: it and what is older stay hidden.
    joined_after INTEGER NOT NULL,
    read_id INTEGER NOT NULL,
    PRIMARY KEY (group_id, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX members_by_user ON members (user_id);

  CREATE TABLE messages (
    conversation INTEGER NOT NULL,
    server_msg_id INTEGER NOT NULL,
    from_user_id INTEGER NOT NULL,
    client_msg_id TEXT NOT NULL,
    msg_type INTEGER NOT NULL,
    create_time INTEGER NOT NULL,
    msg_data BLOB NOT NULL,
    PRIMARY KEY (conversation, server_msg_id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX messages_by_client_id ON messages (from_user_id, client_msg_id);
`;

/**
 * Makes the tables of an empty database, or checks that they are of this version.
 * @throws StoreError `newer-schema`
 */
export function prepareSchema(database: DatabaseSync, file: string): void {
  const row = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (row.user_version === SCHEMA_VERSION) return;
  if (row.user_version !== 0) {
    throw new StoreError(
      "newer-schema",
      `${file} has tables of version ${row.user_version}; this server knows version ${SCHEMA_VERSION}`,
    );
  }
  database.exec(`BEGIN; ${TABLES} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
}

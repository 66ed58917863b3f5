import type { PoolClient } from "pg";
import { StoreError } from "../errors.ts";

/** Each step brings the tables from one version to the next; a step that was published is never changed. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE users (
    user_id bigint PRIMARY KEY,
    user_name text NOT NULL UNIQUE,
    nick_name text NOT NULL,
    attach_info text NOT NULL,
    password_hash text,
    token_hash text,
    create_time bigint NOT NULL,
    creation bigint GENERATED ALWAYS AS IDENTITY UNIQUE
  );
  CREATE SEQUENCE user_ids;

  -- A one-to-one conversation and the session of both users; low is the smaller id.
  CREATE TABLE chats (
    chat_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    low bigint NOT NULL,
    high bigint NOT NULL,
    is_robot boolean NOT NULL DEFAULT false,
    last_id bigint NOT NULL,
    updated_time bigint NOT NULL,
    low_unread bigint NOT NULL,
    high_unread bigint NOT NULL,
    low_read bigint NOT NULL DEFAULT 0,
    high_read bigint NOT NULL DEFAULT 0,
    UNIQUE (low, high)
  );
  CREATE INDEX chats_by_high ON chats (high);

  CREATE TABLE groups (
    group_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_name text NOT NULL,
    owner bigint NOT NULL,
    mute_model integer NOT NULL DEFAULT 0,
    create_time bigint NOT NULL,
    update_time bigint NOT NULL,
    disbanded boolean NOT NULL DEFAULT false,
    last_id bigint NOT NULL DEFAULT 0,
    active_time bigint NOT NULL
  );

  CREATE TABLE members (
    group_id bigint NOT NULL,
    user_id bigint NOT NULL,
    -- The newest message before the member joined: it and what is older stay hidden.
    joined_after bigint NOT NULL,
    read_id bigint NOT NULL,
    PRIMARY KEY (group_id, user_id)
  );
  CREATE INDEX members_by_user ON members (user_id);

  -- The conversation is a chat_id, or a negative group_id.
  CREATE TABLE messages (
    conversation bigint NOT NULL,
    server_msg_id bigint NOT NULL,
    from_user_id bigint NOT NULL,
    client_msg_id bytea NOT NULL,
    msg_type integer NOT NULL,
    create_time bigint NOT NULL,
    msg_data bytea NOT NULL,
    PRIMARY KEY (conversation, server_msg_id),
    UNIQUE (from_user_id, client_msg_id)
  );
  `,
];

/** Writes the version of the tables anew: a standby, a session that may only read and a full disk refuse it. */
export const WRITE_ANEW = "UPDATE schema_version SET version = version";

/** Any number; servers that start together take turns with it. */
const MIGRATION_LOCK = 0x63756d;

/**
 * Brings the tables to the newest version, in one transaction.
 * @throws StoreError `newer-schema`
 */
export async function migrate(client: PoolClient): Promise<void> {
  await client.query("BEGIN");
  try {
    // Large tables take their time, and so do the other servers.
    await client.query("SET LOCAL statement_timeout = 0");
    await client.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await client.query("CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)");
    const { rows } = await client.query<{ version: number }>("SELECT version FROM schema_version");
    const version = rows[0]?.version ?? 0;
    if (version > MIGRATIONS.length) {
      throw new StoreError(
        "newer-schema",
        `the database has tables of version ${version}; this server knows version ${MIGRATIONS.length}`,
      );
    }
    for (const step of MIGRATIONS.slice(version)) await client.query(step);
    await client.query("DELETE FROM schema_version");
    await client.query("INSERT INTO schema_version VALUES ($1)", [MIGRATIONS.length]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

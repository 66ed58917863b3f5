import { StoreError } from "./errors.ts";
import { openPostgresStore } from "./postgres/index.ts";
import { openSqliteStore, type SqliteOptions } from "./sqlite/index.ts";
import type { Store } from "./store.ts";

/**
 * Opens the store that an address names: `memory:`, `sqlite:FILE` or `postgres://…`.
 * @throws StoreError
 */
export async function openStore(address: string, options: Omit<SqliteOptions, "file">): Promise<Store> {
  if (address === "memory:") return openSqliteStore({ ...options, file: ":memory:" });
  if (/^postgres(ql)?:\/\//.test(address)) return openPostgresStore(address, options.committed);
  const file = /^sqlite:(.+)$/.exec(address)?.[1];
  if (file === undefined) {
    throw new StoreError("bad-address", `"${address}" is not a store; expected memory:, sqlite:FILE or postgres://…`);
  }
  return openSqliteStore({ ...options, file });
}

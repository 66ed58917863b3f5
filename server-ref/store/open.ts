import { StoreError } from "./errors.ts";
import { openSqliteStore, type SqliteOptions } from "./sqlite/index.ts";
import type { Store } from "./store.ts";

/**
 * Opens the store that an address names: `memory:`, or `sqlite:FILE`.
 * @throws StoreError
 */
export async function openStore(address: string, options: Omit<SqliteOptions, "file">): Promise<Store> {
  if (address === "memory:") return openSqliteStore({ ...options, file: ":memory:" });
  const file = /^sqlite:(.+)$/.exec(address)?.[1];
  if (file === undefined) {
    throw new StoreError("bad-address", `"${address}" is not a store; expected memory: or sqlite:FILE`);
  }
  return openSqliteStore({ ...options, file });
}

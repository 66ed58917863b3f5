import { isStoreError, StoreError } from "../errors.ts";
import type { Committed, Store } from "../store.ts";
import { groupOperations } from "./groups.ts";
import { Lanes } from "./lanes.ts";
import { messageOperations } from "./messages.ts";
import { migrate, WRITE_ANEW } from "./schema.ts";
import { sessionOperations } from "./sessions.ts";
import { userOperations } from "./users.ts";

/**
 * Opens a PostgreSQL database that any number of servers may share. A commit is answered when it is on the database's
 * disk, so both grades of durability are met.
 * @param address `postgres://…`
 * @throws StoreError
 */
export async function openPostgresStore(address: string, committed: Committed): Promise<Store> {
  const lanes = new Lanes(address, committed);
  try {
    await lanes.prepare(migrate);
  } catch (error) {
    await lanes.close();
    if (isStoreError(error) && error.code !== "connection-lost") throw error;
    // The address may hold a password, so only its host is told.
    const { host } = new URL(address);
    throw new StoreError("unavailable", `cannot use PostgreSQL at ${host}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return {
    ...userOperations(lanes),
    ...messageOperations(lanes),
    ...sessionOperations(lanes),
    ...groupOperations(lanes),
    ping: () => lanes.probe((client) => client.query(WRITE_ANEW)),
    close: () => lanes.close(),
    abandon: () => lanes.close(),
  };
}

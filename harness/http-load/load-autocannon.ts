import { CuppingError } from "../errors.ts";

/** The library, loaded only where the HTTP API is put under load: it brings 57 packages. */
export type Autocannon = typeof import("autocannon");

/**
 * Loads autocannon.
 * @throws CuppingError `usage` where it is not installed
 */
export async function loadAutocannon(): Promise<Autocannon> {
  try {
    return (await import("autocannon")).default as unknown as Autocannon;
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new CuppingError("usage", "load http needs the package autocannon: npm install --save-dev autocannon");
  }
}

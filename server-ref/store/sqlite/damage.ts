import { StoreError } from "../errors.ts";

/** Primary codes of SQLite for pages that contradict each other, and for a file that is no database. */
const DAMAGE: ReadonlySet<number> = new Set([11, 26]);

/** One sentence for a damaged database. */
export function damaged(file: string, reason: string, options?: ErrorOptions): StoreError {
  return new StoreError("corrupt", `the database ${file} is damaged (${reason}); restore it from a backup`, options);
}

/** An error of SQLite's about damage as {@link damaged}; any other as it is. */
export function explainDamage(file: string, error: unknown): unknown {
  const { errcode = 0, message } = error as Error & { errcode?: number };
  return DAMAGE.has(errcode & 0xff) ? damaged(file, message, { cause: error }) : error;
}

import { StoreError } from "../errors.ts";

/** Primary codes of SQLite for pages that contradict each other, and for a file that is no database. */
const [CORRUPT, NOT_A_DATABASE] = [11, 26];

function codeOf(error: unknown): number {
  const { errcode = 0 } = error as Error & { errcode?: number };
  return errcode & 0xff;
}

/** Whether SQLite found pages that contradict each other. */
export function isDamage(error: unknown): boolean {
  return codeOf(error) === CORRUPT;
}

/** One sentence for a damaged database. */
export function damaged(file: string, reason: string, options?: ErrorOptions): StoreError {
  return new StoreError("corrupt", `the database ${file} is damaged (${reason}); restore it from a backup`, options);
}

/** An error of SQLite's about damage as {@link damaged}; any other as it is. */
export function explainDamage(file: string, error: unknown): unknown {
  if (!isDamage(error) && codeOf(error) !== NOT_A_DATABASE) return error;
  return damaged(file, (error as Error).message, { cause: error });
}

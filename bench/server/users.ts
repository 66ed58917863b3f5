import { writeFile } from "node:fs/promises";

/** An account of a benchmark; it logs in by token, which costs the server no password hash. */
export interface BenchUser {
  user_id: bigint;
  token: string;
  /** Tells the messages of this run from those of others in the same store. */
  run: string;
}

/** Accounts 1 to `count`. */
export function benchUsers(count: number, run: string): BenchUser[] {
  return Array.from({ length: count }, (_, index) => ({
    user_id: BigInt(index + 1),
    token: `token-${index + 1}`,
    run,
  }));
}

/** Writes the accounts as `--users-file` takes them. */
export async function writeUsersFile(path: string, users: readonly BenchUser[]): Promise<void> {
  const lines = users.map(({ user_id, token }) => `${user_id},bench${user_id},,${token}`);
  await writeFile(path, `user_id,user_name,password,token\n${lines.join("\n")}\n`);
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AccountSource, accountsFromFile } from "../../harness/accounts/index.ts";

/** Enough for every case about tokens. */
const ACCOUNTS = 40;
/** Ids above 32 bits signed, as robots have them, and away from what the server numbers itself. */
const FIRST_ID = 3_000_000_001;

/** A users file for the reference server, because registration gives nobody a token. Removed with this process. */
export function writeTokenAccounts(seed: number): string {
  const folder = mkdtempSync(join(tmpdir(), "cupping-users-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "users.csv");
  const lines = Array.from({ length: ACCOUNTS }, (_, index) => {
    const id = FIRST_ID + index;
    return `${id},token-user-${index + 1},password-${id},token-${seed}-${id}`;
  });
  writeFileSync(path, `user_id,user_name,password,token\n${lines.join("\n")}\n`, { mode: 0o600 });
  return path;
}

/** Accounts of one source, and those with a token from a users file. */
export function withTokens(source: AccountSource, usersFile: string): AccountSource {
  const { takeWithToken } = accountsFromFile(usersFile);
  return {
    registers: source.registers,
    size: source.size,
    take: (signal) => source.take(signal),
    ...(takeWithToken && { takeWithToken }),
  };
}

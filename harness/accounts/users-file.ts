import { passwordDigest } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import { systemReason } from "../system-reason.ts";
import { readText } from "../text-file.ts";
import type { Account, AccountShare, AccountSource } from "./account.ts";
import { type CsvRow, parseCsv } from "./csv.ts";
import { Secrets } from "./secrets.ts";

const COLUMNS = ["user_id", "user_name", "password", "token"] as const;
type Column = (typeof COLUMNS)[number];
const LARGEST_ID = 2n ** 64n - 1n;

/**
 * Accounts from a CSV file with the columns user_id, user_name, password, token. A first line with these names may
 * give them in any order and leave out user_id and token; without one the columns stand in this order.
 * @param secrets takes note of every account
 * @param byToken whether accounts log in by user_id and token alone: names and passwords may be missing then
 * @param share the accounts that are this run's, counted in the order in which loads take them: those with a token first
 * @throws CuppingError `usage` naming file and line
 */
export function accountsFromFile(
  path: string,
  secrets: Secrets = new Secrets(),
  { byToken = false, share }: { readonly byToken?: boolean; readonly share?: AccountShare | undefined } = {},
): AccountSource {
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    const option = byToken ? "--token-users" : "--users file";
    throw new CuppingError("usage", `${option}: ${path} cannot be read: ${systemReason(error)}`);
  }
  const all = parseUsers(text, path, secrets, byToken);
  return listedAccounts(share ? accountsOf(share, all, path) : all, path, secrets);
}

/**
 * The accounts in the text of a users file.
 * @param path for error messages
 * @param secrets takes note of every account
 * @throws CuppingError `usage`
 */
export function parseUsers(text: string, path: string, secrets: Secrets, byToken: boolean = false): Account[] {
  let rows: CsvRow[];
  try {
    rows = parseCsv(text);
  } catch (error) {
    throw new CuppingError("usage", `${path}, ${(error as Error).message}`);
  }
  refuseOtherSeparators(rows[0], path);
  const isHeader = rows[0]?.cells.some((name) => (COLUMNS as readonly string[]).includes(name)) ?? false;
  const columns = isHeader ? readHeader(rows.shift() as CsvRow, path, byToken) : [...COLUMNS];
  const accounts = rows.map((row) => readAccount(row, columns, path, secrets, byToken));
  if (accounts.length === 0)
    throw new CuppingError("usage", `${path} holds no account; expected lines of ${COLUMNS.join(",")}`);
  refuseRepeatedNames(accounts, rows, path);
  return accounts;
}

function accountsOf({ first, count, of }: AccountShare, accounts: readonly Account[], path: string): Account[] {
  if (accounts.length < of) {
    throw new CuppingError(
      "usage",
      `${path} holds ${accounts.length} accounts, and all slices together need ${of}: every slice is given the same whole file`,
    );
  }
  const inTurn = [...accounts.filter(hasToken), ...accounts.filter((account) => !hasToken(account))];
  return inTurn.slice(first, first + count);
}

/** What a spreadsheet writes in countries where the comma stands in numbers. */
function refuseOtherSeparators(first: CsvRow | undefined, path: string): void {
  const [cell = "", ...others] = first?.cells ?? [];
  const separator = others.length > 0 ? undefined : [";", "\t"].find((one) => cell.split(one).length > 1);
  if (separator === undefined) return;
  const name = separator === ";" ? "semicolons" : "tabs";
  throw new CuppingError("usage", `${path}, line ${first?.line}: the cells are separated by ${name}; expected commas`);
}

function readHeader({ line, cells }: CsvRow, path: string, byToken: boolean): Column[] {
  // No cell is told: it may be a password in the wrong place.
  const unknown = cells.findIndex((name) => !(COLUMNS as readonly string[]).includes(name));
  if (unknown >= 0) {
    throw new CuppingError(
      "usage",
      `${path}, line ${line}: column ${unknown + 1} has no name that is known; expected ${COLUMNS.join(", ")}`,
    );
  }
  for (const needed of byToken ? ["user_id", "token"] : ["user_name", "password"]) {
    if (!cells.includes(needed))
      throw new CuppingError("usage", `${path}, line ${line}: the column "${needed}" is missing`);
  }
  return cells as Column[];
}

function readAccount(
  { line, cells }: CsvRow,
  columns: readonly Column[],
  path: string,
  secrets: Secrets,
  byToken: boolean,
): Account {
  const fail = (what: string): CuppingError => new CuppingError("usage", `${path}, line ${line}: ${what}`);
  if (cells.length > columns.length) {
    throw fail(`${cells.length} cells where ${columns.length} are expected (${columns.join(",")})`);
  }
  const value = (column: Column): string => cells[columns.indexOf(column)] ?? "";
  const user_name = value("user_name");
  const id = value("user_id");
  const token = value("token");
  const needed = byToken ? { user_id: id, token } : { user_name, password: value("password") };
  const empty = Object.entries(needed).find(([, cell]) => cell === "")?.[0];
  if (empty !== undefined) {
    const hint = empty === "password" && token !== "" ? "; an account with a token alone is for --token-users" : "";
    throw fail(`the ${empty} is empty${hint}`);
  }
  if (id !== "" && !(/^\d{1,20}$/.test(id) && BigInt(id) > 0n && BigInt(id) <= LARGEST_ID)) {
    throw fail("the user_id is not a whole number from 1 to 2^64-1");
  }
  const account: Account = {
    user_name,
    user_pwd: passwordDigest(value("password")),
    nick_name: user_name,
    ...(id !== "" && { user_id: BigInt(id) }),
    ...(token !== "" && { user_token: token }),
  };
  secrets.addPassword(value("password"));
  secrets.add(account);
  return account;
}

function refuseRepeatedNames(accounts: readonly Account[], rows: readonly CsvRow[], path: string): void {
  const lines = new Map<string, number>();
  for (const [index, { user_name }] of accounts.entries()) {
    const { line } = rows[index] as CsvRow;
    if (user_name === "") continue;
    const before = lines.get(user_name);
    if (before !== undefined) {
      throw new CuppingError("usage", `${path}, line ${line}: the user_name is already in line ${before}`);
    }
    lines.set(user_name, line);
  }
}

type AccountWithToken = Account & { user_id: bigint; user_token: string };

function hasToken(account: Account): account is AccountWithToken {
  return account.user_token !== undefined && account.user_id !== undefined;
}

function listedAccounts(accounts: readonly Account[], path: string, secrets: Secrets): AccountSource {
  const withToken = accounts.filter(hasToken);
  const withoutToken = accounts.filter((account) => !hasToken(account));
  const back: Account[] = [];
  let tokensTaken = 0;
  let othersTaken = 0;
  const none = (kind: string): CuppingError =>
    new CuppingError("usage", `${path} holds ${accounts.length} accounts, but the run needs more${kind}; add some`);
  return {
    registers: false,
    size: accounts.length,
    secrets,
    async take() {
      // Those without a token first: the others are kept for whoever needs one.
      const account = back.shift() ?? withoutToken[othersTaken++] ?? withToken[tokensTaken++];
      if (!account) throw none("");
      return account;
    },
    putBack: (account) => void back.push(account),
    ...(withToken.length > 0 && {
      async takeWithToken() {
        const account = withToken[tokensTaken++];
        if (!account) throw none(" with a user_id and a token");
        return account;
      },
    }),
  };
}

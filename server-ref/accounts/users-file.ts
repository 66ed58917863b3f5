import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { CsvError, parseCsv } from "./csv.ts";

/** Columns of a users file; `nick_name` may be left out. */
const COLUMNS = ["user_id", "user_name", "password", "token"] as const;
const NICKNAME_COLUMN = "nick_name";

/** Largest user id the stores hold: 2^63-1. */
const LARGEST_USER_ID = 2n ** 63n - 1n;

/** The users file cannot be used; the message names the file and the line. */
export class UsersFileError extends Error {
  override readonly name = "UsersFileError";
}

/** One account of a users file. */
export interface FileUser {
  user_id: bigint;
  user_name: string;
  /** As it travels in a login: the lower-case MD5 hex text of the password (LOGIN-15). Undefined: token login only. */
  password: string | undefined;
  /** Undefined: password login only (LOGIN-06). */
  token: string | undefined;
  /** The user name unless the file has a `nick_name` column. */
  nick_name: string;
}

/**
 * The password as clients send it (LOGIN-15). A column of 32 hexadecimal digits is that text already; anything else
 * is the password itself.
 */
function passwordOnTheWire(password: string): string {
  return /^[0-9a-f]{32}$/i.test(password) ? password : createHash("md5").update(password).digest("hex");
}

function readUserId(text: string): bigint {
  if (!/^[0-9]+$/.test(text)) throw new Error(`user_id is "${text}"; expected a whole number above 0`);
  const id = BigInt(text);
  if (id < 1n || id > LARGEST_USER_ID) throw new Error(`user_id ${text} is outside 1 to ${LARGEST_USER_ID}`);
  return id;
}

function readUser(fields: string[], hasNickname: boolean): FileUser {
  const expected = hasNickname ? COLUMNS.length + 1 : COLUMNS.length;
  if (fields.length !== expected) {
    throw new Error(
      `has ${fields.length} fields; expected ${expected}: ${COLUMNS.join(",")}${hasNickname ? `,${NICKNAME_COLUMN}` : ""}`,
    );
  }
  const [id = "", name = "", password = "", token = "", nickname = ""] = fields.map((field) => field.trim());
  if (name === "") throw new Error("user_name is empty");
  if (password === "" && token === "") throw new Error("has neither a password nor a token; one of them is needed");
  return {
    user_id: readUserId(id),
    user_name: name,
    password: password === "" ? undefined : passwordOnTheWire(password),
    token: token === "" ? undefined : token,
    nick_name: nickname === "" ? name : nickname,
  };
}

/**
 * The accounts in a users file's text: CSV with the columns user_id, user_name, password, token and, if the header line
 * names it, nick_name. The header line may be left out.
 * @throws UsersFileError naming the line: wrong number of fields, bad id, neither password nor token, the same id or
 *   name twice
 */
export function parseUsersFile(text: string): FileUser[] {
  const users: FileUser[] = [];
  const lineOf = new Map<bigint | string, number>();
  let hasNickname = false;
  for (const [index, { line, fields }] of readRecords(text).entries()) {
    if (index === 0 && fields[0]?.trim() === COLUMNS[0]) {
      hasNickname = readHeader(line, fields);
      continue;
    }
    try {
      const user = readUser(fields, hasNickname);
      for (const key of [user.user_id, user.user_name]) {
        const earlier = lineOf.get(key);
        if (earlier !== undefined) throw new Error(`"${key}" stands on line ${earlier} already`);
        lineOf.set(key, line);
      }
      users.push(user);
    } catch (error) {
      throw new UsersFileError(`line ${line}: ${(error as Error).message}`);
    }
  }
  return users;
}

function readRecords(text: string): ReturnType<typeof parseCsv> {
  try {
    return parseCsv(text);
  } catch (error) {
    if (error instanceof CsvError) throw new UsersFileError(error.message);
    throw error;
  }
}

/** Whether the header line names the nickname column too. */
function readHeader(line: number, fields: string[]): boolean {
  const names = fields.map((field) => field.trim());
  const plain = COLUMNS.join(",");
  if (names.join(",") === plain) return false;
  if (names.join(",") === `${plain},${NICKNAME_COLUMN}`) return true;
  throw new UsersFileError(
    `line ${line}: the header is "${names.join(",")}"; expected ${plain} or ${plain},${NICKNAME_COLUMN}`,
  );
}

/**
 * The accounts in a users file.
 * @throws UsersFileError naming the file, and the line where one is wrong
 */
export async function readUsersFile(path: string): Promise<FileUser[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new UsersFileError(`cannot read the users file ${path}: ${(error as Error).message}`);
  }
  try {
    return parseUsersFile(text);
  } catch (error) {
    if (error instanceof UsersFileError) throw new UsersFileError(`${path}, ${error.message}`);
    throw error;
  }
}

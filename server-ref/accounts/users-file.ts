import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isServerError, ServerError } from "../errors.ts";
import { robotById } from "../robots/robots.ts";
import { systemReason } from "../store/errors.ts";
import { type CsvRecord, parseCsv } from "./csv.ts";

const COLUMNS = ["user_id", "user_name", "password", "token"] as const;
type Column = (typeof COLUMNS)[number];

const LARGEST_USER_ID = 2n ** 64n - 1n;

/** One account of a users file. */
export interface FileUser {
  /** Undefined: the store gives one. */
  user_id: bigint | undefined;
  user_name: string;
  /** As it travels in a login: the lower-case MD5 hex text of the password (LOGIN-15). Undefined: token login only. */
  password: string | undefined;
  /** Undefined: password login only (LOGIN-06). */
  token: string | undefined;
}

function passwordOnTheWire(password: string): string {
  return createHash("md5").update(password).digest("hex");
}

function readUserId(text: string): bigint {
  // No cell is told: it may be a password in the wrong place.
  const id = /^[0-9]{1,20}$/.test(text) ? BigInt(text) : 0n;
  if (id < 1n || id > LARGEST_USER_ID) throw new Error(`user_id is not a whole number from 1 to ${LARGEST_USER_ID}`);
  if (robotById(id)) throw new Error("user_id belongs to a robot");
  return id;
}

function readUser(fields: string[], columns: readonly Column[]): FileUser {
  if (fields.length !== columns.length) {
    throw new Error(`has ${fields.length} fields; expected ${columns.length}: ${columns.join(",")}`);
  }
  const value = (column: Column): string => fields[columns.indexOf(column)] ?? "";
  const [id, name, password, token] = COLUMNS.map(value) as [string, string, string, string];
  if (name === "") throw new Error("user_name is empty");
  if (password === "" && token === "") throw new Error("has neither a password nor a token; one of them is needed");
  return {
    user_id: id === "" ? undefined : readUserId(id),
    user_name: name,
    password: password === "" ? undefined : passwordOnTheWire(password),
    token: token === "" ? undefined : token,
  };
}

/**
 * The accounts in a users file's text: CSV with the columns user_id, user_name, password, token. A first line with
 * these names may give them in another order and leave out all but user_name and one of password and token.
 * @throws ServerError `bad-users-file` naming the line: wrong number of fields, bad id, neither password nor token, the same id or
 *   name twice
 */
export function parseUsersFile(text: string): FileUser[] {
  const records = readRecords(text);
  const hasHeader = records[0]?.fields.some(isColumn) ?? false;
  const columns = hasHeader ? readHeader(records.shift() as CsvRecord) : COLUMNS;
  const lineOf = new Map<bigint | string, number>();
  return records.map(({ line, fields }) => {
    try {
      const user = readUser(fields, columns);
      for (const column of ["user_id", "user_name"] as const) {
        const key = user[column];
        if (key === undefined) continue;
        const earlier = lineOf.get(key);
        if (earlier !== undefined) throw new Error(`the same ${column} stands on line ${earlier} already`);
        lineOf.set(key, line);
      }
      return user;
    } catch (error) {
      throw new ServerError("bad-users-file", `line ${line}: ${(error as Error).message}`);
    }
  });
}

function readRecords(text: string): CsvRecord[] {
  try {
    return parseCsv(text);
  } catch (error) {
    if (isServerError(error, "bad-csv")) throw new ServerError("bad-users-file", error.message);
    throw error;
  }
}

function isColumn(name: string): name is Column {
  return (COLUMNS as readonly string[]).includes(name);
}

function readHeader({ line, fields }: CsvRecord): Column[] {
  const unknown = fields.findIndex((name) => !isColumn(name));
  if (unknown >= 0) {
    throw new ServerError(
      "bad-users-file",
      `line ${line}: column ${unknown + 1} has no name that is known; expected ${COLUMNS.join(",")}`,
    );
  }
  if (!fields.includes("user_name"))
    throw new ServerError("bad-users-file", `line ${line}: the column "user_name" is missing`);
  return fields as Column[];
}

/**
 * The accounts in a users file.
 * @throws ServerError `bad-users-file` naming the file, and the line where one is wrong
 */
export async function readUsersFile(path: string): Promise<FileUser[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new ServerError("bad-users-file", `cannot read the users file ${path}: ${systemReason(error)}`);
  }
  try {
    return parseUsersFile(text);
  } catch (error) {
    if (isServerError(error, "bad-users-file")) throw new ServerError("bad-users-file", `${path}, ${error.message}`);
    throw error;
  }
}

import { ServerError } from "../errors.ts";
import { mark } from "../marks.ts";
import { welcomes } from "../robots/robots.ts";
import type { Store } from "../store/store.ts";
import type { User } from "../store/users.ts";
import type { PasswordHasher } from "./password-hash.ts";
import { hashToken } from "./token-hash.ts";
import type { FileUser } from "./users-file.ts";

/** Users of a file that are made at the same time: more than one, so that their commits are grouped. */
const USERS_AT_A_TIME = 64;

/** What accounts are made with. */
export interface AccountServices {
  store: Pick<Store, "createUser" | "userById" | "userByName">;
  passwords: PasswordHasher;
  /** Unix seconds. */
  nowSeconds(): number;
}

/** What a registration asks for; all three without leading and trailing blanks. */
export interface Registration {
  user_name: string;
  nick_name: string;
  /** The 32 characters as sent, compared as they are (LOGIN-15). */
  password: string;
}

/** Makes the account, its robot sessions included (HTTP-12); false when the name is taken. */
export type RegisterAccount = (registration: Registration) => Promise<boolean>;

/** Makes accounts as the HTTP API asks for them: with a password, without a token, with the robots' sessions. */
export function registrar(makers: AccountServices): RegisterAccount {
  return async ({ user_name, nick_name, password }) => {
    // A name that is taken is not worth a hash; that two registrations race is the store's to decide (HTTP-08).
    if (await makers.store.userByName(user_name)) return false;
    mark("HTTP-12");
    const userId = await makers.store.createUser({
      user_id: undefined,
      user_name,
      nick_name,
      attach_info: "",
      password_hash: await makers.passwords.hash(password),
      token_hash: undefined,
      welcomes: welcomes(),
      create_time: makers.nowSeconds(),
    });
    return userId !== undefined;
  };
}

/**
 * Makes the accounts of a users file that do not exist yet; those that do stay as they are. They have no sessions:
 * robots greet who registers over HTTP (ROBOT-02).
 * @returns how many were made
 * @throws ServerError `bad-users-file` when an id or a name belongs to another account
 */
export async function createFileUsers(users: readonly FileUser[], makers: AccountServices): Promise<number> {
  // Those who bring an id first, so that it is not given to somebody else.
  const inOrder = users.toSorted((a, b) => Number(a.user_id === undefined) - Number(b.user_id === undefined));
  let made = 0;
  for (let start = 0; start < inOrder.length; start += USERS_AT_A_TIME) {
    const batch = inOrder.slice(start, start + USERS_AT_A_TIME);
    const outcomes = await Promise.all(batch.map((user) => createFileUser(user, makers)));
    made += outcomes.filter(Boolean).length;
  }
  return made;
}

/** @returns whether it was made */
async function createFileUser(user: FileUser, { store, passwords, nowSeconds }: AccountServices): Promise<boolean> {
  if (await exists(user, store)) return false;
  const { user_id, user_name, password, token } = user;
  const made = await store.createUser({
    user_id,
    user_name,
    nick_name: user_name,
    attach_info: "",
    // No client waits for these: a slow machine or a dear cost makes the start longer, not impossible.
    password_hash: password === undefined ? undefined : await passwords.hash(password, Number.POSITIVE_INFINITY),
    token_hash: token === undefined ? undefined : hashToken(token),
    welcomes: [],
    create_time: nowSeconds(),
  });
  return made !== undefined;
}

async function exists({ user_id, user_name }: FileUser, store: AccountServices["store"]): Promise<boolean> {
  const byName = await store.userByName(user_name);
  if (user_id === undefined) return byName !== undefined;
  const byId = await store.userById(user_id);
  for (const other of [byId, byName]) {
    if (other && (other.user_id !== user_id || other.user_name !== user_name))
      throw conflict(user_id, user_name, other);
  }
  return byId !== undefined;
}

function conflict(id: bigint, name: string, { user_id, user_name }: User): ServerError {
  return new ServerError(
    "bad-users-file",
    `user ${id} "${name}" of the users file cannot be created: the store holds ${user_id} "${user_name}" already`,
  );
}

/** An account as the store holds it. */
export interface User {
  user_id: bigint;
  user_name: string;
  nick_name: string;
  /** Free text of the application, returned at login (LOGIN-14). */
  attach_info: string;
  /** What the password hasher made; undefined: no password login. */
  password_hash: string | undefined;
  /** What the token hasher made; undefined: no token login (LOGIN-06). */
  token_hash: string | undefined;
}

/** A robot's first message to a new user (ROBOT-02). */
export interface Welcome {
  robot_id: bigint;
  client_msg_id: string;
  msg_data: Uint8Array;
}

/** An account to be made. */
export interface NewUser extends Omit<User, "user_id"> {
  /** Undefined: the store gives the next free id. */
  user_id: bigint | undefined;
  /** One robot session each, made with the account (HTTP-12). */
  welcomes: Welcome[];
  /** Unix seconds. */
  create_time: number;
}

/** Accounts. */
export interface UserOperations {
  /** The new user's id, or undefined when the name or the id is taken (HTTP-08). */
  createUser(user: NewUser): Promise<bigint | undefined>;
  userByName(userName: string): Promise<User | undefined>;
  userById(userId: bigint): Promise<User | undefined>;
  /** Stored nicknames of those users that exist. */
  nicknames(userIds: readonly bigint[]): Promise<Map<bigint, string>>;
  /** The most recently created accounts, newest first, `except` left out (FRIEND-01, FRIEND-02). */
  newestUsers(except: bigint, limit: number): Promise<{ user_id: bigint; nick_name: string }[]>;
}

import { SharedArray } from "k6/data";
import { vu } from "k6/execution";
import http from "k6/http";
import { CIMErrorCode } from "../../codegen/index.ts";
import type { K6Settings } from "./settings.ts";

/** What a user logs in with. */
export interface K6User {
  readonly user_name: string;
  /** MD5 of the password as 32 hexadecimal digits (LOGIN-15). */
  readonly user_pwd: string;
}

/** Gives each virtual user of k6 users of the target that no other has. */
export class K6Users {
  readonly #settings: K6Settings;
  readonly #perVu: number;
  readonly #given: ArrayLike<K6User> | undefined;
  /** The users of this virtual user, once they are known to exist. */
  #mine: K6User[] | undefined;

  /**
   * Made in k6's init context, since files are read there.
   * @param perVu users of the target for each virtual user
   */
  constructor(settings: K6Settings, perVu: number) {
    const { usersFile } = settings;
    this.#settings = settings;
    this.#perVu = perVu;
    this.#given = usersFile
      ? new SharedArray("cupping users", () => JSON.parse(open(usersFile)) as K6User[])
      : undefined;
  }

  /** The users of the virtual user that asks; at the first time they are registered when no file names them. */
  take(): readonly K6User[] {
    this.#mine ??= Array.from({ length: this.#perVu }, (_, index) => this.#make(index));
    return this.#mine;
  }

  #make(index: number): K6User {
    // The number is unique in the whole test, also when several instances of k6 share it.
    const number = (vu.idInTest - 1) * this.#perVu + index;
    if (this.#given) {
      const user = this.#given[number];
      if (!user) throw new Error(`the users file has ${this.#given.length} users, and number ${number + 1} is needed`);
      return user;
    }
    const user_name = `${this.#settings.run}-${number}`.padStart(5, "_");
    const user = { user_name, user_pwd: number.toString(16).padStart(32, "0") };
    this.#register(user);
    return user;
  }

  #register({ user_name, user_pwd }: K6User): void {
    const body = JSON.stringify({ userName: user_name, userNickName: user_name, userPwd: user_pwd });
    const response = http.post(`${this.#settings.http}/user/register`, body, {
      // The one form that every server must take (HTTP-02).
      headers: { "Content-Type": "application/json; charset=utf-8" },
    });
    const code = response.status === 200 ? (response.json("error_code") as number) : undefined;
    const exists = code === CIMErrorCode.kCIM_ERROR_USER_ALREADY_EXIST;
    if (code !== CIMErrorCode.kCIM_ERR_SUCCESS && !exists) {
      throw new Error(`registering a user failed with HTTP status ${response.status} and code ${code}`);
    }
  }
}

import { CIMErrorCode } from "../../codegen/index.ts";

const HOST = "127.0.0.1";

/** Ports of a server's listeners; 0: it has none of this kind. */
export interface FixturePorts {
  readonly tcp: number;
  readonly ws: number;
  readonly http: number;
}

/** An account as the HTTP API registers it. */
export interface NewAccount {
  readonly userName: string;
  readonly userNickName: string;
  /** As it travels in a login: the MD5 hex text of the password. */
  readonly userPwd: string;
}

/**
 * A server that a test uses, wherever it runs: in the test's process (`LocalServer`), in one of its own with options of
 * the test (`ChildServer`), or as `cupping serve` (`ServeProcess`). Disposing ends it and removes what it has stored in a
 * folder of its own.
 */
export abstract class ServerFixture implements AsyncDisposable {
  /** Where it listens; only while it runs. */
  abstract get ports(): FixturePorts;

  /** Ends it in order; what it has stored stays. */
  abstract stop(): Promise<void>;

  abstract [Symbol.asyncDispose](): Promise<void>;

  get tcp(): string {
    return `tcp://${HOST}:${this.ports.tcp}`;
  }

  get ws(): string {
    return `ws://${HOST}:${this.ports.ws}`;
  }

  /** Its HTTP API. */
  get http(): string {
    return `http://${HOST}:${this.ports.http}`;
  }

  /** Registers an account over the HTTP API. */
  async register(account: NewAccount): Promise<void> {
    const response = await fetch(`${this.http}/user/register`, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(account),
    });
    const { error_code, error_msg } = (await response.json()) as { error_code: number; error_msg: string };
    if (error_code !== CIMErrorCode.kCIM_ERR_SUCCESS)
      throw new Error(`registration failed: ${error_code} ${error_msg}`);
  }
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { CIMErrorCode, commands } from "../../codegen/index.ts";
import type { ServerOptions } from "../index.ts";
import { LocalServer } from "./local-server.ts";
import { TestClient } from "./test-client.ts";

/** MD5 hex texts as clients send them; any 32 characters do. */
const PASSWORD = "e10adc3949ba59abbe56e057f20f883e";

/** A server of one test, with what the test needs to use it by bare clients. */
export interface TestServer {
  server: LocalServer;
  tcp: number;
  /** Registers a user over HTTP; the name. */
  register(nickname?: string): Promise<string>;
  /** A new connection, logged in as a registered user. */
  login(userName: string): Promise<{ client: TestClient; self: bigint }>;
  /** A new user with one connection. */
  user(nickname?: string): Promise<{ client: TestClient; self: bigint; name: string }>;
  connect(): Promise<TestClient>;
}

let users = 0;

/** Starts a server on free ports that ends with the test; in memory unless told otherwise. */
export async function startTestServer(options: ServerOptions = {}): Promise<TestServer> {
  const server = await LocalServer.start(options);
  onTestFinished(() => server[Symbol.asyncDispose]());
  const { tcp } = server.ports;

  const connect = (): Promise<TestClient> => TestClient.connect(tcp);

  const register = async (userNickName = "Nick"): Promise<string> => {
    const userName = `user${String(++users).padStart(5, "0")}`;
    await server.register({ userName, userNickName, userPwd: PASSWORD });
    return userName;
  };

  const login = async (userName: string): Promise<{ client: TestClient; self: bigint }> => {
    const client = await connect();
    const answer = await client.request(commands.LOGIN_AUTH_REQ, { user_name: userName, user_pwd: PASSWORD });
    if (answer.result_code !== CIMErrorCode.kCIM_ERR_SUCCESS)
      throw new Error(`login failed: ${answer.result_code} ${answer.result_string}`);
    return { client, self: answer.user_info.user_id };
  };

  const user = async (nickname?: string): Promise<{ client: TestClient; self: bigint; name: string }> => {
    const name = await register(nickname);
    return { name, ...(await login(name)) };
  };

  return { server, tcp, register, login, user, connect };
}

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "cupping-server-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

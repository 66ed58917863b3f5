import { expect, test } from "vitest";
import { CIMErrorCode, commands } from "../codegen/index.ts";
import type { TestClient } from "./testing/test-client.ts";
import { startTestServer } from "./testing/test-server.ts";

/** Connections that each try so many passwords at once; one after the other is hashed, two at a time in all. */
const CONNECTIONS = 100;
const ATTEMPTS = 5;

test("a flood of logins delays neither messages nor logins by token", async () => {
  // The usual cost: each of these logins takes tens of milliseconds of processor time.
  const server = await startTestServer({ passwordCost: 14 });
  const { client, self } = await server.user();
  const clients: TestClient[] = await Promise.all(Array.from({ length: CONNECTIONS }, () => server.connect()));
  const answered = (): number => clients.reduce((sum, { inbox }) => sum + inbox.length, 0);
  for (const each of clients) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      each.send(commands.LOGIN_AUTH_REQ, { user_name: "nobody", user_pwd: "wrong" });
    }
  }
  for (let index = 0; index < 50; index++) {
    const message = { from_user_id: self, to_session_id: 99n, client_msg_id: String(index), msg_type: 1 } as const;
    expect((await client.request(commands.MSG_DATA, { ...message, session_type: 1 })).res_code).toBe(1);
  }
  const byToken = await server.connect();
  const refusal = await byToken.request(commands.LOGIN_AUTH_TOKEN_REQ, { user_id: 7n, user_token: "wrong" });
  expect(refusal.result_code).toBe(CIMErrorCode.kCIM_ERR_LOGIN_INVALID_USER_TOKEN);
  // All of this was served while most of the flood still waited.
  expect(answered()).toBeLessThan((CONNECTIONS * ATTEMPTS) / 2);
});

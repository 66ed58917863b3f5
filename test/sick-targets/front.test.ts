import { once } from "node:events";
import { expect, test } from "vitest";
import { CIMMsgType, CIMSessionType, commands, encodeFrame } from "../../codegen/index.ts";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { TestClient } from "../../server-ref/testing/test-client.ts";
import type { Front } from "./front.ts";
import { crashesOnce, healthy } from "./index.ts";
import { runAgainst } from "./run.ts";

const PASSWORD = "0123456789abcdef0123456789abcdef";

async function register(front: Front, userName: string): Promise<void> {
  const body = JSON.stringify({ userName, userNickName: userName, userPwd: PASSWORD });
  await fetch(`${front.http}/user/register`, {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
    body,
  });
}

async function logIn(port: number): Promise<{ client: TestClient; self: bigint }> {
  const client = await TestClient.connect(port);
  const answer = await client.request(commands.LOGIN_AUTH_REQ, { user_name: "alice", user_pwd: PASSWORD });
  return { client, self: answer.user_info?.user_id as bigint };
}

test("a target that dies of a packet takes nothing of what stands behind it in the same read", async () => {
  const front = (await crashesOnce(1).start()) as Front;
  try {
    await register(front, "alice");
    const { client, self } = await logIn(Number(front.target.split(":")[2]));
    const message = (client_msg_id: string) =>
      encodeFrame(
        commands.MSG_DATA,
        {
          from_user_id: self,
          to_session_id: 77n,
          session_type: CIMSessionType.kCIM_SESSION_TYPE_SINGLE,
          msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT,
          client_msg_id,
          msg_data: Buffer.from("text"),
        },
        7,
      );
    const closed = once(client.socket, "close");
    client.socket.write(Buffer.concat([message("1"), message("2")]));
    await closed;
    const witness = await logIn(front.ports.tcp as number);
    const list = await witness.client.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: self });
    const sessions: { session_id: bigint }[] = list.contact_session_list;
    expect(sessions.filter(({ session_id }) => session_id === 77n)).toEqual([]);
    witness.client.socket.destroy();
  } finally {
    await front.stop();
  }
});

test("a front with nothing wrong changes nothing, also for a client that ends its side and waits", {
  timeout: 120_000,
}, async () => {
  const words = ["conformance", "--only", "CONN-03/*,CONN-20/*", "--jobs", "1"];
  const { code, result } = await runAgainst<ConformanceResult>(healthy, ...words);
  expect({ code, ...result?.summary }).toMatchObject({ code: 0, warned: 0, couldNotRun: 0 });
});

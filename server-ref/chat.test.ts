import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { type CIMMsgData, commands, type Partially } from "../codegen/index.ts";
import { startTestServer } from "./testing/test-server.ts";

function text(from: bigint, to: bigint, content: string, client_msg_id: string = randomUUID()): Partially<CIMMsgData> {
  return {
    from_user_id: from,
    to_session_id: to,
    client_msg_id,
    msg_type: 1,
    session_type: 1,
    msg_data: new Uint8Array(Buffer.from(content)),
  };
}

test("a message is acknowledged, pushed, counted as unread, listed and kept", async () => {
  const server = await startTestServer();
  const alice = await server.user("Alice");
  const bob = await server.user("Bob");
  const sent = text(alice.self, bob.self, "hi");

  const ack = await alice.client.request(commands.MSG_DATA, { ...sent, create_time: 7, from_nick_name: "liar" });
  expect(ack).toMatchObject({
    from_user_id: alice.self,
    to_session_id: bob.self,
    client_msg_id: sent.client_msg_id,
    server_msg_id: 1n,
    res_code: 1,
    session_type: 1,
  });
  expect(ack.create_time).toBeGreaterThan(1_600_000_000);

  const push = await bob.client.next(commands.MSG_DATA);
  expect(push).toEqual({ ...push, ...sent, server_msg_id: 1n, create_time: ack.create_time, from_nick_name: "Alice" });

  const list = await bob.client.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: bob.self });
  expect(list.unread_counts).toBe(3);
  const [session] = list.contact_session_list.filter((each: { session_id: bigint }) => each.session_id === alice.self);
  expect(session).toMatchObject({
    session_type: 1,
    session_status: 1,
    unread_cnt: 1,
    msg_id: sent.client_msg_id,
    server_msg_id: 1n,
    msg_time_stamp: ack.create_time,
    msg_type: 1,
    msg_from_user_id: alice.self,
    is_robot_session: false,
  });

  const history = await bob.client.request(commands.LIST_MSG_REQ, {
    user_id: bob.self,
    session_type: 1,
    session_id: alice.self,
    limit_count: 100,
  });
  expect(history.msg_list).toHaveLength(1);
  expect(history.msg_list[0]).toMatchObject({
    client_msg_id: sent.client_msg_id,
    server_msg_id: 1n,
    from_user_id: alice.self,
    to_session_id: alice.self,
    msg_res_code: 1,
  });
  expect(Buffer.from(history.msg_list[0].msg_data).toString()).toBe("hi");
});

test("a repeated message is stored, counted and pushed once, and keeps its first id", async () => {
  const server = await startTestServer();
  const alice = await server.user();
  const bob = await server.user();
  const sent = text(alice.self, bob.self, "once");
  const first = await alice.client.request(commands.MSG_DATA, sent);
  await alice.client.request(commands.MSG_DATA, text(alice.self, bob.self, "other"));
  const again = await alice.client.request(commands.MSG_DATA, sent);
  expect(again).toEqual(first);
  await bob.client.settle(bob.self);
  expect(bob.client.inbox.map(({ message }) => message.server_msg_id)).toEqual([1n, 2n]);
});

test("requests sent in one segment are answered in their order", async () => {
  const server = await startTestServer();
  const alice = await server.user();
  const bob = await server.user();
  const numbers: number[] = [];
  alice.client.socket.cork();
  for (let index = 0; index < 300; index++) {
    numbers.push(alice.client.send(commands.MSG_DATA, text(alice.self, bob.self, String(index))));
    numbers.push(
      alice.client.send(commands.LIST_MSG_REQ, {
        user_id: alice.self,
        session_type: 1,
        session_id: bob.self,
        limit_count: 1,
      }),
    );
  }
  alice.client.socket.uncork();
  const last = numbers.at(-1);
  const page = await alice.client.take((each) => each.seq_num === last);
  alice.client.inbox.push(page);
  expect(alice.client.inbox.map(({ seq_num }) => seq_num)).toEqual(numbers);
  const pages = alice.client.inbox.filter(({ command_id }) => command_id === commands.LIST_MSG_RSP.id);
  expect(pages.map(({ message }) => Number(message.msg_list[0].server_msg_id))).toEqual(
    Array.from({ length: 300 }, (_, index) => index + 1),
  );
  await bob.client.settle(bob.self);
  expect(bob.client.inbox.map(({ seq_num }) => seq_num)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
});

test("a push that is not confirmed in time is counted, and neither sent again nor held against the client", async () => {
  const server = await startTestServer({ ackTimeoutMs: 100 });
  const alice = await server.user();
  const bob = await server.user();
  const unconfirmed = async (): Promise<string | undefined> => {
    const metrics = await (await fetch(`http://127.0.0.1:${server.server.ports.http}/metrics`)).text();
    return /^cupping_pushes_total\{result="unconfirmed"\} (\d+)$/m.exec(metrics)?.[1];
  };
  const confirmed = text(alice.self, bob.self, "confirmed");
  await alice.client.request(commands.MSG_DATA, confirmed);
  bob.client.send(commands.MSG_DATA_ACK, {
    from_user_id: bob.self,
    to_session_id: alice.self,
    client_msg_id: confirmed.client_msg_id,
    session_type: 1,
  });
  await bob.client.settle(bob.self);
  await alice.client.request(commands.MSG_DATA, text(alice.self, bob.self, "not confirmed"));
  await expect
    .poll(
      async () => {
        // What is overdue is noticed with the next push.
        await alice.client.request(commands.MSG_DATA, text(alice.self, bob.self, "next"));
        return Number(await unconfirmed());
      },
      { timeout: 5000 },
    )
    .toBeGreaterThan(0);
  await bob.client.settle(bob.self);
  const ids = bob.client.inbox.map(({ message }) => message.server_msg_id);
  expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => BigInt(index + 1)));
});

test("content of 64 KiB is taken, more is refused and leaves no trace, and a full page of it fits one packet", async () => {
  const server = await startTestServer();
  const alice = await server.user();
  const largest = { ...text(alice.self, 99n, ""), msg_data: new Uint8Array(64 * 1024) };
  const tooLarge = { ...largest, client_msg_id: "larger", msg_data: new Uint8Array(64 * 1024 + 1) };
  expect((await alice.client.request(commands.MSG_DATA, tooLarge)).res_code).toBe(0);
  for (let index = 0; index < 100; index++) {
    const ack = await alice.client.request(commands.MSG_DATA, { ...largest, client_msg_id: String(index) });
    expect(ack.server_msg_id).toBe(BigInt(index + 1));
  }
  const page = { user_id: alice.self, session_type: 1 as const, session_id: 99n, limit_count: 100 };
  expect((await alice.client.request(commands.LIST_MSG_REQ, page)).msg_list).toHaveLength(100);
});

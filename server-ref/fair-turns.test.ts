import { expect, test } from "vitest";
import { commands, encodeFrame, encodeRawFrame } from "../codegen/index.ts";
import type { Mutant } from "./mutants/define.ts";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

type TestUser = Awaited<ReturnType<TestServer["user"]>>;

/** Sees what the server writes to its clients, and changes nothing. */
function observer(see: (bytes: number) => void): Mutant {
  return {
    name: "observer",
    breaks: [],
    title: "sees what is written",
    story: "a test",
    apply({ gate }) {
      const { write } = gate;
      gate.write = (socket, bytes) => {
        write(socket, bytes);
        see(Math.max(bytes.length, socket.backlog));
      };
    },
  };
}

/** Counts the packets that are taken within a turn of the event loop. */
function counter(counted: { turn: number; most: number; all: number }): Mutant {
  return {
    name: "counter",
    breaks: [],
    title: "counts packets",
    story: "a test",
    apply({ timers }) {
      timers.isSignOfLife = () => {
        if (counted.turn === 0) setImmediate(() => (counted.turn = 0));
        counted.turn++;
        counted.all++;
        counted.most = Math.max(counted.most, counted.turn);
        return true;
      };
    },
  };
}

async function fillHistory({ client, self }: TestUser, other: bigint, messages = 100): Promise<void> {
  for (let index = 0; index < messages; index++) {
    await client.request(commands.MSG_DATA, {
      from_user_id: self,
      to_session_id: other,
      client_msg_id: String(index),
      msg_type: 1,
      session_type: 1,
      msg_data: new Uint8Array(8 * 1024).fill(97),
    });
  }
}

function answered({ client }: TestUser): number {
  return client.inbox.length;
}

const floods: [string, (self: bigint, other: bigint) => Uint8Array][] = [
  [
    "history pages",
    (user_id, session_id) =>
      encodeFrame(commands.LIST_MSG_REQ, { user_id, session_type: 1, session_id, limit_count: 100 }, 7),
  ],
  ["session lists", (user_id) => encodeFrame(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id }, 7)],
];

test.each(floods)("a flood of requests for %s in one segment holds few bytes at a time", async (_what, request) => {
  let most = 0;
  const server = await startTestServer({ mutants: [observer((bytes) => (most = Math.max(most, bytes)))] });
  const flooder = await server.user();
  const other = await server.user();
  await fillHistory(flooder, other.self);
  flooder.client.socket.write(Buffer.concat(Array(60).fill(request(flooder.self, other.self))));
  await expect.poll(() => answered(flooder), { timeout: 20_000 }).toBe(60);
  // A page is 0.8 MiB, and up to 1 MiB may wait when one more is made.
  expect(most).toBeLessThan(2.5 * 1024 * 1024);
});

test.each<[string, Uint8Array]>([
  ["heartbeats", encodeFrame(commands.LOGIN_HEARTBEAT, {}, 7)],
  ["unknown commands", encodeRawFrame({ command_id: 0x0999, seq_num: 7 }, new Uint8Array())],
  ["undecodable bodies", encodeRawFrame({ command_id: commands.MSG_DATA.id, seq_num: 7 }, Uint8Array.of(0x0a, 0x7f))],
])("of a flood of %s a turn of the event loop takes few, and all are taken", async (_what, packet) => {
  const counted = { turn: 0, most: 0, all: 0 };
  const server = await startTestServer({ mutants: [counter(counted)] });
  const { client, self } = await server.user();
  client.socket.write(Buffer.concat(Array(10_000).fill(packet)));
  await client.settle(self);
  // With the login in front and the question behind.
  expect(counted.all).toBe(10_002);
  // The test's turns begin anywhere in the server's, which allow 32 and what one more connection does.
  expect(counted.most).toBeLessThanOrEqual(80);
});

test("of pages that many ask for at the same moment a turn of the event loop makes few, and others are served", async () => {
  const pages = { turn: 0, most: 0, all: 0 };
  let pagesBefore = -1;
  const server = await startTestServer({
    mutants: [
      {
        name: "observer",
        breaks: [],
        title: "counts pages",
        story: "a test",
        apply({ gate }) {
          const { encode } = gate;
          gate.encode = (command, message) => {
            if (command.id === commands.LOGIN_HEARTBEAT.id) pagesBefore = pages.all;
            if (command.id !== commands.LIST_MSG_RSP.id) return encode(command, message);
            if (pages.turn === 0) setImmediate(() => (pages.turn = 0));
            pages.most = Math.max(pages.most, ++pages.turn);
            pages.all++;
            return encode(command, message);
          };
        },
      },
    ],
  });
  const { self: other } = await server.user();
  const bystander = await server.user();
  const flooders: TestUser[] = [];
  for (let count = 0; count < 20; count++) {
    const flooder = await server.user();
    await fillHistory(flooder, other, 20);
    flooders.push(flooder);
  }
  for (const { client, self } of flooders) {
    const request = { user_id: self, session_type: 1, session_id: other, limit_count: 20 } as const;
    client.socket.write(Buffer.concat(Array(5).fill(encodeFrame(commands.LIST_MSG_REQ, request, 7))));
  }
  bystander.client.send(commands.LOGIN_HEARTBEAT, {});
  await expect.poll(() => flooders.every((flooder) => answered(flooder) === 5), { timeout: 20_000 }).toBe(true);
  expect(pages.all).toBe(100);
  // A page is 160 KB: one is enough for a turn, and the test's turns begin anywhere in the server's.
  expect(pages.most).toBeLessThanOrEqual(2);
  expect(pagesBefore).toBeGreaterThanOrEqual(0);
  expect(pagesBefore).toBeLessThan(100);
});

test("more requests than a turn allows are answered to a client that closes its side behind them", async () => {
  const { client } = await (await startTestServer()).user();
  for (let index = 0; index < 1000; index++) client.send(commands.LOGIN_HEARTBEAT, {});
  client.socket.end();
  await client.closed;
  expect(client.inbox).toHaveLength(1000);
});

import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import {
  CIMMsgType,
  CIMSessionType,
  commands,
  encodeFrame,
  encodeRawFrame,
  type Frame,
  Framer,
} from "../../codegen/index.ts";
import { CaseContext } from "./case-context.ts";
import { surroundingsOf } from "./testing/surroundings-of.ts";

let server: Server | undefined;
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server?.close();
});

/** Lets everybody in, and leaves the other packets to the test. */
async function connect(onPacket: (frame: Frame, socket: Socket) => void, more = {}): Promise<CaseContext> {
  const listening = createServer((socket) => {
    sockets.add(socket);
    const framer = new Framer();
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      framer.push(chunk);
      for (let frame = framer.next(); frame; frame = framer.next()) {
        if (frame.header.command_id !== commands.LOGIN_AUTH_REQ.id) onPacket(frame, socket);
        else {
          const answer = { result_code: 200, server_time: 1, user_info: { user_id: 5n } } as const;
          socket.write(encodeFrame(commands.LOGIN_AUTH_RSP, answer, frame.header.seq_num));
        }
      }
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const { port } = listening.address() as { port: number };
  const around = surroundingsOf(port, { timeoutScale: 0.1, ...more });
  return new CaseContext("MSG-01/a", around, new AbortController().signal);
}

const account = { user_name: "alice", user_pwd: "0".repeat(32), nick_name: "Alice" };
const message = {
  ...{
    from_user_id: 5n,
    to_session_id: 6n,
    msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT,
    session_type: CIMSessionType.kCIM_SESSION_TYPE_SINGLE,
    msg_data: Buffer.from("text"),
  },
  from_nick_name: "Alice",
};

test.each([
  [
    "under another number",
    ({ header }: Frame) => encodeFrame(commands.MSG_DATA_ACK, { res_code: 1 }, header.seq_num + 100),
    { lack: "MSG_DATA is answered under another number", actual: /^MSG_DATA_ACK 0x0302 came under the number 10\d$/ },
  ],
  [
    "under another command",
    ({ header }: Frame) => encodeRawFrame({ command_id: 0x0399, seq_num: header.seq_num }, new Uint8Array(0)),
    { lack: "MSG_DATA is answered by 0x0399", actual: /^a packet 0x0399 came under its number instead$/ },
  ],
])("an answer %s is said to have come, and not that none did", async (_what, answer, { lack, actual }) => {
  const t = await connect((frame, socket) => {
    if (frame.header.command_id === commands.MSG_DATA.id) socket.write(answer(frame));
  });
  const peer = await t.loginWithoutHeartbeat(account, "alice");
  // With one request alone its answer is taken whatever its number: that fault has cases of its own.
  const first = peer.send(commands.MSG_DATA, { ...message, client_msg_id: "one" });
  peer.send(commands.MSG_DATA, { ...message, client_msg_id: "two" });
  await expect(peer.answer(first)).rejects.toMatchObject({ lack, actual: expect.stringMatching(actual) });
});

test("what really is unanswered is said to be", async () => {
  const t = await connect(() => {});
  const peer = await t.loginWithoutHeartbeat(account, "alice");
  const sent = peer.send(commands.MSG_DATA, { ...message, client_msg_id: "one" });
  await expect(peer.answer(sent)).rejects.toMatchObject({ lack: "MSG_DATA is unanswered", isLate: true });
});

const timers = { login: 200, heartbeat: 300, ack: 15_000, call: 30_000 };

test("a timer that runs out while a target leaves a request unanswered is no lateness of the suite", async () => {
  const t = await connect((_, socket) => setTimeout(() => socket.end(), timers.heartbeat + 20), { timers });
  const peer = await t.loginWithoutHeartbeat(account, "alice");
  peer.send(commands.MSG_DATA, { ...message, client_msg_id: "one" });
  await peer.closed(3_000);
  expect(peer.timedOut(timers)).toBe(true);
  expect(peer.wasTooLate(timers)).toBe(false);
});

test("nor is the login timer behind a packet that was sent at once", async () => {
  const t = await connect((_, socket) => setTimeout(() => socket.end(), timers.login + 20), { timers });
  const peer = await t.connect("alice");
  peer.sendBytes(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1), "before login");
  await peer.closed(3_000);
  expect(peer.timedOut(timers)).toBe(true);
  expect(peer.wasTooLate(timers)).toBe(false);
});

test("a user who says nothing until the timer runs out was too late", async () => {
  const t = await connect(() => {}, { timers });
  const peer = await t.loginWithoutHeartbeat(account, "alice");
  setTimeout(() => {
    for (const socket of sockets) socket.end();
  }, timers.heartbeat + 50);
  await peer.closed(3_000);
  expect(peer.wasTooLate(timers)).toBe(true);
});

test("no heartbeat is sent in the middle of a packet", async () => {
  const came: number[] = [];
  const t = await connect(({ header }) => came.push(header.command_id));
  const peer = await t.loginWithoutHeartbeat(account, "alice");
  const packets = Buffer.concat([
    encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1),
    encodeFrame(commands.MSG_DATA, { ...message, client_msg_id: "one" }, 2),
  ]);
  peer.keepAlive(5);
  const sendRest = async (from: number, to: number): Promise<void> => {
    peer.sendBytes(packets.subarray(from, to), undefined);
    await t.elapse(50);
  };
  // Within the length of the second packet, and within its body.
  for (const [from, to] of [
    [0, 18],
    [18, 40],
    [40, packets.length],
  ] as const)
    await sendRest(from, to);
  expect(new Set(came)).toEqual(new Set([commands.LOGIN_HEARTBEAT.id, commands.MSG_DATA.id]));
  expect(came.filter((id) => id === commands.MSG_DATA.id)).toHaveLength(1);
  expect(came.slice(came.indexOf(commands.MSG_DATA.id)).length).toBeGreaterThan(1);
});

import { expect, test } from "vitest";
import { cimRegistry, commands, encodeFrame, Framer } from "../../codegen/index.ts";
import { Inbox } from "./inbox.ts";

/** What has come on a connection, frame by frame. */
function inboxOf(...frames: readonly Uint8Array[]): Inbox {
  const inbox = new Inbox(cimRegistry);
  const framer = new Framer();
  framer.push(Buffer.concat(frames));
  for (let frame = framer.next(); frame; frame = framer.next()) inbox.add(frame);
  return inbox;
}

const heartbeat = (seq: number) => encodeFrame(commands.LOGIN_HEARTBEAT, {}, seq);
const push = (client_msg_id: string) => encodeFrame(commands.MSG_DATA, { client_msg_id }, 1);

test("frames are taken once, in the order of their coming, from a place on", () => {
  const inbox = inboxOf(heartbeat(1), push("a"), heartbeat(2), heartbeat(3));
  const take = (from?: number) => inbox.take(commands.LOGIN_HEARTBEAT, () => true, from)?.frame.header.seq_num;
  expect(take(2)).toBe(2);
  expect(take()).toBe(1);
  expect(take()).toBe(3);
  expect(take()).toBeUndefined();
  expect(inbox.all(commands.LOGIN_HEARTBEAT, 1).map(({ index }) => index)).toEqual([2, 3]);
  expect(inbox.count(commands.LOGIN_HEARTBEAT, 3)).toBe(1);
});

test("the same push again and packets of no command are what nobody asked for", () => {
  const strange = Buffer.from(heartbeat(1));
  strange.writeUInt16BE(0x0999, 10);
  expect(inboxOf(push("a"), push("b"), heartbeat(1)).unasked).toBe(0);
  expect(inboxOf(push("a"), push("a"), strange).unasked).toBe(2);
});

test("it is too much when far more has come than was asked for", () => {
  const inbox = inboxOf(...Array.from({ length: 10_001 }, () => heartbeat(1)));
  expect(inbox.tooMuch(0)).toMatch(/^more than 10000 packets/);
  expect(inbox.tooMuch(10_001)).toBeUndefined();
});

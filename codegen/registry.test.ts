import { expect, test } from "vitest";
import { type Command, cimRegistry, commands, createRegistry, describeFrame, encodeFrame, Framer } from "./index.ts";

/** A command as a fork would add it: the bodies of another, under ids of its own. */
const recall: Command = { ...(commands.MSG_DATA as Command), id: 0x7001, name: "RECALL_REQ", replyId: 0x7002 };
const recalled: Command = { ...(commands.MSG_DATA_ACK as Command), id: 0x7002, name: "RECALL_RSP" };

test("a registry knows its commands by id and by name, and no others", () => {
  const registry = createRegistry([recall, recalled]);
  expect(registry.byId(0x7001)).toBe(recall);
  expect(registry.byName("RECALL_RSP")).toBe(recalled);
  expect(registry.byId(commands.MSG_DATA.id)).toBeUndefined();
  expect(registry.commands).toEqual([recall, recalled]);
});

test("two registries of one process do not know of each other", () => {
  const fork = createRegistry([...cimRegistry.commands, recall, recalled], cimRegistry.fieldTypes);
  const framer = new Framer();
  framer.push(encodeFrame(recall, { client_msg_id: "a" } as never, 1));
  const frame = framer.next();
  if (!frame) throw new Error("no whole frame");
  expect(describeFrame(frame, fork).command).toBe("RECALL_REQ");
  expect(describeFrame(frame, cimRegistry)).toMatchObject({ command: "0x7001", error: expect.any(String) });
});

test("two commands of one id or name, and an answer that is no command, are refused", () => {
  expect(() => createRegistry([recall, recalled, { ...recall, name: "OTHER" }])).toThrow(
    "OTHER (0x7001) has the id or the name of RECALL_REQ (0x7001)",
  );
  expect(() => createRegistry([recall, recalled, { ...recall, id: 0x7003 }])).toThrow(/RECALL_REQ \(0x7003\)/);
  expect(() => createRegistry([recall])).toThrow("RECALL_REQ (0x7001) is answered by 0x7002, which is not a command");
});

test("an answer that a command and the registry would read as two different messages is refused", () => {
  const other = commands.MSG_READ_NOTIFY.body as Command["body"];
  expect(() => createRegistry([{ ...recall, replyBody: other }, recalled])).toThrow(
    "RECALL_REQ (0x7001) names a CIM.Message.CIMMsgDataReadNotify for its answer, " +
      "but RECALL_RSP (0x7002) has a CIM.Message.CIMMsgDataAck",
  );
  expect(() => createRegistry([{ ...recall, replyBody: undefined }, recalled])).toThrow(/names no body for its answer/);
  expect(() => createRegistry([{ ...recall, replyId: undefined }])).toThrow(/but it has no answer/);
});

test("a registry stays as it was made", () => {
  const members = [recall, recalled];
  const registry = createRegistry(members);
  members.pop();
  expect(registry.commands).toEqual([recall, recalled]);
  expect(() => Object.assign(registry, { byId: () => undefined })).toThrow(TypeError);
  expect(() => (registry.commands as Command[]).pop()).toThrow(TypeError);
});

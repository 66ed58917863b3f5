import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { commands, encodeFrame, hexOf } from "./index.ts";

/** The codec as one script for a place that has the ECMAScript globals and nothing else, as an old k6 or a browser worker. */
async function bareContext(): Promise<(expression: string) => unknown> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "index.ts")],
    bundle: true,
    write: false,
    platform: "neutral",
    format: "iife",
    globalName: "cim",
  });
  const context = createContext({});
  runInContext(outputFiles[0]?.text ?? "", context);
  return (expression) => runInContext(expression, context);
}

const evaluate = await bareContext();

test("the place has neither Buffer nor TextEncoder", () => {
  expect(evaluate("typeof Buffer + typeof TextEncoder + typeof TextDecoder + typeof process")).toBe(
    "undefined".repeat(4),
  );
});

test("encodes the same bytes as under Node", () => {
  const message = {
    from_user_id: 2n ** 64n - 1n,
    from_nick_name: "名字 😀",
    client_msg_id: "6f1c9a52-8f0e-4b7e-9a1d-0c2b3d4e5f60",
    create_time: -5,
    msg_data: Uint8Array.of(0, 255),
  };
  const script = `cim.hexOf(cim.encodeFrame(cim.commands.MSG_DATA, {
    from_user_id: ${message.from_user_id}n,
    from_nick_name: ${JSON.stringify(message.from_nick_name)},
    client_msg_id: ${JSON.stringify(message.client_msg_id)},
    create_time: -5,
    msg_data: Uint8Array.of(0, 255),
  }, 9))`;
  expect(evaluate(script)).toBe(hexOf(encodeFrame(commands.MSG_DATA, message, 9)));
});

test("frames and decodes, long and non-ASCII text included", () => {
  const text = `${"消息".repeat(3000)}😀`;
  const frame = encodeFrame(
    commands.GROUP_CREATE_DEFAULT_REQ,
    { group_name: text, member_id_list: [1n, 2n ** 63n] },
    3,
  );
  const described = evaluate(`
    const framer = new cim.Framer();
    const bytes = Uint8Array.from(${JSON.stringify(Array.from(frame))});
    for (let at = 0; at < bytes.length; at += 7) framer.push(bytes.slice(at, at + 7));
    JSON.stringify(cim.describeFrame(framer.next(), cim.cimRegistry));
  `);
  expect(JSON.parse(described as string)).toMatchObject({
    command: "GROUP_CREATE_DEFAULT_REQ",
    seq_num: 3,
    message: { group_name: text, member_id_list: ["1", "9223372036854775808"] },
  });
});

test("refuses text that is no UTF-8", () => {
  expect(
    evaluate(`try { cim.commands.MSG_DATA.body.decode(Uint8Array.of(0x12, 1, 0x80)) } catch (error) { error.code }`),
  ).toBe("undecodable-body");
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Command, cimRegistry, commands } from "./index.ts";

const contract = readFileSync(join(import.meta.dirname, "../docs/protocol/wire.md"), "utf8");

/** The rows of the command table of the wire contract (its section 4). */
const rows = [...contract.matchAll(/^\| (0x[0-9a-f]{4}) \| `kCIM_CID_(\w+)` \|(.*)\|$/gm)].map((match) => {
  const [way = "", body = "", reply = "", login = "", numbering = ""] = (match[3] ?? "")
    .split("|")
    .map((cell) => cell.trim());
  return { id: Number(match[1]), name: match[2] as string, way, body, reply, login, numbering };
});

function directionOf(way: string): Command["direction"] {
  if (way.includes("C→S") && way.includes("S→C")) return "both";
  return way.includes("C→S") ? "client-to-server" : "server-to-client";
}

test("the registry has the commands of the contract and no others", () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(Object.keys(commands)).toEqual(rows.map(({ name }) => name));
});

test.each(rows)("$name has its direction, body, answer and need of a login", (row) => {
  const command = cimRegistry.byName(row.name) as Command;
  const replyId = /^\**(0x[0-9a-f]{4})/.exec(row.reply)?.[1];
  const reply = rows.find(({ id }) => id === Number(replyId));
  const typeOf = (body: string | undefined): string | undefined => /`([\w.]+)`/.exec(body ?? "")?.[1];
  expect({ ...command, body: command.body.typeName, replyBody: command.replyBody?.typeName }).toEqual({
    id: row.id,
    name: row.name,
    direction: directionOf(row.way),
    body: typeOf(row.body),
    replyId: reply?.id,
    replyBody: typeOf(reply?.body),
    needsLogin: row.login === "yes",
    replyNumberedAsPush: reply !== undefined && row.numbering === "push",
  });
  expect(cimRegistry.byId(row.id)).toBe(command);
});

test.each([0, 0x0106, 0x0203, 0x0204, 0x050a, 0x0701, 0x0702, 0xffff])("0x%s is no client command", (id) => {
  expect(cimRegistry.byId(id)).toBeUndefined();
});

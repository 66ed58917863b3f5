import { readFileSync } from "node:fs";
import { join } from "node:path";
import type protobuf from "protobufjs";
import { expect, test } from "vitest";
import { contractEnums, contractTypes } from "./testing/contract-types.ts";

const text = readFileSync(join(import.meta.dirname, "../docs/protocol/wire.md"), "utf8");

/** The sections of the wire contract about one message or enum, by its full name. */
const sections = new Map(
  [...text.matchAll(/^#### (?:enum )?(CIM\.\w+\.\w+)\n(.*?)(?=^#)/gms)].map(([, name, body]) => [name, body as string]),
);

/** The first cells of a section's table. */
function rowsOf(name: string, cells: number): string[][] {
  const rows = sections.get(name)?.matchAll(/^\| (\d+) \|(.*)\|$/gm) ?? [];
  return [...rows].map(([, first, rest]) =>
    [first as string, ...(rest as string).split("|").map((cell) => cell.trim())].slice(0, cells),
  );
}

const code = (word: string): string => `\`${word}\``;

function typeOf({ repeated, resolvedType, type }: protobuf.Field): string {
  return code((repeated ? "repeated " : "") + (resolvedType?.fullName.slice(1) ?? type));
}

const nameOf = ({ fullName }: protobuf.ReflectionObject): string => fullName.slice(1);

test.each(contractTypes.map((type) => [nameOf(type), type] as const))("%s has its fields", (name, type) => {
  expect([...sections.keys()]).toContain(name);
  expect(rowsOf(name, 3)).toEqual(type.fieldsArray.map((field) => [`${field.id}`, typeOf(field), code(field.name)]));
});

// The command ids have a table of their own, which commands.test.ts reads.
test.each(contractEnums.map((one) => [nameOf(one), one] as const).filter(([name]) => name !== "CIM.Def.CIMCmdID"))(
  "%s has its values",
  (name, { values }) => {
    expect(rowsOf(name, 2)).toEqual(Object.entries(values).map(([value, number]) => [`${number}`, code(value)]));
  },
);

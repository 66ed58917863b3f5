import { expect, test } from "vitest";
import { type Command, commands } from "../../codegen/index.ts";
import { axes, capabilities, rules } from "../rules/index.ts";
import { conformanceCases, everyVariant, suiteCases } from "./index.ts";
import {
  actingCommands,
  fieldKinds,
  isAboutCalls,
  isAboutGroups,
  needsCall,
  saysDone,
  unknownField,
  unknownFields,
} from "./setup/index.ts";

test("ids are unique and name their rule", () => {
  const ids = suiteCases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, rule } of suiteCases)
    expect(id).toMatch(new RegExp(`^${rule.id}/[a-zA-Z0-9-]+(\\[[^\\[\\]]+\\])?$`));
});

test("every rule that can be seen from outside has a case, and no other has", () => {
  const covered = new Set(conformanceCases.map(({ rule }) => rule.id));
  for (const { id, unobservable } of rules) expect([id, covered.has(id)]).toEqual([id, unobservable === undefined]);
});

/** Axes that cases go along within one variant. */
const WITHIN_A_CASE = ["length"];

test("every value of an axis is asked by a variant that runs without being named", () => {
  const asked = new Set(
    everyVariant
      .filter(({ variant }) => variant?.sampled)
      .flatMap(({ variant }) => Object.entries(variant?.values ?? {}).map((pair) => pair.join("="))),
  );
  const stated = Object.entries(axes)
    .filter(([axis]) => !WITHIN_A_CASE.includes(axis))
    .flatMap(([axis, values]) => values.map((value) => `${axis}=${value}`));
  expect(stated.filter((value) => !asked.has(value))).toEqual([]);
});

/** Rules whose MUST binds clients: servers have a SHOULD there. */
const MUST_OF_CLIENTS = ["MSG-06"];

test("every MUST rule that can be seen has a case that asks for a MUST", () => {
  const asked = new Set(conformanceCases.filter(({ level }) => level === "must").map(({ rule }) => rule.id));
  const soft = rules.filter(({ id, level, unobservable }) => level === "must" && !unobservable && !asked.has(id));
  expect(soft.map(({ id }) => id)).toEqual(MUST_OF_CLIENTS);
});

test("heads say what is done and need only capabilities that exist", () => {
  for (const { id, title, steps, capabilities: needed, unless } of suiteCases) {
    expect([id, title.length > 10, steps.length > 0]).toEqual([id, true, true]);
    for (const name of [...needed, ...unless]) expect(Object.keys(capabilities)).toContain(name);
  }
});

test("acting for another is asked of every command that names who acts", () => {
  expect(actingCommands.length).toBeGreaterThan(15);
  const asked = conformanceCases.filter(({ rule }) => rule.id === "LOGIN-17").map(({ id }) => id);
  for (const { name } of actingCommands) expect(asked).toContain(`LOGIN-17/${name.toLowerCase().replaceAll("_", "-")}`);
});

test.each(actingCommands.map((command) => [command.name, command] as const))(
  "each field of a forged %s has a value, or is known to need none",
  (_name, command) => expect(unknownFields(command), "setup/forgery.ts does not know these fields").toEqual([]),
);

test("what a command is about follows from its fields and its answer's", () => {
  const commandsAbout = (isAbout: (command: Command) => boolean): string[] =>
    actingCommands.filter(isAbout).map(({ name }) => name);
  expect(commandsAbout(isAboutGroups)).toEqual(commandsAbout(({ name }) => name.startsWith("GROUP_")));
  expect(commandsAbout(isAboutCalls)).toEqual(commandsAbout(({ name }) => name.startsWith("VOIP_")));
  expect(commandsAbout(needsCall)).toEqual(["VOIP_INVITE_REPLY", "VOIP_BYE_REQ"]);
});

test("the kinds of a message's fields are told by its defaults", () => {
  const kinds = fieldKinds(commands.MSG_DATA as never);
  expect([kinds.get("from_user_id"), kinds.get("msg_type"), kinds.get("client_msg_id")]).toEqual([
    "id",
    "number",
    "text",
  ]);
  expect(kinds.get("msg_data")).toBe("bytes");
  expect(fieldKinds(commands.VOIP_BYE_REQ as never).get("channel_info")).toBe("message");
  expect(fieldKinds(commands.GROUP_CREATE_DEFAULT_REQ as never).get("member_id_list")).toBe("list");
});

test("an answer says done by its code, or by content that only a served request has", () => {
  expect(saysDone({ res_code: 1 })).toBe(true);
  expect(saysDone({ result_code: 201, group_info: {} })).toBe(false);
  expect(saysDone({ user_id: 1n, msg_list: [] })).toBe(false);
  expect(saysDone({ user_id: 1n, msg_list: [{}] })).toBe(true);
  expect(saysDone({ user_id: 1n, latest_msg_id: "" })).toBe(false);
  expect(saysDone({ user_id: 1n, latest_msg_id: "a" })).toBe(true);
});

test.each([40, 130, 132, 16_390, 70_000])("an unknown field has exactly %i bytes and is skipped", (length) => {
  const field = unknownField(length);
  expect(field.length).toBe(length);
  const body = Buffer.concat([commands.GROUP_LIST_REQ.body.encode({ user_id: 7n }), field]);
  expect(commands.GROUP_LIST_REQ.body.decode(body).user_id).toBe(7n);
});

import { type Command, commands } from "../../../codegen/index.ts";
import { ACCEPTED, SUCCESS } from "./values.ts";

/** Every command that a client may send. */
export function clientCommands(): Command[] {
  return (Object.values(commands) as Command[]).filter((command) => command.direction !== "server-to-client");
}

/** Every command that only the server sends. */
export function serverCommands(): Command[] {
  return (Object.values(commands) as Command[]).filter((command) => command.direction === "server-to-client");
}

/** The field in which a request names who acts: it must name Self (LOGIN-17). */
export const ACTOR_FIELDS: readonly string[] = ["from_user_id", "user_id", "creator_user_id"];

/** The name of the field in which a command names who acts; undefined when it has none. */
export function actorField(command: Command): string | undefined {
  const message = command.body.create() as Record<string, unknown>;
  return ACTOR_FIELDS.find((name) => typeof message[name] === "bigint");
}

/** What a generated value is for: the kinds of field that the contract's messages have. */
export type FieldKind = "id" | "number" | "text" | "bytes" | "flag" | "message" | "list";

/** The kinds of a command's fields by name, found from its default message. Sub-messages are absent in it. */
export function fieldKinds(command: Command): Map<string, FieldKind> {
  const message = command.body.create() as Record<string, unknown>;
  return new Map(Object.entries(message).map(([name, value]) => [name, kindOf(value)]));
}

function kindOf(value: unknown): FieldKind {
  switch (typeof value) {
    case "bigint":
      return "id";
    case "number":
      return "number";
    case "string":
      return "text";
    case "boolean":
      return "flag";
    default:
      if (value === undefined) return "message";
      return value instanceof Uint8Array ? "bytes" : "list";
  }
}

/**
 * Whether an answer says that its request was done: a code of success, or a list or a text that only a served request
 * has.
 */
export function saysDone(answer: unknown): boolean {
  const fields = answer as Record<string, unknown>;
  if ("res_code" in fields) return fields["res_code"] === ACCEPTED;
  if ("result_code" in fields) return fields["result_code"] === SUCCESS;
  if ("error_code" in fields) return fields["error_code"] === SUCCESS;
  if ("rsp_code" in fields) return fields["rsp_code"] !== 0;
  return Object.values(fields).some((value) => (Array.isArray(value) || typeof value === "string") && value.length > 0);
}

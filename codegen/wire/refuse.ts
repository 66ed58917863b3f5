import { ProtocolError } from "../errors.ts";

/** How a refused value is shown: enough to recognise it, never a whole payload. */
function show(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return String(value);
}

/**
 * Refuses a value that the field cannot carry.
 * @param field the message and the field, e.g. `CIMMsgData.from_user_id`
 * @param expected what the field takes, as it follows "is not"
 */
export function refuse(field: string, value: unknown, expected: string): never {
  throw new ProtocolError("unencodable-body", `${field}: ${show(value)} is not ${expected}`);
}

/**
 * Refuses bytes that are no protobuf message.
 * @param problem what is wrong with them, e.g. `a varint is longer than 10 bytes`
 * @param at offset in the body
 */
export function refuseBytes(problem: string, at: number): never {
  throw new ProtocolError("undecodable-body", `${problem} at byte ${at}`);
}

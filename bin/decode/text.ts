import type { DescribedFrame, Json } from "../../codegen/index.ts";
import { formatCommandId } from "../../codegen/index.ts";

/** The default of an enum reads with its name, e.g. `kCIM_GROUP_TYPE_UNKNOWN (0)`. */
const ZERO_OF_AN_ENUM = /^kCIM_\w+ \(0\)$/;

const isDefault = (value: Json): boolean =>
  value === "" ||
  value === "0" ||
  (typeof value === "string" && ZERO_OF_AN_ENUM.test(value)) ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/** A 64-bit number, or an enum's number with its name: what needs no quotation marks. */
const NUMBER = /^(\d+|kCIM_\w+ \(\d+\))$/;

function scalar(value: Json): string {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    if ("utf8" in value) return JSON.stringify(value["utf8"]);
    if ("hex" in value) return `0x${value["hex"]}`;
  }
  return typeof value === "string" && !NUMBER.test(value) ? JSON.stringify(value) : String(value);
}

const isScalar = (value: Json): boolean =>
  value === null || typeof value !== "object" || (!Array.isArray(value) && ("utf8" in value || "hex" in value));

function fields(message: { [name: string]: Json }, indent: string): string[] {
  const shown = Object.entries(message).filter(([, value]) => !isDefault(value));
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  return shown.flatMap(([name, value]) => {
    if (isScalar(value)) return [`${indent}${name.padEnd(width)}  ${scalar(value)}`];
    if (Array.isArray(value)) {
      if (value.every(isScalar)) return [`${indent}${name.padEnd(width)}  [${value.map(scalar).join(", ")}]`];
      return value.flatMap((item, index) => [
        `${indent}${name}[${index}]`,
        ...fields(item as { [name: string]: Json }, `${indent}  `),
      ]);
    }
    return [`${indent}${name}`, ...fields(value as { [name: string]: Json }, `${indent}  `)];
  });
}

const id = (frame: DescribedFrame): string => formatCommandId(frame.command_id);

/** A frame as lines for a person: a title, then the fields that are not at their default. */
export function frameText(frame: DescribedFrame): string {
  const name = frame.command === id(frame) ? "" : ` ${frame.command}`;
  const lines = [`${id(frame)}${name}  seq ${frame.seq_num}  ${frame.length} bytes`];
  for (const [field, value] of Object.entries(frame.unusual ?? {})) lines.push(`  header ${field} is ${value}`);
  if (frame.message !== undefined) {
    const shown = fields(frame.message as { [name: string]: Json }, "  ");
    lines.push(
      ...(shown.length > 0 ? shown : [frame.length === 16 ? "  (empty body)" : "  (every field at its default)"]),
    );
  }
  if (frame.error !== undefined) lines.push(`  ${frame.error}`);
  if (frame.body !== undefined && frame.body !== "") lines.push(`  body 0x${frame.body}`);
  return `${lines.join("\n")}\n`;
}

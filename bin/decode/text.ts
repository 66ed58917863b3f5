import type { DescribedFrame, Json } from "../../codegen/index.ts";

const isDefault = (value: Json): boolean =>
  value === "" || value === "0" || value === 0 || value === false || (Array.isArray(value) && value.length === 0);

function scalar(value: Json): string {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    if ("utf8" in value) return JSON.stringify(value["utf8"]);
    if ("hex" in value) return `0x${value["hex"]}`;
  }
  return typeof value === "string" && !/^\d+$/.test(value) ? JSON.stringify(value) : String(value);
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

const id = (frame: DescribedFrame): string => `0x${frame.command_id.toString(16).padStart(4, "0")}`;

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

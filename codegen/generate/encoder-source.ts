import type { DescMessage } from "@bufbuild/protobuf";
import { type FieldSource, fieldsOf, isPacked, wireType } from "./message-source.ts";

/** Most bytes that the value of a scalar takes; a bool takes one, a negative int32 ten. */
const scalarRoom: Record<string, number> = { uint64: 10, uint32: 5, int32: 10, enum: 10, bool: 1 };

/** Most bytes that a tag takes in this contract: field numbers stay below 2048. */
const TAG_ROOM = 2;

const putFunctions: Record<string, string> = {
  uint64: "putUint64",
  uint32: "putUint32",
  int32: "putInt32",
  enum: "putInt32",
  bool: "putBool",
};

/** Statements that write the tag at `at` and advance it. */
function putTag(field: FieldSource): string {
  const tag = field.number * 8 + wireType(field);
  if (tag < 0x80) return `bytes[at++] = ${tag};`;
  if (tag >= 0x4000) throw new Error(`${field.label}: a tag of more than two bytes has no encoder yet`);
  return `bytes[at++] = ${(tag & 0x7f) | 0x80}; bytes[at++] = ${tag >> 7};`;
}

function isSet(field: FieldSource): string {
  switch (field.kind) {
    case "uint64":
      return `${field.name} !== undefined && ${field.name} !== 0n`;
    case "bool":
      return `${field.name} !== undefined && ${field.name} !== false`;
    case "string":
      return `${field.name} !== undefined && ${field.name} !== ""`;
    case "bytes":
      return `${field.name} !== undefined && ${field.name}.length !== 0`;
    case "message":
      return `${field.name} !== undefined`;
    default:
      return `${field.name} !== undefined && ${field.name} !== 0`;
  }
}

/** Whether writing the field may replace the writer's memory, so that room must be asked for again. */
const nests = (field: FieldSource): boolean => field.repeated || field.kind === "message";

function writeSingle(field: FieldSource): string {
  const put = putFunctions[field.kind];
  if (field.kind === "enum") {
    // Enums are nearly always below 128; the call for one byte would cost more than the byte.
    return `${putTag(field)}
      if ((${field.name} & 0x7f) === ${field.name}) bytes[at++] = ${field.name};
      else at = ${put}(bytes, at, ${field.name}, "${field.label}");`;
  }
  if (put) return `${putTag(field)} at = ${put}(bytes, at, ${field.name}, "${field.label}");`;
  return `${putTag(field)} at = ${field.kind === "string" ? "putText" : "putBytes"}(bytes, at, ${field.name});`;
}

/** A sub-message: its length is known only when it has been written. */
function writeNested(field: FieldSource, item: string, guess: string): string {
  return `at = writer.reserve(${TAG_ROOM + 5}); bytes = writer.bytes;
      ${putTag(field)}
      writer.at = at + ${guess};
      const before = writer.length;
      write${field.reference}(${item}, writer);
      bytes = writer.bytes;
      at = writer.at - (writer.length - before) - ${guess};`;
}

function writeRepeated(field: FieldSource): string {
  const list = `checkList(${field.name}, "${field.label}")`;
  if (isPacked(field)) {
    return `if (${field.name} !== undefined && ${list}.length !== 0) {
    at = writer.reserve(${TAG_ROOM + 10} + ${field.name}.length * ${scalarRoom[field.kind]}); bytes = writer.bytes;
    ${putTag(field)}
    const from = at;
    const guess = varintLength(${field.name}.length * 2);
    at += guess;
    for (const item of ${field.name}) at = ${putFunctions[field.kind]}(bytes, at, item, "${field.label}");
    at = writer.at = putLength(bytes, from, guess, at);
  }`;
  }
  if (field.kind === "message") {
    return `if (${field.name} !== undefined) {
    // Items of one list are alike: the width of the last one's length is the best guess for the next.
    let guess = 1;
    for (const item of ${list}) {
      ${writeNested(field, "item", "guess")}
      const to = putLength(bytes, at, guess, writer.at);
      guess += to - writer.at;
      at = writer.at = to;
    }
  }`;
  }
  const room = field.kind === "string" ? "textRoom" : "bytesRoom";
  const put = field.kind === "string" ? "putText" : "putBytes";
  return `if (${field.name} !== undefined) {
    for (const item of ${list}) {
      at = writer.reserve(${room}(item, "${field.label}")); bytes = writer.bytes;
      ${putTag(field)} at = writer.at = ${put}(bytes, at, item);
    }
  }`;
}

function writeField(field: FieldSource): string {
  if (field.repeated) return writeRepeated(field);
  if (field.kind !== "message") return `if (${isSet(field)}) { ${writeSingle(field)} }`;
  return `if (${isSet(field)}) {
      ${writeNested(field, field.name, "1")}
      at = writer.at = putLength(bytes, at, 1, writer.at);
  }`;
}

/** Asks once for the room of all plain fields from `first` on, up to the next one that nests. */
function reserve(fields: readonly FieldSource[]): string[] {
  let room = 0;
  const variable: string[] = [];
  for (const field of fields) {
    if (field.kind === "string") {
      variable.push(
        `if (${field.name} !== undefined && ${field.name} !== "") room += textRoom(${field.name}, "${field.label}");`,
      );
    } else if (field.kind === "bytes") {
      variable.push(`if (${field.name} !== undefined) room += bytesRoom(${field.name}, "${field.label}");`);
    } else {
      room += TAG_ROOM + (scalarRoom[field.kind] as number);
    }
  }
  if (variable.length === 0) return [`at = writer.reserve(${room}); bytes = writer.bytes;`];
  return [`room = ${room};`, ...variable, "at = writer.reserve(room); bytes = writer.bytes;"];
}

/** The function that writes one message. */
export function encoderSource(message: DescMessage): string {
  const fields = fieldsOf(message);
  const head = `export function write${message.name}(message: Partially<${message.name}>, writer: Writer): void {`;
  if (fields.length === 0) return `${head}\n  checkObject(message, "${message.name}");\n  void writer;\n}`;
  const lines: string[] = [];
  let run: FieldSource[] = [];
  const flush = (): void => {
    if (run.length === 0) return;
    lines.push(...reserve(run), ...run.map(writeField), "writer.at = at;");
    run = [];
  };
  for (const field of fields) {
    if (!nests(field)) {
      run.push(field);
      continue;
    }
    flush();
    lines.push(writeField(field));
  }
  flush();
  const room = lines.some((line) => line.startsWith("room =")) ? ["let room: number;"] : [];
  return [
    head,
    `checkObject(message, "${message.name}");`,
    `const { ${fields.map((field) => field.name).join(", ")} } = message;`,
    ...room,
    "let at: number;",
    "let bytes: Uint8Array;",
    ...lines,
    "}",
  ].join("\n  ");
}

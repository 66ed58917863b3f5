import type { DescMessage } from "@bufbuild/protobuf";
import { defaultOf, type FieldSource, fieldsOf, isPacked, wireType } from "./message-source.ts";

/** The expression that reads one value of the field. */
function readValue(field: FieldSource): string {
  switch (field.kind) {
    case "string":
      return "reader.text(end)";
    case "bytes":
      return "reader.view(end)";
    case "enum":
      return `reader.int32() as ${field.type}`;
    case "message":
      return `read${field.reference}(reader, reader.lengthEnd(end))`;
    default:
      return `reader.${field.kind}()`;
  }
}

function readCase(field: FieldSource): string[] {
  const tag = field.number * 8 + wireType(field);
  if (isPacked(field)) {
    const last = [`case ${tag}: {`, "  const last = reader.lengthEnd(end);"];
    return [
      ...last,
      `  while (reader.at < last) ${field.name}.push(${readValue(field)});`,
      "  reader.finish(last);",
      "  break;",
      "}",
      `case ${field.number * 8}:`,
      `  ${field.name}.push(${readValue(field)});`,
      "  break;",
    ];
  }
  if (field.repeated) return [`case ${tag}:`, `  ${field.name}.push(${readValue(field)});`, "  break;"];
  const value =
    field.kind === "message"
      ? `read${field.reference}(reader, reader.lengthEnd(end), ${field.name})`
      : readValue(field);
  return [`case ${tag}:`, `  ${field.name} = ${value};`, "  break;"];
}

function declareField(field: FieldSource, merged: boolean): string {
  const type = field.repeated ? `${field.type}[]` : field.type;
  const optional = !field.repeated && field.kind === "message" ? " | undefined" : "";
  const fallback = defaultOf(field);
  if (!merged) return `${field.repeated ? "const" : "let"} ${field.name}: ${type}${optional} = ${fallback};`;
  return `let ${field.name}: ${type}${optional} = before === undefined ? ${fallback} : before.${field.name};`;
}

/**
 * The function that reads one message. The fields live in local variables and become an object in the end: one
 * allocation with one hidden class.
 * @param merged whether the message is a sub-message field somewhere, so that a second occurrence is merged into the
 * first
 */
export function decoderSource(message: DescMessage, merged: boolean): string {
  const { name } = message;
  const fields = fieldsOf(message);
  const before = merged ? `, before?: ${name}` : "";
  return [
    `export function read${name}(reader: Reader, end: number${before}): ${name} {`,
    ...fields.map((field) => `  ${declareField(field, merged)}`),
    "  while (reader.at < end) {",
    "    const tag = reader.tag();",
    ...(fields.length === 0
      ? ["    reader.skip(tag, end);"]
      : [
          "    switch (tag) {",
          ...fields.flatMap(readCase).map((line) => `      ${line}`),
          "      default:",
          "        reader.skip(tag, end);",
          "    }",
        ]),
    "  }",
    "  reader.finish(end);",
    `  return { ${fields.map((field) => field.name).join(", ")} };`,
    "}",
  ].join("\n");
}

function createField(field: FieldSource): string {
  const value = `message.${field.name}`;
  if (field.kind === "message") {
    return field.repeated
      ? `${field.name}: ${value}?.map(create${field.reference}) ?? [],`
      : `${field.name}: ${value} === undefined ? undefined : create${field.reference}(${value}),`;
  }
  return field.repeated ? `${field.name}: [...(${value} ?? [])],` : `${field.name}: ${value} ?? ${defaultOf(field)},`;
}

/** The function that fills in the defaults of one message. */
export function creatorSource(message: DescMessage): string {
  const { name } = message;
  const fields = fieldsOf(message);
  const parameter = fields.length === 0 ? "_message" : "message";
  return [
    `export function create${name}(${parameter}: Partially<${name}>): ${name} {`,
    "  return {",
    ...fields.map((field) => `    ${createField(field)}`),
    "  };",
    "}",
  ].join("\n");
}

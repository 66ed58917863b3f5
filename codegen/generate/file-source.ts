import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import { creatorSource, decoderSource } from "./decoder-source.ts";
import { encoderSource } from "./encoder-source.ts";
import { fieldsOf } from "./message-source.ts";

/** The first line of everything that is generated here. */
export const GENERATED: string = "// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.";

/** Names from the runtime that generated functions may use, by the module they come from. */
const runtime: [module: string, names: string[]][] = [
  ["../command.ts", ["type BodyCodec", "type Partially"]],
  ["../wire/message-codec.ts", ["checkObject", "MessageCodec", "NO_BYTES"]],
  ["../wire/reader.ts", ["type Reader"]],
  ["../wire/varint.ts", ["varintLength"]],
  [
    "../wire/writer.ts",
    [
      "bytesRoom",
      "checkList",
      "putBool",
      "putBytes",
      "putInt32",
      "putLength",
      "putText",
      "putUint32",
      "putUint64",
      "textRoom",
      "type Writer",
    ],
  ],
];

const uses = (source: string, name: string): boolean => new RegExp(`\\b${name.replace("type ", "")}\\b`).test(source);

function importLine(module: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const onlyTypes = names.every((name) => name.startsWith("type "));
  const list = names.map((name) => (onlyTypes ? name.replace("type ", "") : name)).join(", ");
  return [`import ${onlyTypes ? "type " : ""}{ ${list} } from "${module}";`];
}

/** Imports of messages and enums of this and other files: their types, and the functions of those that are nested. */
function referenceImports(file: DescFile, source: string, files: readonly DescFile[]): string[] {
  return files.flatMap((other) => {
    const types = [...other.messages, ...other.enums].map((type) => type.name).filter((name) => uses(source, name));
    const functions =
      other === file
        ? []
        : other.messages
            .flatMap(({ name }) => [`create${name}`, `read${name}`, `write${name}`])
            .filter((name) => uses(source, name));
    return [
      ...importLine(
        `./${other.name}.ts`,
        types.map((name) => `type ${name}`),
      ),
      ...importLine(`./${other.name}.codec.ts`, functions),
    ];
  });
}

/** Messages that some message has as a sub-message field of its own (not in a list). */
function mergedMessages(files: readonly DescFile[]): Set<string | undefined> {
  const fields = files.flatMap((file) => file.messages.flatMap(fieldsOf));
  return new Set(fields.filter((field) => field.kind === "message" && !field.repeated).map((field) => field.reference));
}

function messageSource(message: DescMessage, merged: boolean): string {
  const { name, typeName } = message;
  return [
    encoderSource(message),
    decoderSource(message, merged),
    creatorSource(message),
    `/** ${typeName} */
export const ${name}Codec: BodyCodec<${name}> = new MessageCodec<${name}>("${typeName}", {
  write: write${name},
  read: read${name},
  create: create${name},
});`,
  ].join("\n\n");
}

/** The codecs of the messages of one file, e.g. `CIM.Message.codec.ts`; undefined when it has no messages. */
export function codecFileSource(file: DescFile, files: readonly DescFile[]): string | undefined {
  if (file.messages.length === 0) return undefined;
  const merged = mergedMessages(files);
  const body = file.messages.map((message) => messageSource(message, merged.has(message.name))).join("\n\n");
  const imports = runtime.flatMap(([module, names]) =>
    importLine(
      module,
      names.filter((name) => uses(body, name)),
    ),
  );
  return `${[GENERATED, ...imports, ...referenceImports(file, body, files)].join("\n")}\n\n${body}\n`;
}

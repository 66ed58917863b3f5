import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";

/** How one field of the contract stands in TypeScript and on the wire. */
export interface FieldSource {
  readonly name: string;
  readonly number: number;
  /** `CIMMsgData.msg_data`, as errors name it. */
  readonly label: string;
  readonly kind: "uint64" | "uint32" | "int32" | "bool" | "string" | "bytes" | "enum" | "message";
  readonly repeated: boolean;
  /** The TypeScript type of one item. */
  readonly type: string;
  /** The enum or message of the field, when it has one. */
  readonly reference: string | undefined;
}

const scalarKinds: Partial<Record<ScalarType, FieldSource["kind"]>> = {
  [ScalarType.UINT64]: "uint64",
  [ScalarType.UINT32]: "uint32",
  [ScalarType.INT32]: "int32",
  [ScalarType.BOOL]: "bool",
  [ScalarType.STRING]: "string",
  [ScalarType.BYTES]: "bytes",
};

const scalarTypes: Record<string, string> = {
  uint64: "bigint",
  uint32: "number",
  int32: "number",
  bool: "boolean",
  string: "string",
  bytes: "Uint8Array",
};

/** The kinds that may come packed: several values behind one tag and length. */
const packable = new Set(["uint64", "uint32", "int32", "bool", "enum"]);

/** The source form of a field; fails for a type that the contract has not used until now. */
export function fieldSource(field: DescField): FieldSource {
  const kind = field.message ? "message" : field.enum ? "enum" : scalarKinds[field.scalar as ScalarType];
  const unsupported = kind === undefined || field.fieldKind === "map" || field.oneof !== undefined;
  if (unsupported) throw new Error(`${field.toString()}: codegen/generate/ cannot write a codec for this type yet`);
  const reference = (field.message ?? field.enum)?.name;
  return {
    name: field.name,
    number: field.number,
    label: `${field.parent.name}.${field.name}`,
    kind,
    repeated: field.fieldKind === "list",
    type: reference ?? (scalarTypes[kind] as string),
    reference,
  };
}

/** Wire type of the field as it is written. */
export function wireType(field: FieldSource): number {
  if (field.repeated && packable.has(field.kind)) return 2;
  return packable.has(field.kind) ? 0 : 2;
}

/** Whether the field's values may come packed and one by one. */
export function isPacked(field: FieldSource): boolean {
  return field.repeated && packable.has(field.kind);
}

/** The fields in ascending number, the order in which they are written. */
export function fieldsOf(message: DescMessage): FieldSource[] {
  return message.fields.map(fieldSource).sort((a, b) => a.number - b.number);
}

/** The proto3 default as source text. */
export function defaultOf(field: FieldSource): string {
  if (field.repeated) return "[]";
  switch (field.kind) {
    case "uint64":
      return "0n";
    case "bool":
      return "false";
    case "string":
      return '""';
    case "bytes":
      return "NO_BYTES";
    case "message":
      return "undefined";
    default:
      return "0";
  }
}

import fc from "fast-check";
import protobuf from "protobufjs";

const UINT64_MAX = 2n ** 64n - 1n;

/** uint64 with the values at which varints change their length, and the largest, far more often than chance. */
const uint64 = fc.oneof(
  fc.bigInt({ min: 0n, max: UINT64_MAX }),
  fc.integer({ min: 0, max: 63 }).chain((shift) => fc.constantFrom(1n << BigInt(shift), (1n << BigInt(shift)) - 1n)),
  fc.constantFrom(0n, UINT64_MAX, 2n ** 53n, 2n ** 53n + 1n, 2n ** 32n, 2n ** 32n - 1n),
);
const uint32 = fc.oneof(fc.nat({ max: 0xffffffff }), fc.constantFrom(0, 127, 128, 16383, 16384, 0xffffffff));
const int32 = fc.oneof(fc.integer(), fc.constantFrom(0, 127, 128, -1, -0x80000000, 0x7fffffff));

/** Text of every width in UTF-8, and of lengths around which the length prefix and the fast paths change. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 70 }),
  fc.string({ unit: "binary-ascii", maxLength: 200 }),
  fc.constantFrom("", "a".repeat(127), "a".repeat(128), "消息".repeat(40), "\ufffd", "é".repeat(70), "😀".repeat(40)),
);
const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(20_000).fill(7)));

const scalars: Record<string, fc.Arbitrary<unknown>> = {
  uint64,
  uint32,
  int32,
  string: text,
  bytes,
  bool: fc.boolean(),
};

function arbitraryValue(field: protobuf.Field): fc.Arbitrary<unknown> {
  if (field.resolvedType instanceof protobuf.Type) return arbitraryMessage(field.resolvedType);
  // Enums are open: numbers that the contract does not name travel too.
  if (field.resolvedType instanceof protobuf.Enum) {
    return fc.oneof(fc.constantFrom(...Object.values(field.resolvedType.values)), int32);
  }
  const scalar = scalars[field.type];
  if (!scalar) throw new Error(`no arbitrary for ${field.fullName} of type ${field.type}`);
  return scalar;
}

/** Messages of a type with any of its fields set, generated from what protobufjs knows of it. */
export function arbitraryMessage(type: protobuf.Type): fc.Arbitrary<Record<string, unknown>> {
  const fields = type.fieldsArray.map((field) => {
    const value = arbitraryValue(field);
    return [field.name, field.repeated ? fc.array(value, { maxLength: 5 }) : value] as const;
  });
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] });
}

import fc from "fast-check";
import protobuf from "protobufjs";
import { describe, expect, test } from "vitest";
import { type BodyCodec, hexOf, messageCodecs } from "./index.ts";
import { arbitraryMessage } from "./testing/arbitrary-message.ts";
import { contractTypes } from "./testing/contract-types.ts";

/** The class that protobufjs uses for 64-bit numbers; its own types do not show this function. */
const Long = protobuf.util.Long as unknown as { fromString(digits: string, unsigned: boolean): unknown };

/** protobufjs writes whatever was set, also a proto3 default, and takes 64-bit numbers as Long objects. */
function forProtobufjs(type: protobuf.Type, message: Record<string, unknown>): Record<string, unknown> {
  const convert = (field: protobuf.Field, value: unknown): unknown => {
    if (typeof value === "bigint") return Long.fromString(value.toString(), true);
    if (field.resolvedType instanceof protobuf.Type) return forProtobufjs(field.resolvedType, value as never);
    return value;
  };
  const isDefault = (value: unknown): boolean =>
    value === 0 ||
    value === 0n ||
    value === "" ||
    value === false ||
    (value instanceof Uint8Array && value.length === 0);
  const fields = Object.entries(message).flatMap(([name, value]): [string, unknown][] => {
    const field = type.fields[name] as protobuf.Field;
    if (field.repeated) return [[name, (value as unknown[]).map((item) => convert(field, item))]];
    return isDefault(value) ? [] : [[name, convert(field, value)]];
  });
  return Object.fromEntries(fields);
}

/** One form for the messages of both libraries: every field present, ids as digits, bytes as hexadecimal. */
function comparable(type: protobuf.Type, message: Record<string, unknown>): Record<string, unknown> {
  const convert = (field: protobuf.Field, value: unknown): unknown => {
    if (field.resolvedType instanceof protobuf.Type) {
      return value === undefined || value === null ? null : comparable(field.resolvedType, value as never);
    }
    if (field.type === "bytes") return hexOf(value as Uint8Array);
    return field.type === "uint64" ? String(value) : value;
  };
  return Object.fromEntries(
    type.fieldsArray.map((field) => {
      const value = message[field.name];
      return [
        field.name,
        field.repeated ? (value as unknown[]).map((item) => convert(field, item)) : convert(field, value),
      ];
    }),
  );
}

const runs = { numRuns: 150, seed: 20261124 };

test("the codecs are those of the contract's message types", () => {
  const names = contractTypes.map((type) => type.fullName.slice(1));
  expect(Object.keys(messageCodecs).sort()).toEqual(names.sort());
});

describe.each(contractTypes.map((type) => [type.fullName.slice(1), type] as const))("%s", (name, type) => {
  const codec = messageCodecs[name] as BodyCodec<unknown>;

  test("has the bytes that protobufjs writes", () => {
    fc.assert(
      fc.property(arbitraryMessage(type), (message) => {
        const theirs = type.encode(type.create(forProtobufjs(type, message))).finish();
        expect(hexOf(codec.encode(message as never))).toBe(hexOf(theirs));
      }),
      runs,
    );
  });

  test("is read as protobufjs reads it", () => {
    fc.assert(
      fc.property(arbitraryMessage(type), (message) => {
        const bytes = codec.encode(message as never);
        const ours = codec.decode(bytes) as Record<string, unknown>;
        const theirs = type.decode(bytes) as unknown as Record<string, unknown>;
        expect(comparable(type, ours)).toEqual(comparable(type, theirs));
      }),
      runs,
    );
  });

  test("comes back as it was sent, with defaults where nothing was set", () => {
    fc.assert(
      fc.property(arbitraryMessage(type), (message) => {
        expect(codec.decode(codec.encode(message as never))).toEqual(codec.create(message as never));
      }),
      runs,
    );
  });
});

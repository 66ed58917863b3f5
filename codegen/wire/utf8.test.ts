import fc from "fast-check";
import { expect, test } from "vitest";
import { readUtf8, utf8Length, writeUtf8 } from "./utf8.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.nat({ max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

test("writes what TextEncoder writes, lone surrogates included", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const expected = new TextEncoder().encode(text);
      const bytes = new Uint8Array(text.length * 3 + 1);
      expect(bytes.slice(0, writeUtf8(bytes, 0, text))).toEqual(expected);
      expect(utf8Length(text)).toBe(expected.length);
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test("reads and refuses what a strict TextDecoder reads and refuses", () => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const nearlyUtf8 = fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc
      .array(
        fc.constantFrom(0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff),
        { maxLength: 6 },
      )
      .map((list) => Uint8Array.from(list)),
    anyText.map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(nearlyUtf8, (bytes) => {
      let expected: string | undefined;
      try {
        expected = decoder.decode(bytes);
      } catch {
        expect(() => readUtf8(bytes, 0, bytes.length)).toThrow("a string is not UTF-8");
        return;
      }
      expect(readUtf8(bytes, 0, bytes.length)).toBe(expected);
    }),
    { numRuns: 5000, seed: 2 },
  );
});

test("reads texts longer than one call of String.fromCharCode takes", () => {
  const text = "aé消😀".repeat(20_000);
  const bytes = new TextEncoder().encode(text);
  expect(readUtf8(bytes, 0, bytes.length)).toBe(text);
});

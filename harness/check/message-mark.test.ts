import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeMark, encodeMark } from "./message-mark.ts";
import { PayloadFormat } from "./payload.ts";

const bits = (count: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** count - 1 });
const mark = fc.record({ run: bits(32), sender: bits(28), conversation: bits(28), index: bits(32) });

it("a mark is a UUID and comes back whole", () => {
  fc.assert(
    fc.property(mark, (value) => {
      const text = encodeMark(value);
      expect(text).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(decodeMark(text)).toEqual(value);
    }),
  );
});

it("text that is no mark is not taken for one", () => {
  expect(decodeMark("")).toBeUndefined();
  expect(decodeMark("6fc1c9a5-8d0e-4b7e-9a1d-0c2b3d4e5f60")).toBeUndefined();
  expect(decodeMark("6fc1c9a5-8d0e-8b7e-8a1d-0c2b3d4e5fzz")).toBeUndefined();
});

it("a content is verified to the byte and gives its intended time back", () => {
  const format = new PayloadFormat(100, 7);
  const id = encodeMark({ run: 1, sender: 2, conversation: 3, index: 4 });
  const content = new Uint8Array(format.write(id, 4, 123_456_789));
  expect(format.verify(content, id, 4)).toBe(123_456_789);
  for (let at = 0; at < content.length; at++) {
    const changed = new Uint8Array(content);
    changed[at] = (changed[at] as number) ^ 1;
    // A changed digit of the time is another time; all other bytes are known.
    expect(format.verify(changed, id, 4), `byte ${at}`).not.toBe(123_456_789);
  }
  expect(format.verify(content.subarray(1), id, 4)).toBeUndefined();
});

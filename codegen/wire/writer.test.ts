import fc from "fast-check";
import { expect, test } from "vitest";
import { Writer } from "./writer.ts";

/** Lengths of pieces around those at which the writer changes its way: a slab of 16 KiB, and 1 MiB. */
const lengths = fc.oneof(
  fc.nat({ max: 200 }),
  fc.integer({ min: 16_000, max: 17_000 }),
  fc.integer({ min: 30_000, max: 200_000 }),
  fc.integer({ min: 500_000, max: 1_100_000 }),
);

/** Appends so many bytes in steps, as an encoder does. */
function write(writer: Writer, length: number, step: number, value: number): void {
  for (let left = length; left > 0; left -= step) {
    const part = Math.min(left, step);
    const at = writer.reserve(part);
    writer.bytes.fill(value, at, at + part);
    writer.at = at + part;
  }
}

test("a piece that was handed out stays as it is, whatever is written behind it", () => {
  const pieces = fc.array(fc.record({ length: lengths, step: fc.constantFrom(100, 5000, 70_000, 2_000_000) }), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(pieces, (written) => {
      const writer = new Writer();
      const taken = written.map(({ length, step }, index) => {
        write(writer, length, step, index + 1);
        expect(writer.length).toBe(length);
        return writer.take();
      });
      for (const [index, piece] of taken.entries()) {
        expect(piece.length).toBe(written[index]?.length);
        expect(piece.every((byte) => byte === index + 1)).toBe(true);
      }
    }),
    { numRuns: 60, seed: 1 },
  );
});

test("what is forgotten of a large piece leaves the next one whole", () => {
  const writer = new Writer();
  write(writer, 10, 10, 1);
  write(writer, 100_000, 1000, 2);
  writer.rewind(10);
  write(writer, 5, 5, 3);
  expect([...writer.take()]).toEqual([...Array(10).fill(1), ...Array(5).fill(3)]);
  expect(writer.take().length).toBe(0);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Unit, UnitKind, UnitReader, UnitWriter } from "./unit.ts";

const units = fc.array(
  fc.record({
    kind: fc.constantFrom(...Object.values(UnitKind)),
    id: fc.nat({ max: 0xffffffff }),
    payload: fc.uint8Array({ maxLength: 300 }),
  }),
  { minLength: 1, maxLength: 20 },
);

test("units come out as they went in, however the bytes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(units, fc.infiniteStream(fc.integer({ min: 1, max: 40 })), async (sent, pieces) => {
      const bytes = await new Promise<Uint8Array>((resolve) => {
        const writer = new UnitWriter((written) => resolve(written));
        for (const { kind, id, payload } of sent) writer.send(kind, id, payload);
      });
      const reader = new UnitReader();
      const came: Unit[] = [];
      for (let at = 0; at < bytes.length; ) {
        const length = pieces.next().value as number;
        for (const { kind, id, payload } of reader.read(Buffer.from(bytes.subarray(at, at + length)))) {
          came.push({ kind, id, payload: Uint8Array.from(payload) });
        }
        at += length;
      }
      expect(came).toEqual(sent.map(({ kind, id, payload }) => ({ kind, id, payload: Uint8Array.from(payload) })));
    }),
    { numRuns: 50 },
  );
});

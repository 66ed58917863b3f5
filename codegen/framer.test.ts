import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ProtocolError } from "./errors.ts";
import { commands, DEFAULT_MAX_FRAME_LENGTH, encodeFrame, encodeRawFrame, type Frame, Framer, hexOf } from "./index.ts";

function drain(framer: Framer): Frame[] {
  const frames: Frame[] = [];
  for (let frame = framer.next(); frame; frame = framer.next()) frames.push(frame);
  return frames;
}

/** The code of the ProtocolError that `act` throws; anything else fails the test. */
function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return "nothing was thrown";
}

const concat = (pieces: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(pieces));

/** A stream of packets with bodies around the sizes at which the queue changes its way, and where to cut it. */
const streams = fc
  .array(
    fc.record({
      command_id: fc.nat({ max: 0xffff }),
      seq_num: fc.nat({ max: 0xffff }),
      size: fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 6000 }), fc.constantFrom(2047, 2048, 16 * 1024, 40_000)),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((packets) =>
    packets.map(({ size, ...header }, index) => encodeRawFrame(header, new Uint8Array(size).fill(index + 1))),
  )
  .chain((packets) => {
    const length = packets.reduce((sum, packet) => sum + packet.length, 0);
    return fc.record({
      packets: fc.constant(packets),
      cuts: fc.oneof(
        fc.array(fc.nat({ max: length }), { maxLength: 30 }),
        fc.array(fc.nat({ max: Math.min(length, 200) }), { maxLength: 100 }),
      ),
    });
  });

function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const edges = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((end, index) => bytes.slice(edges[index], end));
}

describe("any cutting of a stream", () => {
  test("gives the same packets, whether they are taken at once or at the end", () => {
    fc.assert(
      fc.property(streams, fc.boolean(), ({ packets, cuts }, atOnce) => {
        const framer = new Framer();
        const frames: Frame[] = [];
        for (const piece of pieces(concat(packets), cuts)) {
          framer.push(piece);
          if (atOnce) frames.push(...drain(framer));
        }
        frames.push(...drain(framer));
        framer.end();
        expect(framer.pendingBytes).toBe(0);
        expect(frames.map((frame) => hexOf(frame.bytes))).toEqual(packets.map(hexOf));
        for (const frame of frames) expect(hexOf(frame.body)).toBe(hexOf(frame.bytes.subarray(16)));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test("gives the same packets byte by byte", () => {
    const packets = [
      encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1),
      encodeFrame(commands.MSG_DATA, { from_user_id: 12n, msg_data: new Uint8Array(40_000).fill(9) }, 2),
      encodeFrame(commands.GROUP_LIST_REQ, { user_id: 1n }, 3),
    ];
    const framer = new Framer();
    const frames: Frame[] = [];
    for (const byte of concat(packets)) {
      framer.push(Uint8Array.of(byte));
      frames.push(...drain(framer));
    }
    expect(frames.map((frame) => hexOf(frame.bytes))).toEqual(packets.map(hexOf));
  });

  test("leaves the packets that were cut before as they are", () => {
    fc.assert(
      fc.property(streams, ({ packets, cuts }) => {
        const framer = new Framer();
        const taken: { frame: Frame; copy: string }[] = [];
        for (const piece of pieces(concat(packets), cuts)) {
          framer.push(piece);
          taken.push(...drain(framer).map((frame) => ({ frame, copy: hexOf(frame.bytes) })));
        }
        for (const { frame, copy } of taken) expect(hexOf(frame.bytes)).toBe(copy);
      }),
      { numRuns: 100, seed: 2 },
    );
  });
});

describe("any bytes whatsoever", () => {
  /** Streams that are mostly nonsense, and nonsense with a plausible header in front. */
  const nonsense = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .record({ length: fc.nat({ max: 300 }), command_id: fc.nat({ max: 0xffff }) })
        .map((header) => encodeRawFrame(header, new Uint8Array(0))),
    ),
    { maxLength: 40 },
  );

  test("throw nothing but a ProtocolError, and hold back no more than one packet", () => {
    fc.assert(
      fc.property(nonsense, (chunks) => {
        const limit = 256;
        const framer = new Framer(limit);
        let failed = false;
        for (const chunk of chunks) {
          framer.push(chunk);
          try {
            drain(framer);
          } catch (error) {
            failed = true;
            expect(error).toBeInstanceOf(ProtocolError);
          }
          expect(framer.pendingBytes).toBeLessThan(failed ? 1 : limit);
        }
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

describe("a length", () => {
  test.each([0, 1, 15])("of %i is too short", (length) => {
    const framer = new Framer();
    framer.push(encodeRawFrame({ length }, new Uint8Array(0)));
    expect(codeOf(() => framer.next())).toBe("length-too-short");
  });

  test("of 16 is a packet without a body", () => {
    const framer = new Framer();
    framer.push(encodeRawFrame({ command_id: 0x0105 }, new Uint8Array(0)));
    expect(framer.next()?.body).toHaveLength(0);
  });

  test.each([DEFAULT_MAX_FRAME_LENGTH + 1, 0x80000000, 0xffffffff])(
    "of %i is too long, known from the header alone",
    (length) => {
      const framer = new Framer();
      framer.push(encodeRawFrame({ length }, new Uint8Array(0)));
      expect(codeOf(() => framer.next())).toBe("length-too-long");
    },
  );

  test("of the limit itself passes, and one more does not", () => {
    const framer = new Framer(64);
    framer.push(encodeRawFrame({}, new Uint8Array(48)));
    expect(framer.next()?.bytes).toHaveLength(64);
    framer.push(encodeRawFrame({}, new Uint8Array(49)));
    expect(codeOf(() => framer.next())).toBe("length-too-long");
  });

  test("that was refused ends the stream: nothing is taken any more and the same error comes again", () => {
    const framer = new Framer();
    framer.push(encodeRawFrame({ length: 3 }, new Uint8Array(100)));
    expect(codeOf(() => framer.next())).toBe("length-too-short");
    framer.push(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1));
    expect(framer.pendingBytes).toBe(0);
    expect(codeOf(() => framer.next())).toBe("length-too-short");
  });

  test("that is only announced takes no memory", () => {
    const before = process.memoryUsage().arrayBuffers;
    const framers = Array.from({ length: 200 }, () => {
      const framer = new Framer();
      framer.push(encodeRawFrame({ length: DEFAULT_MAX_FRAME_LENGTH }, new Uint8Array(0)));
      expect(framer.next()).toBeUndefined();
      return framer;
    });
    // 200 announced packets are 2 GiB; what they may hold is their 16 bytes and a small buffer each.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
    expect(framers.every((framer) => framer.pendingBytes === 16)).toBe(true);
  });
});

describe("memory", () => {
  test("a packet that lies in one chunk is a view of it", () => {
    const chunk = encodeRawFrame({}, new Uint8Array(100));
    const framer = new Framer();
    framer.push(chunk);
    const frame = framer.next();
    expect(frame?.body.buffer).toBe(chunk.buffer);
    expect(frame?.bytes.byteOffset).toBe(chunk.byteOffset);
  });

  test("a short rest of a long chunk is copied, so that the chunk is free", () => {
    const packet = Buffer.from(encodeRawFrame({}, new Uint8Array(60_000)));
    const chunk = new Uint8Array(packet.length + 20);
    chunk.set(packet);
    chunk.set(encodeRawFrame({ length: 100 }, new Uint8Array(4)), packet.length);
    const framer = new Framer();
    framer.push(chunk);
    expect(framer.next()?.bytes).toHaveLength(packet.length);
    expect(framer.next()).toBeUndefined();
    expect(framer.pendingBytes).toBe(20);
    framer.push(new Uint8Array(80));
    const second = framer.next();
    expect(second?.bytes).toHaveLength(100);
    expect(second?.bytes.buffer).not.toBe(chunk.buffer);
  });

  test("bodies are plain Uint8Arrays even when the stream is made of Buffers, so that slice() copies", () => {
    const framer = new Framer();
    framer.push(Buffer.from(encodeRawFrame({}, Uint8Array.of(1, 2, 3))));
    const body = framer.next()?.body as Uint8Array;
    expect(Buffer.isBuffer(body)).toBe(false);
    const kept = body.slice();
    body[0] = 99;
    expect(kept[0]).toBe(1);
  });
});

test("a stream that ends inside a packet is an error", () => {
  const framer = new Framer();
  framer.push(encodeRawFrame({}, new Uint8Array(10)).slice(0, 20));
  expect(framer.next()).toBeUndefined();
  expect(codeOf(() => framer.end())).toBe("truncated-stream");
});

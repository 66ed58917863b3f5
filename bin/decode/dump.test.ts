import { expect, test } from "vitest";
import { bytesOfDump } from "./dump.ts";

const BYTES = Buffer.from("0000001a0001000000000301000700006162636465663031", "hex");

test.each([
  [
    "hexdump -C",
    "00000000  00 00 00 1a 00 01 00 00  00 00 03 01 00 07 00 00  |................|\n" +
      "00000010  61 62 63 64 65 66 30 31                           |abcdef01|\n00000018\n",
  ],
  [
    "xxd",
    "00000000: 0000 001a 0001 0000 0000 0301 0007 0000  ................\r\n" +
      "00000010: 6162 6364 6566 3031                      abcdef01\r\n",
  ],
  ["tcpdump -x", "\t0x0000:  0000 001a 0001 0000 0000 0301 0007 0000\n\t0x0010:  6162 6364 6566 3031\n"],
])("the bytes of %s are those between offsets and text", (_program, text) => {
  expect(bytesOfDump(text, "it")).toEqual(BYTES);
});

test.each(["00000010000100000000010500070000", "00000010", "hello: world", "\0\0\0\u0010", ""])(
  "%j is no dump",
  (text) => {
    expect(bytesOfDump(text, "it")).toBeUndefined();
  },
);

test("a dump that leaves lines out is told so", () => {
  const line = "00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|";
  expect(() => bytesOfDump(`${line}\n*\n00000030\n`, "it")).toThrow(/leaves out lines .*: make it with hexdump -vC$/);
});

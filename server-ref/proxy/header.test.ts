import { expect, test } from "vitest";
import { readProxyHeader } from "./header.ts";

const SIGNATURE = "0d0a0d0a000d0a515549540a";

function binary(hex: string): Buffer {
  return Buffer.from(SIGNATURE + hex, "hex");
}

const whole: [string, Buffer, string | undefined][] = [
  ["TCP4", Buffer.from("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n"), "192.0.2.7"],
  ["TCP6", Buffer.from("PROXY TCP6 2001:db8::7 2001:db8::1 0 65535\r\n"), "2001:db8::7"],
  ["UNKNOWN", Buffer.from("PROXY UNKNOWN\r\n"), undefined],
  ["UNKNOWN with anything", Buffer.from("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n"), undefined],
  ["v2 over IPv4", binary("2111000cc0000207c63364010001 01bb".replace(" ", "")), "192.0.2.7"],
  ["v2 over IPv4 with a field more", binary("2111000fc0000207c6336401000101bb040000"), "192.0.2.7"],
  ["v2 over IPv6", binary(`21210024${"20010db8".padEnd(31, "0")}7${"0".repeat(32)}00010002`), "2001:db8:0:0:0:0:0:7"],
  ["v2 over a Unix socket", binary(`213100d8${"00".repeat(216)}`), undefined],
  ["v2 unspecified", binary("21000000"), undefined],
  ["v2 LOCAL, whatever addresses", binary("2011000cc0000207c6336401000101bb"), undefined],
];

test.each(whole)("reads %s, wherever it is cut, and leaves what follows", (_what, bytes, address) => {
  for (let length = 1; length < bytes.length; length++) {
    expect(readProxyHeader(bytes.subarray(0, length))).toBeUndefined();
  }
  expect(readProxyHeader(Buffer.concat([bytes, Buffer.from("PROXY more")]))).toEqual({ length: bytes.length, address });
});

test.each([
  ["a packet", Buffer.from("00000010000100000000010500070000", "hex")],
  ["another word", Buffer.from("PROXX TCP4 ")],
  ["a line without addresses", Buffer.from("PROXY TCP4\r\n")],
  ["no family", Buffer.from("PROXY \r\n")],
  ["an unknown family", Buffer.from("PROXY UDP4 192.0.2.7 198.51.100.1 1 2\r\n")],
  ["a family that objects have", Buffer.from("PROXY constructor 192.0.2.7 198.51.100.1 1 2\r\n")],
  ["an address of the other family", Buffer.from("PROXY TCP4 ::1 198.51.100.1 1 2\r\n")],
  ["a host name", Buffer.from("PROXY TCP4 localhost 198.51.100.1 1 2\r\n")],
  ["a port too large", Buffer.from("PROXY TCP4 192.0.2.7 198.51.100.1 1 65536\r\n")],
  ["a port with a sign", Buffer.from("PROXY TCP4 192.0.2.7 198.51.100.1 +1 2\r\n")],
  ["a port missing", Buffer.from("PROXY TCP4 192.0.2.7 198.51.100.1 1\r\n")],
  ["a word too many", Buffer.from("PROXY TCP4 192.0.2.7 198.51.100.1 1 2 3\r\n")],
  ["two spaces", Buffer.from("PROXY TCP4  192.0.2.7 198.51.100.1 1 2\r\n")],
  ["a line without an end", Buffer.from(`PROXY UNKNOWN ${"x".repeat(100)}`)],
  ["version 1 in binary", binary("1111000cc0000207c6336401000101bb")],
  ["an unknown command", binary("2211000cc0000207c6336401000101bb")],
  ["datagrams", binary("2112000cc0000207c6336401000101bb")],
  ["too few bytes for its addresses", binary("2111000bc0000207c633640100010")],
  ["more bytes than a balancer sends", binary("2111ffffc0000207")],
])("refuses %s as soon as it is there", (_what, bytes) => {
  expect(() => readProxyHeader(bytes)).toThrow("PROXY protocol");
});

import { expect, test } from "vitest";
import { formatAddress, parseAddress } from "./index.ts";

test.each([
  ["tcp://127.0.0.1:8000", { scheme: "tcp", host: "127.0.0.1", port: 8000, path: "/" }],
  ["tls://im.example:443", { scheme: "tls", host: "im.example", port: 443, path: "/" }],
  ["ws://[::1]:80", { scheme: "ws", host: "::1", port: 80, path: "/" }],
  ["wss://im.example:8001/gate?v=1", { scheme: "wss", host: "im.example", port: 8001, path: "/gate?v=1" }],
])("%s is read and written again", (text, address) => {
  expect(parseAddress(text)).toEqual(address);
  expect(formatAddress(parseAddress(text))).toBe(text);
});

test.each([
  ["127.0.0.1:8000", "has no scheme"],
  ["http://127.0.0.1:8000", 'scheme "http" is not known'],
  ["tcp://127.0.0.1", "port is missing"],
  ["tcp://:8000", "cannot be read"],
  ["tcp://127.0.0.1:0", "not between 1 and 65535"],
  ["tcp://127.0.0.1:70000", "cannot be read"],
  ["tcp://me:secret@127.0.0.1:8000", "user name"],
  ["tcp://127.0.0.1:8000/path", "takes no path"],
])("%s is refused in one sentence", (text, reason) => {
  expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: "usage" }));
  expect(() => parseAddress(text)).toThrow(reason);
});

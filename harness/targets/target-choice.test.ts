import { expect, test } from "vitest";
import { blockedPorts } from "./blocked-ports.ts";
import { parseTarget } from "./index.ts";

test("the reference server is the default, addresses are read with their API", () => {
  expect(parseTarget()).toEqual({ kind: "ref" });
  expect(parseTarget("container")).toEqual({ kind: "container" });
  expect(parseTarget("tcp://127.0.0.1:8000", "http://127.0.0.1:18080/")).toMatchObject({
    kind: "external",
    address: { scheme: "tcp", port: 8000 },
    http: "http://127.0.0.1:18080",
  });
});

test.each([
  ["reff", undefined, '--target "reff" is not known; expected ref, container, or tcp://'],
  ["http://127.0.0.1:1", undefined, "expected tcp://HOST:PORT"],
  ["ref", "http://127.0.0.1:1", "has an HTTP API of its own"],
  ["tcp://127.0.0.1:1", "127.0.0.1:18080", "expected http://HOST:PORT"],
  ["tcp://127.0.0.1:1", "http://127.0.0.1:10080", "never ask port 10080; let the API listen on another one"],
  ["tcp://127.0.0.1:1", "http://u:p@127.0.0.1:18080", "more than an address"],
])("--target %s --http %s is refused in one sentence", (target, http, reason) => {
  expect(() => parseTarget(target, http)).toThrow(expect.objectContaining({ code: "usage" }));
  expect(() => parseTarget(target, http)).toThrow(reason);
});

test("no port is refused that could be asked", async () => {
  for (const port of blockedPorts) {
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toMatchObject({ cause: { message: "bad port" } });
  }
});

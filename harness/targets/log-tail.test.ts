import { expect, test } from "vitest";
import { LogTail } from "./log-tail.ts";

test("keeps the last lines, whatever the pieces they come in", () => {
  const log = new LogTail(3);
  for (const piece of ["one\ntw", "o\nthree\r\nfo", "ur"]) log.add(piece);
  expect(log.lines).toEqual(["one", "two", "three", "four"]);
  log.add("\nfive\n");
  expect(log.lines).toEqual(["three", "four", "five"]);
});

test("a line without end does not fill the memory", () => {
  const log = new LogTail();
  for (let i = 0; i < 100; i++) log.add("x".repeat(1_000));
  log.add("\n");
  expect(log.lines[0]?.length).toBe(1_000);
});

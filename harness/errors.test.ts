import { describe, expect, test } from "vitest";
import { asCuppingError, CuppingError, describeError, type ErrorCode, exitCodeOfError } from "./errors.ts";
import { receivedError, sendableError } from "./sent-error.ts";

describe("what a user reads of an error", () => {
  test.each<ErrorCode>(["usage", "target", "port-taken", "scenario", "harness"])(
    "of code %s is its sentence and its hint",
    (code) => {
      const error = new CuppingError(code, "the file is empty", { hint: "Write one.", cause: new Error("inside") });
      expect(describeError(error)).toBe("the file is empty\nWrite one.");
      expect(describeError(new CuppingError(code, "the file is empty"))).toBe("the file is empty");
    },
  );

  test("of code internal is where it began, and how to report it", () => {
    const text = describeError(new CuppingError("internal", "two answers to one request"));
    expect(text).toMatch(/^CuppingError: two answers to one request\n {4}at .*errors\.test\.ts/);
    expect(text.split("\n").at(-1)).toMatch(/Please report it .* `cupping --version`\.$/);
  });

  test("of an error that nobody expected is the same", () => {
    const text = describeError(new TypeError("x is undefined"));
    expect(text).toMatch(/^TypeError: x is undefined\n {4}at .*errors\.test\.ts/);
    expect(text).toMatch(/Please report it/);
    expect(asCuppingError(new TypeError("x")).code).toBe("internal");
  });

  test.each(["EMFILE", "ENFILE", "EAGAIN", "ENOMEM"])("of %s is what the machine has run out of", (code) => {
    const exhausted = Object.assign(new Error(`spawn node ${code}`), { code, errno: -24, syscall: "spawn node" });
    expect(describeError(exhausted)).toMatch(/^this (process|machine|user) (may have no more|has no) [^\n]*$/);
    expect(exitCodeOfError[asCuppingError(exhausted).code]).toBe(4);
  });

  test("of a value that is no error is the value", () => {
    expect(describeError("gone")).toMatch(/^CuppingError: gone\n/);
  });
});

test("an error keeps its code, its sentence and its hint on the way between processes", () => {
  const sent = sendableError(new CuppingError("usage", "no such file", { hint: "Name one." }));
  expect(sent).not.toHaveProperty("stack");
  const received = receivedError(structuredClone(sent));
  expect(received).toMatchObject({ code: "usage", message: "no such file", hint: "Name one." });
});

test("an internal error also keeps the place where it began", () => {
  const thrown = new RangeError("the table is full");
  const received = receivedError(structuredClone(sendableError(thrown)));
  expect(received).toMatchObject({ code: "internal", message: "the table is full" });
  expect(describeError(received).startsWith(thrown.stack as string)).toBe(true);
});

test("every code has the exit code that the documents promise", () => {
  expect(exitCodeOfError).toEqual({
    usage: 2,
    "no-result": 2,
    target: 3,
    "port-taken": 3,
    scenario: 4,
    harness: 4,
    internal: 4,
  });
});

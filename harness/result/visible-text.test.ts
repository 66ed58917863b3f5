import { expect, test } from "vitest";
import { visible, visibleLines, visibleText } from "./visible-text.ts";

test.each([
  ["\u001b[2J\u001b]0;title\u0007", "\\u001b[2J\\u001b]0;title\\u0007"],
  ["\u007f\u009b31m", "\\u007f\\u009b31m"],
  ["\u202eright to left\u2069", "\\u202eright to left\\u2069"],
  ["a\r\nb\u2028c", "a\\r\\nb\\u2028c"],
  ["\n::error::x", "\\n\\u003a:error::x"],
  ["  ::error title=a,file=b::x", "  \\u003a:error title=a,file=b::x"],
  ["##[group]a ##vso[task.complete]", "\\u0023#[group]a \\u0023#vso[task.complete]"],
])("%j reads %j", (text, shown) => {
  expect(visibleText(text)).toBe(shown);
  expect(visibleText(shown)).toBe(shown);
});

test.each(["é 你好 👩‍👩‍👧 ✓", "a\tb", "tcp://[fe80::1]:8000", "## a heading", 'a: "b"'])(
  "%j stays as it is",
  (text) => {
    expect(visibleText(text)).toBe(text);
  },
);

test("a stack trace keeps its lines, and several lines stay several", () => {
  expect(visibleText("Error: no\n    at run (a.ts:1)")).toBe("Error: no\n    at run (a.ts:1)");
  expect(visibleLines("a\nb\u001b")).toBe("a\nb\\u001b");
});

test("every text of a result is visible, and what JSON escapes in messages is left to it", () => {
  const trace = [{ hex: "1b", message: { text: "\u001b\n\u202e" } }];
  expect(visible({ reasons: ["\u001b"], trace })).toEqual({
    reasons: ["\\u001b"],
    trace: [{ hex: "1b", message: { text: "\u001b\n\\u202e" } }],
  });
  const plain = { reasons: ["fine"] };
  expect(visible(plain)).toBe(plain);
});

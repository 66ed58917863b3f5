import { expect, test } from "vitest";
import { onlyThese, whatRan } from "./guard.ts";

const cases = (rules: number, each: number, section = "MSG"): string[] =>
  Array.from({ length: rules * each }, (_, at) => `${section}-${String((at % rules) + 1).padStart(2, "0")}/case-${at}`);

test("a few cases are named, and run again by their names", () => {
  expect(whatRan(["HB-01/answered", "MSG-07/resend[ws]"])).toBe(
    "the cases that ran then: HB-01/answered, MSG-07/resend[ws]",
  );
  expect(onlyThese(["HB-01/answered", "MSG-07/resend[ws]"])).toBe("--only 'HB-01/answered,MSG-07/resend[ws]' --jobs 1");
});

test("of many cases the first are named, and their rules run again", () => {
  const ids = cases(10, 15);
  expect(whatRan(ids)).toBe(`the cases that ran then: ${ids.slice(0, 24).join(", ")} and 126 more`);
  expect(onlyThese(ids)).toBe(
    `--only '${ids
      .slice(0, 10)
      .map((id) => id.slice(0, 6))
      .join(",")}' --jobs 1`,
  );
});

test("of many rules the sections run again", () => {
  expect(onlyThese([...cases(13, 1), ...cases(13, 1, "GROUP")])).toBe("--only 'MSG-*,GROUP-*' --jobs 1");
});

test("where nothing ran no name is missed, and everything runs again", () => {
  expect(whatRan([])).toBe("no case but those about timers ran then");
  expect(onlyThese([])).toBe("--jobs 1");
});

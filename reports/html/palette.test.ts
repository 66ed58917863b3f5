import { describe, expect, it } from "vitest";
import { contrast, distanceAtWorst } from "../testing/color-vision.ts";
import { pageStyle } from "./generated/page.ts";

/** Below it two thin lines are easily taken for each other. */
const LEAST_DISTANCE = 20;
/** What WCAG asks of graphics. */
const LEAST_CONTRAST = 3;

function tokens(name: string): [light: string, dark: string] {
  const [, light = "", dark = ""] =
    new RegExp(`--${name}:\\s*light-dark\\((#\\w+),\\s*(#\\w+)\\)`).exec(pageStyle) ?? [];
  const whole = (hex: string): string =>
    hex.length === 4 ? `#${[...hex.slice(1)].map((digit) => digit + digit).join("")}` : hex;
  return [whole(light), whole(dark)];
}

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("the colours of charts, %s", (_theme, index) => {
  const colors = [0, 1, 2, 3, 4, 5].map((tone) => tokens(`tone-${tone}`)[index]);
  const card = tokens("card")[index];

  it("are told apart by everybody", () => {
    const pairs = colors.flatMap((one, place) => colors.slice(place + 1).map((other) => distanceAtWorst(one, other)));
    expect(Math.min(...pairs)).toBeGreaterThan(LEAST_DISTANCE);
  });

  it("stand out from the card", () => {
    expect(Math.min(...colors.map((one) => contrast(one, card)))).toBeGreaterThanOrEqual(LEAST_CONTRAST);
  });
});

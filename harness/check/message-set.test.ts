import { expect, test } from "vitest";
import { MessageSet } from "./message-set.ts";

test("holds messages by their sender's row and index, and lets go of what is above its limit", () => {
  const messages = new MessageSet(2);
  messages.add(0, 7);
  messages.add(0, 7);
  messages.add(1, 7);
  messages.add(1, 8);
  expect([messages.has(0, 7), messages.has(1, 7), messages.has(1, 8)]).toEqual([true, true, false]);
  messages.delete(0, 7);
  messages.add(1, 8);
  expect([messages.has(0, 7), messages.has(1, 7), messages.has(1, 8)]).toEqual([false, true, true]);
});

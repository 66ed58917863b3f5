import { expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import { type Effect, push, reply } from "../logic/effect.ts";
import { Turns } from "./turns.ts";

const answer = reply(commands.LOGIN_HEARTBEAT, {});
const notice = push([1n], commands.LOGIN_HEARTBEAT, {});

test("answers leave in the order of the requests, whatever finishes first", () => {
  const turns = new Turns();
  const done: [number, Effect["kind"]][] = [];
  const carryOut = (effect: Effect, { number }: { number: number }): void => void done.push([number, effect.kind]);
  const [first, second, third] = [1, 2, 3].map((number) => turns.begin(commands.MSG_DATA as never, number));
  turns.finish(third as never, [answer], carryOut);
  turns.finish(second as never, [answer], carryOut);
  expect(done).toEqual([]);
  turns.finish(first as never, [answer], carryOut);
  expect(done).toEqual([
    [1, "reply"],
    [2, "reply"],
    [3, "reply"],
  ]);
  expect(turns.size).toBe(0);
});

test("pushes of a request that finishes out of turn go out at once, and once", () => {
  const turns = new Turns();
  const done: [number, Effect["kind"]][] = [];
  const carryOut = (effect: Effect, { number }: { number: number }): void => void done.push([number, effect.kind]);
  const [first, second] = [1, 2].map((number) => turns.begin(commands.MSG_DATA as never, number));
  turns.finish(second as never, [answer, notice], carryOut);
  expect(done).toEqual([[2, "push"]]);
  turns.finish(first as never, [answer, notice], carryOut);
  expect(done).toEqual([
    [2, "push"],
    [1, "reply"],
    [1, "push"],
    [2, "reply"],
  ]);
});

import { expect, test } from "vitest";
import { asCoffeeChat, guardsNoMap } from "./index.ts";
import { tellCases, UNTIL_TOLD_MS } from "./run.ts";

const CASES = "HIST-06/*,HIST-14/*,GROUP-05/*,GROUP-06/*,VOIP-*,CONN-15,MSG-04";
const words = ["--jobs", "4"];

test("profile upstream asks CoffeeChat's own server for nothing that it does not do", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  const { cases, code } = await tellCases(asCoffeeChat, CASES, ...words, "--profile", "upstream");
  const others = cases.filter(({ status }) => status !== "passed" && status !== "notApplicable");
  expect(others.map(({ id, status, reason }) => `${id} ${status}: ${reason}`)).toEqual([]);
  expect(cases.filter(({ status }) => status === "passed").length).toBeGreaterThan(15);
  expect(code).toBe(0);
});

test("nor for contents and ids that its tables do not hold", { timeout: UNTIL_TOLD_MS }, async () => {
  const asked = "MSG-21/*,MSG-01/*,CONN-19/*,PUSH-01/read-late,HIST-05/two-write*,UNREAD-01/count*";
  const { cases, code } = await tellCases(asCoffeeChat, asked, "--profile", "upstream");
  const others = cases.filter(({ status }) => status !== "passed" && status !== "notApplicable");
  expect(others.map(({ id, status, reason }) => `${id} ${status}: ${reason}`)).toEqual([]);
  // Its own store counts nothing for who has never read in a group.
  const groups = cases.filter(({ id }) => id.startsWith("UNREAD-01/count[group"));
  expect(new Set(groups.map(({ status }) => status))).toEqual(new Set(["notApplicable"]));
  expect(code).toBe(0);
});

test("profile full does", { timeout: UNTIL_TOLD_MS }, async () => {
  const { cases } = await tellCases(asCoffeeChat, CASES, ...words, "--skip", "VOIP-*");
  const failed = cases.filter(({ status }) => status === "failed").map(({ id }) => id);
  expect(failed).toEqual([
    "HIST-06/hundred-served",
    "GROUP-05/long-made-up-name",
    "GROUP-05/long-nicknames",
    "HIST-06/in-either-kind[one-to-one]",
    "HIST-06/in-either-kind[group]",
  ]);
});

test("nor that two users come and go at the same time, which ends it", { timeout: UNTIL_TOLD_MS }, async () => {
  const asked = "LOGIN-*,CONN-*,MSG-*,UNREAD-*,PUSH-*,HIST-*";
  const timers = "LOGIN-10/*,CONN-03/*,CONN-22/*,MSG-07/resend-after*";
  const { cases, code } = await tellCases(guardsNoMap, asked, "--profile", "upstream", "--skip", timers);
  const others = cases.filter(({ status }) => status !== "passed" && status !== "notApplicable");
  expect(others.map(({ id, status, reason }) => `${id} ${status}: ${reason}`)).toEqual([]);
  expect(cases.filter(({ status }) => status === "passed").length).toBeGreaterThan(100);
  expect(code).toBe(0);
});

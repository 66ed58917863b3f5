// A target that stops letting people in while a load comes up is the target's fault, however busy this machine is.
import { expect, test } from "vitest";
import type { LoadResult } from "../../harness/result/index.ts";
import { answersLogins, refusesLogins, type SickTarget, takesConnections } from "./index.ts";
import { runAgainst } from "./run.ts";

const MOST = 8;
const chat = ["load", "chat", "--clients", "20", "--rate", "20", "--ramp", "2s", "--warmup", "0s", "--duration", "2s"];
const login = [
  "load",
  "login",
  "--clients",
  "20",
  "--rate",
  "8",
  "--warmup",
  "0s",
  "--duration",
  "6s",
  "--drain",
  "3s",
];

const sicknesses: [SickTarget, RegExp, RegExp][] = [
  [answersLogins(MOST), /^\d+ of 20 clients could not be brought up: login: timeout$/, /^\d+ errors?: login: timeout$/],
  [
    refusesLogins(MOST),
    /^\d+ of 20 clients could not be brought up: login refused with 201$/,
    /^\d+ errors?: login refused with 201$/,
  ],
  [
    takesConnections(MOST),
    /^\d+ of 20 clients could not be brought up: login: (closed by target|reset)$/,
    /^\d+ errors?: login: (closed by target|reset)$/,
  ],
];

const rows = sicknesses.flatMap(([sick, ramp, traffic]): [string, SickTarget, string[], RegExp][] => [
  [`${sick.name} in the ramp of chat`, sick, chat, ramp],
  [`${sick.name} in the traffic of login`, sick, login, traffic],
]);

test.concurrent.each(rows)("%s", { timeout: 180_000 }, async (_what, sick, words, first) => {
  const { code, err, result } = await runAgainst<LoadResult>(sick, ...words);
  expect(code, err).toBe(1);
  expect(result?.verdict).toBe("fail");
  expect(result?.reasons[0]).toMatch(first);
  expect(result?.reasons.join("\n")).not.toContain("give more --clients");
});

import { expect, test } from "vitest";
import { closesOneASecond } from "./index.ts";
import { runUntilTold, UNTIL_TOLD_MS } from "./run.ts";

test("only the case about many connections is red where one a second is ended", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  const { code, result } = await runUntilTold(closesOneASecond, ...["--timers", "login=2s", "--only", "LOGIN-10"]);
  expect(code).toBe(1);
  const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
  expect(failed.map(({ id }) => id)).toEqual(["LOGIN-10/many-idle-all-closed"]);
  expect(result?.summary).toMatchObject({ couldNotRun: 0, errored: 0 });
});

import { expect, test } from "vitest";
import { clockAhead } from "./index.ts";
import { runUntilTold, UNTIL_TOLD_MS } from "./run.ts";

test.each([
  {
    seconds: 3_000,
    status: "warned",
    exit: 0,
    told: /^server_time is (2999|3000|3001) s ahead of this machine's clock: /,
  },
  {
    seconds: -3_000,
    status: "warned",
    exit: 0,
    told: /^server_time is (2999|3000|3001|3002) s behind this machine's clock: /,
  },
  { seconds: 7_200, status: "failed", exit: 1, told: /server_time is the server's clock in Unix seconds/ },
  { seconds: 0, status: "passed", exit: 0, told: /^$/ },
])(
  "a clock that is $seconds s ahead is $status by LOGIN-03, and told",
  { timeout: UNTIL_TOLD_MS },
  async ({ seconds, status, exit, told }) => {
    const { code, out, err, result } = await runUntilTold(clockAhead(seconds), "--only", "LOGIN-03/time-on-success");
    const [one] = result?.cases ?? [];
    expect(one?.status, err).toBe(status);
    expect(one?.reason ?? "").toMatch(told);
    // Who reads the terminal alone is told as well.
    if (status === "warned") expect((out + err).replaceAll(/\s+/g, " ")).toContain("this machine's clock");
    expect(code).toBe(exit);
  },
);

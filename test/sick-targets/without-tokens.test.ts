// Nobody gets a token by registering, so a server without a fault cannot be asked for logins by token at first.
import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { healthy } from "./index.ts";
import { runAgainst } from "./run.ts";

const words = ["conformance", "--only", "LOGIN-01,LOGIN-02"];

test("a healthy target passes without accounts that have a token, and what is left out is said", async () => {
  const { code, err, result } = await runAgainst<ConformanceResult>(healthy, ...words);
  expect(code, err).toBe(0);
  expect(result?.summary).toMatchObject({ failed: 0, couldNotRun: 0 });
  expect(result?.summary.notApplicable).toBeGreaterThan(0);
  expect(err).toMatch(/^\d+ cases left out: no account with a token is known: name some with --token-users$/m);
});

test("a target that claims logins by token by name is not judged without them", async () => {
  const claim = ["--capabilities", '{"token-login":true}'];
  const { code, result } = await runAgainst<ConformanceResult>(healthy, ...words, ...claim);
  expect(code).toBe(5);
  expect(result?.summary.couldNotRun).toBeGreaterThan(0);
});

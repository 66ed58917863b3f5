import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { ConformanceResult, Result } from "../../harness/result/index.ts";
import { healthy } from "./index.ts";
import { runAgainst } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-tokens-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const list = join(folder, "users.csv");
const lines = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => `${id},expired-${id},secret-${id},token-${id}`);
writeFileSync(list, `user_id,user_name,password,token\n${lines.join("\n")}\n`);

test("a suite asks whether tokens have expired of which every one is refused", { timeout: 120_000 }, async () => {
  const words = ["conformance", "--only", "LOGIN-01/*,LOGIN-02/*,HB-01/answered", "--token-users", list];
  const { code, result, err } = await runAgainst<ConformanceResult>(healthy, ...words);
  expect(code, err).toBe(1);
  expect(result?.reasons[0]).toMatch(
    /^every token that was given to the target is refused \(\d+ of them, result_code 200[23]\); have the tokens/,
  );
});

test.each([
  ["load", "chat", "--clients", "4", "--duration", "2s"],
  ["faults", "--only", "latency", "--pairs", "1"],
])("%s asks the same before anything is measured", { timeout: 120_000 }, async (...words) => {
  const { code, err } = await runAgainst<Result>(healthy, ...words, "--users", `file:${list}`);
  expect(err).toMatch(
    /^cupping: nobody can log in by token: .* result_code 200[23]; have the tokens in the list expired/m,
  );
  expect(code).toBe(3);
});

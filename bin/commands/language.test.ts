import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ran, runCupping } from "../report/testing/run-cupping.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "cupping-language-"));
});
afterEach(() => rm(dir, { recursive: true }));

const chinese = { LC_ALL: "", LC_MESSAGES: "", LANG: "zh_CN.UTF-8" };

/** Longest time, in milliseconds, for a test that starts the tool several times on a busy machine. */
const SLOWEST_MS = 240_000;

const RESEND = "MSG-07/resend-keeps-the-first-id";
const MUTANT = "duplicate-gets-new-id";
const suite = ["conformance", "--only", RESEND, "--mutant", MUTANT, "--out", "out"];
const load = ["load", "chat", "--clients", "10", "--duration", "2s", "--warmup", "1s", "--out", "out"];

/** What holds whichever way Chinese was asked for. */
function expectChinese({ code, out }: Ran, verdict: string, wanted: number): void {
  expect({ code, out }).toEqual({ code: wanted, out: expect.stringContaining(verdict) });
  expect(out).toMatch(/\n重新运行：npx cupping (conformance|load) /);
  expect(out).not.toMatch(/^repeat:/m);
  expect(out).not.toContain("--lang");
}

describe.each([
  ["--lang zh", ["--lang", "zh"], {}],
  ["LANG", [], chinese],
] as const)("Chinese by %s", (_way, words, env) => {
  it(
    "in the suite's summary; result and JUnit stay as programs know them",
    async () => {
      const ran = await runCupping(dir, [...suite, "--report", "junit", ...words], env);
      expectChinese(ran, "失败  一致性测试：参考服务器", 1);
      expect(ran.out).toContain("1 个用例失败");
      expect(ran.out).toContain("实际：");
      expect(await readFile(join(dir, "out/junit.xml"), "utf8")).not.toMatch(/\p{Script=Han}/u);
      const result = await readFile(join(dir, "out/result.json"), "utf8");
      expect(JSON.parse(result)).toMatchObject({ verdict: "fail", reasons: ["1 case failed"] });
    },
    SLOWEST_MS,
  );

  it(
    "in the summary of a load",
    async () => {
      const ran = await runCupping(dir, [...load, "--threshold", "msg_e2e: p(50)<0.000001", ...words], env);
      expect(ran.out).toMatch(/^(失败|无效) {2}压力测试 chat：参考服务器\n/m);
      expect(ran.out).toContain("超出  msg_e2e: p(50)<0.000001");
      expect(ran.out).toMatch(/^重新运行：npx cupping load chat /m);
    },
    SLOWEST_MS,
  );

  it(
    "in the gate's answer and in that of its steps",
    async () => {
      const config = { target: "ref", conformance: { only: RESEND, mutant: [MUTANT] } };
      await writeFile(join(dir, "cupping.config.json"), JSON.stringify(config));
      const ran = await runCupping(dir, ["gate", "--out", "out", ...words], env);
      expectChinese(ran, "门禁未通过", 1);
      expect(ran.out).toMatch(/conformance {2}失败/);
      expect(ran.out).not.toContain("GATE");
    },
    SLOWEST_MS,
  );
});

it(
  "English by --lang en, whatever the terminal speaks",
  async () => {
    const { out } = await runCupping(dir, [...suite, "--lang", "en"], chinese);
    expect(out).toContain("FAILED  Conformance of reference server");
    expect(out).not.toMatch(/\p{Script=Han}/u);
  },
  SLOWEST_MS,
);

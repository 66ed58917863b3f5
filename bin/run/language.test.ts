import { expect, it } from "vitest";
import { languageOf } from "./language.ts";

it.each([
  [{}, "en"],
  [{ LANG: "C.UTF-8" }, "en"],
  [{ LANG: "en_US.UTF-8" }, "en"],
  [{ LANG: "zh_CN.UTF-8" }, "zh"],
  [{ LANG: "zh" }, "zh"],
  [{ LANG: "zha_CN" }, "en"],
  [{ LANG: "zh_CN.UTF-8", LC_MESSAGES: "en_GB.UTF-8" }, "en"],
  [{ LANG: "en_US.UTF-8", LC_ALL: "", LC_MESSAGES: "zh_CN.UTF-8" }, "zh"],
  [{ LANG: "zh_CN.UTF-8", LC_MESSAGES: "zh_CN.UTF-8", LC_ALL: "C" }, "en"],
])("%o is read in %s", (env, language) => {
  expect(languageOf(undefined, env)).toBe(language);
});

it("what was asked for wins", () => {
  expect(languageOf("en", { LC_ALL: "zh_CN.UTF-8" })).toBe("en");
  expect(languageOf("zh", {})).toBe("zh");
});

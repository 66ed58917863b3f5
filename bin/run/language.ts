import type { Language } from "../../reports/index.ts";

/** The language in which a person reads an outcome: the one asked for, else that of the terminal. */
export function languageOf(asked: Language | undefined, env: NodeJS.ProcessEnv = process.env): Language {
  if (asked !== undefined) return asked;
  // As POSIX orders them: the first that says anything decides.
  const locale = env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "";
  return /^zh(?![a-z])/i.test(locale) ? "zh" : "en";
}

import { CuppingError } from "../errors.ts";
import { systemReason } from "../system-reason.ts";
import { readText } from "../text-file.ts";
import type { ConformanceCase } from "./case.ts";
import { matches } from "./glob.ts";
import { requireMatch } from "./select.ts";

/** A file that names cases: one pattern a line, `*` allowed, `#` starts a comment. */
export interface CaseList {
  readonly path: string;
  readonly patterns: readonly string[];
}

/** The list that names nothing. */
export const EMPTY_LIST: CaseList = { path: "", patterns: [] };

/**
 * Reads a list of known failing or flaky cases.
 * @param option the option that named the file, for messages
 * @throws CuppingError `usage` when the file cannot be read or a pattern matches no case
 */
export function readCaseList(option: string, path: string, cases: readonly ConformanceCase[]): CaseList {
  let text: string;
  try {
    text = readText(path);
  } catch (cause) {
    throw new CuppingError("usage", `${option}: cannot read ${path}: ${systemReason(cause)}`, { cause });
  }
  const patterns: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const pattern = line.replace(/#.*/, "").trim();
    if (pattern === "") continue;
    requireMatch(`${path}:${index + 1}`, pattern, cases);
    patterns.push(pattern);
  }
  return { path, patterns };
}

/** Whether a list names a case. */
export function isListed(list: CaseList, id: string): boolean {
  return list.patterns.some((pattern) => matches(pattern, id));
}

/** A file of cases that are known to fail or to be unable to run, in the form that {@link readCaseList} reads. */
export function formatCaseList(failures: readonly { id: string; reason: string | undefined }[]): string {
  const lines = [
    "# Cases that this server is known to fail, or not to be ready for. One id a line; * stands for any text.",
    "",
  ];
  for (const { id, reason } of failures) {
    if (reason !== undefined) lines.push(`# ${reason.replaceAll("\n", " ")}`);
    lines.push(id);
  }
  return `${lines.join("\n")}\n`;
}

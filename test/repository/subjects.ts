import { execFileSync } from "node:child_process";

/** Longest subject of a commit, in characters: what `git log --oneline` and review pages show whole. */
const LONGEST_SUBJECT = 72;

/** What is wrong with a subject, one sentence each. */
export function subjectFaults(subject: string): string[] {
  const faults: string[] = [];
  if (subject.length > LONGEST_SUBJECT)
    faults.push(`has ${subject.length} characters; expected ${LONGEST_SUBJECT} at most`);
  if (/\.$/.test(subject)) faults.push("ends with a full stop");
  if (!/^[\p{Lu}\d`"]/u.test(subject)) faults.push("begins with no capital letter; expected a verb, without a prefix");
  return faults;
}

function git(folder: string, ...words: string[]): string {
  return execFileSync("git", words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

/**
 * The subjects of all commits after a base, newest first.
 * @param folder inside the clone
 * @returns undefined when this is no clone, or one without the base, as shallow ones are
 */
export function subjectsSince(folder: string, base: string): { commit: string; subject: string }[] | undefined {
  let log: string;
  try {
    git(folder, "merge-base", "--is-ancestor", base, "HEAD");
    log = git(folder, "log", "--no-merges", "--format=%H %s", `${base}..HEAD`);
  } catch {
    return undefined;
  }
  return log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => ({ commit: line.slice(0, line.indexOf(" ")), subject: line.slice(line.indexOf(" ") + 1) }));
}

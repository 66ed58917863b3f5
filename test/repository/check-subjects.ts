// Fails when the subject of a commit is not as CONTRIBUTING.md asks. A clone without history has nothing to check.
import { subjectFaults, subjectsSince } from "./subjects.ts";

/** The last commit that was made without this rule. */
const BASE = "59e4d4d";

const [folder = import.meta.dirname, base = BASE] = process.argv.slice(2);
const subjects = subjectsSince(folder, base);
if (!subjects)
  process.stderr.write(`subjects of commits are not checked: ${base} is not in the history of this copy\n`);
for (const { commit, subject } of subjects ?? []) {
  for (const fault of subjectFaults(subject)) {
    process.stderr.write(`${commit.slice(0, 7)} "${subject}" ${fault}\n`);
    process.exitCode = 1;
  }
}

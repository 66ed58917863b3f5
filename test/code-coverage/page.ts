import { type Floor, filesIn, percent, sumOf } from "./floor.ts";
import type { FileCoverage, Share } from "./measure.ts";
import { ROOMS } from "./scope.ts";

const share = (of: Share): string => `${percent(of).toFixed(1)}% (${of.covered} of ${of.total})`;

/** One line for each room: for a terminal and for the page. */
export function roomTable(files: readonly FileCoverage[], floor: Floor): string {
  const rows = ROOMS.map((room) => {
    const { lines, branches } = sumOf(filesIn(files, room));
    const least = floor.rooms[room];
    return `| ${room} | ${share(lines)} | ${least.lines}% | ${share(branches)} | ${least.branches}% |`;
  });
  const all = sumOf(files);
  return [
    "| room | lines | floor | branches | floor |",
    "|---|---|---|---|---|",
    ...rows,
    `| all | ${share(all.lines)} | | ${share(all.branches)} | |`,
  ].join("\n");
}

/** The folder of a file, two floors deep at most. */
function folderOf({ path }: FileCoverage): string {
  return path.split("/").slice(0, -1).slice(0, 2).join("/");
}

/** docs/code-coverage.md. */
export function coveragePage(files: readonly FileCoverage[], floor: Floor): string {
  const folders = [...new Set(files.map(folderOf))].sort();
  const rows = folders.map((folder) => {
    const { lines, branches } = sumOf(files.filter((file) => folderOf(file) === folder));
    return `| ${folder} | ${share(lines)} | ${share(branches)} |`;
  });
  return `# Coverage of the code

Made by \`npm run measure && npm run code-coverage:raise\`. Do not edit.

What tests of units, tests of behaviour that are quick, and the tests about secrets, which run the whole suite, a load,
faults and a replay by the command line, execute (the list is
\`measuredTests\` in \`test/code-coverage/scope.ts\`), counted by V8 in their processes and in those that they start and
that end by themselves. Longer loads, other faults and proofs execute more; they are not counted here, because counting
would disturb them. A line counts when a statement begins in it. A branch is a way that execution
can take at an \`if\` (with or without \`else\`), a \`?:\`, a \`case\`, and behind \`&&\`, \`||\` and \`??\`. Left out are
generated files, what tests are made of, and what runs in a browser or in k6. CI measures every commit and fails when a
room falls below its floor, which only rises (\`test/code-coverage/floor.json\`).

${roomTable(files, floor)}

## By folder

| folder | lines | branches |
|---|---|---|
${rows.join("\n")}
`;
}

/**
 * Plays the marathon against every server that differs where it may and every one that is wrong in a large world, and
 * writes what came of it: `npm run marathon`. It takes some minutes.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { differentServers } from "../peers/different.ts";
import { wrongInLargeWorlds } from "../peers/wrong-in-large-worlds.ts";
import { playMarathon, unchanged } from "./play-marathon.ts";

const SEEDS = [1, 2, 3] as const;

const rows: string[] = [];
let isAsExpected = true;

function tell(row: string, isRight: boolean): void {
  isAsExpected &&= isRight;
  rows.push(row);
  process.stderr.write(`${row}\n`);
}

for (const seed of SEEDS) {
  const { status, reason = "" } = await playMarathon(unchanged, seed);
  tell(`| itself, seed ${seed} | green | ${status} | ${reason} |`, status === "passed");
}
for (const different of differentServers) {
  const { status, reason = "" } = await playMarathon(different);
  // Whoever states limits that its large world is beyond is not asked it.
  const [word, expected] = different.limits === undefined ? ["green", "passed"] : ["not asked", "notApplicable"];
  tell(`| ${different.title} | ${word} | ${status} | ${reason} |`, status === expected);
}
for (const wrong of wrongInLargeWorlds) {
  const { status, reason = "", steps = [] } = await playMarathon(wrong);
  const isFound = status === "failed" && reason.includes(wrong.expected);
  tell(`| ${wrong.title} | red | ${status} | ${reason}: ${steps.join("; ")} |`, isFound);
}

const page = [
  "# The marathon's proof",
  "",
  "Written by `npm run marathon`: `SYS-02/marathon` against the reference server, against servers that differ where the",
  "rules allow it, and against servers with one mistake that shows only in a large world or after a long history. Where it",
  "fails, the last column says how, and with which steps when it was made short (a busy machine leaves more of them).",
  "",
  "| a server that … | should be | is | |",
  "|---|---|---|---|",
  ...rows,
  "",
].join("\n");
writeFileSync(join(import.meta.dirname, "..", "..", "docs", "marathon.md"), page);
process.exit(isAsExpected ? 0 : 1);

import { isFlake, type RunRecord, upperBound } from "./flake-records.ts";

/** Where and how the runs were made. */
export interface Circumstances {
  readonly machine: string;
  readonly command: string;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** The page for people: how often each case did anything but pass, the worst first. */
export function flakesPage(records: readonly RunRecord[], { machine, command }: Circumstances): string {
  const runs = records.length;
  const loaded = records.filter((record) => record.loaded);
  const seconds = (some: readonly RunRecord[]): number =>
    Math.round(some.reduce((sum, record) => sum + record.seconds, 0) / Math.max(1, some.length));
  const quiet = records.filter((record) => !record.loaded);
  const ids = [...new Set(records.flatMap(({ cases }) => Object.keys(cases)))];
  const tallies = ids.map((id) => {
    const judged = records.filter(({ cases }) => cases[id] !== undefined && cases[id] !== "notApplicable");
    const flakes = judged.filter(({ cases }) => isFlake(cases[id]));
    return { id, judged: judged.length, loaded: judged.filter((one) => one.loaded).length, flakes };
  });
  const asked = tallies.filter(({ judged }) => judged > 0);
  const flaky = asked.filter(({ flakes }) => flakes.length > 0);
  const clean = records.filter(({ cases }) => !Object.values(cases).some(isFlake)).length;
  const notAsked = tallies.length - asked.length;
  const lines = [
    "# Flakes",
    "",
    "How often each case did anything but pass against the unmutated reference server. A case that could not run because",
    "the machine was too busy counts as a flake here, too. Made by `npm run flakes`; do not edit.",
    "",
    `${runs} runs of the whole suite in a row with the seeds ${Math.min(...records.map(({ seed }) => seed))} to ` +
      `${Math.max(...records.map(({ seed }) => seed))}, ${loaded.length} of them with a process on every core that only` +
      ` computes. On ${machine}. Each run: \`${command}\`, ${seconds(quiet)} s on average, ${seconds(loaded)} s under load.`,
    "",
    `**${clean} of ${runs} runs were clean**: every case passed. ${asked.length} cases were asked` +
      `${notAsked > 0 ? ` (${notAsked} are not applicable to this target)` : ""}; ` +
      `${flaky.length === 0 ? "none of them ever flaked" : `${flaky.length} flaked at least once`}.`,
    "",
    "The last column is the upper end of a one-sided 95% confidence interval (Clopper and Pearson): with so many runs a",
    "case that never failed may still fail that often.",
    "",
    ...occasions(flaky),
    "| case | runs | under load | flakes | rate | 95% below |",
    "|---|--:|--:|--:|--:|--:|",
    ...asked
      .toSorted((a, b) => b.flakes.length - a.flakes.length)
      .map(
        ({ id, judged, loaded: busy, flakes }) =>
          `| ${id} | ${judged} | ${busy} | ${flakes.length} | ${percent(flakes.length / judged)} | ${percent(upperBound(flakes.length, judged))} |`,
      ),
  ];
  return `${lines.join("\n")}\n`;
}

function occasions(flaky: readonly { id: string; flakes: readonly RunRecord[] }[]): string[] {
  if (flaky.length === 0) return [];
  return [
    "## What flaked",
    "",
    ...flaky.flatMap(({ id, flakes }) => [
      `- ${id}`,
      ...flakes.map(({ seed, loaded, cases, reasons }) => {
        const reason = (reasons[id] ?? "").slice(0, 160).replaceAll("\n", " ");
        return `  - seed ${seed}${loaded ? ", under load" : ""}: ${cases[id]} (${reason})`;
      }),
    ]),
    "",
    "## Every case",
    "",
  ];
}

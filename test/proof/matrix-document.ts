import type { Rule } from "../../scenarios/rules/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import type { KillRecord } from "./kills.ts";

/** Cases that some mutants have not met. */
export interface Unmet {
  readonly mutants: readonly string[];
  readonly cases: readonly string[];
}

/** What the matrix keeps of a mutant; which cases it met says {@link KillMatrix.unmet}. */
export type PublishedRecord = Omit<KillRecord, "met">;

/** What a run of the kill matrix came to. */
export interface KillMatrix {
  readonly ruleSet: string;
  readonly seed: number;
  /** Ids of the cases that there were. */
  readonly cases: readonly string[];
  /** Of these cases, which mutants have not met which; a mutant stands in one of them at most. */
  readonly unmet: readonly Unmet[];
  /** Whether each mutant met its own rules and a sample of the others instead of every case. */
  readonly quick: boolean;
  readonly mutants: number;
  /** Killed by each rule that they break. */
  readonly killed: number;
  /** Killed, and no unrelated case failed. */
  readonly clean: number;
  /** MUST rules that can be observed, and how many of them have a mutant that is killed. */
  readonly mustRules: number;
  readonly mustRulesWithKill: number;
  readonly records: readonly PublishedRecord[];
}

/** The records of a published matrix, as the runs left them. */
export function recordsOf({ cases, unmet, records }: KillMatrix): KillRecord[] {
  const lacking = new Map(unmet.flatMap((one) => one.mutants.map((mutant) => [mutant, new Set(one.cases)] as const)));
  return records.map((record) => ({
    ...record,
    met: cases.filter((id) => !lacking.get(record.mutant)?.has(id)),
  }));
}

/** Puts together the mutants that have not met the same cases. */
function unmetOf(records: readonly KillRecord[], cases: readonly string[]): Unmet[] {
  const lacking = records.map(({ mutant, met }) => {
    const own = new Set(met);
    return { mutant, cases: cases.filter((id) => !own.has(id)) };
  });
  const groups = Map.groupBy(
    lacking.filter((one) => one.cases.length > 0),
    (one) => one.cases.join(),
  );
  return [...groups.values()].map((group) => ({
    mutants: group.map(({ mutant }) => mutant),
    cases: group[0]?.cases ?? [],
  }));
}

/** How many pairs of a mutant and a case there are, and how many of them have met. */
export function pairsOf({ cases, unmet, records }: Pick<KillMatrix, "cases" | "unmet" | "records">): {
  all: number;
  met: number;
} {
  const all = cases.length * records.length;
  return { all, met: all - unmet.reduce((sum, one) => sum + one.cases.length * one.mutants.length, 0) };
}

/** How many pairs of today's mutants and cases a published matrix does not know. */
export function unmetPairsOf(matrix: KillMatrix, mutants: readonly string[], cases: readonly string[]): number {
  const met = new Map(recordsOf(matrix).map((record) => [record.mutant, new Set(record.met)]));
  return mutants.reduce((sum, mutant) => sum + cases.filter((id) => !met.get(mutant)?.has(id)).length, 0);
}

/** Adds the records up. */
export function matrixOf(
  records: readonly KillRecord[],
  about: { ruleSet: string; seed: number; quick: boolean; cases: readonly string[]; rules: readonly Rule[] },
): KillMatrix {
  const killed = records.filter(({ survived }) => survived.length === 0);
  const must = about.rules.filter(({ level, unobservable }) => level === "must" && unobservable === undefined);
  const rulesWithKill = new Set(records.flatMap(({ kills }) => kills.map(({ rule }) => rule)));
  return {
    ruleSet: about.ruleSet,
    seed: about.seed,
    cases: about.cases,
    unmet: unmetOf(records, about.cases),
    quick: about.quick,
    mutants: records.length,
    killed: killed.length,
    clean: killed.filter(({ strays }) => strays.length === 0).length,
    mustRules: must.length,
    mustRulesWithKill: must.filter(({ id }) => rulesWithKill.has(id)).length,
    records: records.map(({ met: _met, ...record }) => record),
  };
}

/** So many names are written out; of more the page tells the number. */
const MOST_NAMED = 12;

const listed = (kills: KillRecord["kills"]): string => kills.map((kill) => `\`${kill.case}\``).join(", ") || "–";

function row({ mutant, breaks, kills, survived, companions, strays }: PublishedRecord): string {
  const verdict = survived.length > 0 ? "**survived**" : strays.length > 0 ? "killed, with strays" : "killed";
  const more = [
    companions.length > 0 ? `companions: ${listed(companions)}` : "",
    strays.length > 0 ? `**unrelated: ${listed(strays)}**` : "",
  ].filter(Boolean);
  return `| \`${mutant}\` | ${breaks.join(", ")} | ${verdict} | ${[listed(kills), ...more].join("; ")} |`;
}

function stories(mutants: readonly Mutant[]): string[] {
  return mutants.map(({ name, title, story }) => `- \`${name}\` ${title}. *${story}*`);
}

/** Which pairs have not met yet, by mutants that lack the same. */
function notMet(unmet: readonly Unmet[]): string[] {
  if (unmet.length === 0) return [];
  const names = (group: readonly string[], of: number): string =>
    group.length > of ? `${group.length} of them` : group.map((name) => `\`${name}\``).join(", ");
  return [
    "## Not met yet",
    "",
    "`npm run kill-matrix -- --unmet` shows these cases to these mutants.",
    "",
    "| mutants | cases |",
    "|---|---|",
    ...unmet.map((one) => `| ${names(one.mutants, MOST_NAMED)} | ${names(one.cases, MOST_NAMED)} |`),
    "",
  ];
}

/** The page of the documents. */
export function matrixPage(matrix: KillMatrix, mutants: readonly Mutant[]): string {
  const { ruleSet, seed, cases, unmet, quick, killed, clean, mustRules, mustRulesWithKill, records } = matrix;
  const { all, met } = pairsOf(matrix);
  return [
    "# Kill matrix",
    "",
    "Made by `npm run kill-matrix`; do not edit. Each mutant is the reference server with one believable mistake. The",
    "suite must fail on it with a case of the rule that it breaks, and with no case of an unrelated rule; companions are",
    "rules that cannot help failing with it, and each is declared with its reason beside the mutant.",
    "",
    `Rule set ${ruleSet}, ${cases.length} cases, seed ${seed}. ${
      quick ? "Quick: each mutant met cases of its own rules and a sample of the others. " : ""
    }A pair that met once is not shown again when the case changes.`,
    "",
    "| score | |",
    "|---|---|",
    `| mutants killed by every rule that they break | ${killed} of ${matrix.mutants} |`,
    `| of these without an unrelated case | ${clean} |`,
    `| observable MUST rules with a mutant that is killed | ${mustRulesWithKill} of ${mustRules} |`,
    `| pairs of a mutant and a case that have met | ${met} of ${all} |`,
    "",
    "| mutant | breaks | verdict | killed by |",
    "|---|---|---|---|",
    ...records.map(row),
    "",
    ...notMet(unmet),
    "## The mistakes",
    "",
    ...stories(mutants),
    "",
  ].join("\n");
}

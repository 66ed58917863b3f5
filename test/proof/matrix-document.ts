import type { Rule } from "../../scenarios/rules/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import type { KillRecord } from "./kills.ts";

/** What a run of the kill matrix came to. */
export interface KillMatrix {
  readonly ruleSet: string;
  readonly seed: number;
  readonly cases: number;
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
  readonly records: readonly KillRecord[];
}

/** Adds the records up. */
export function matrixOf(
  records: readonly KillRecord[],
  about: { ruleSet: string; seed: number; quick: boolean; cases: number; rules: readonly Rule[] },
): KillMatrix {
  const killed = records.filter(({ survived }) => survived.length === 0);
  const must = about.rules.filter(({ level, unobservable }) => level === "must" && unobservable === undefined);
  const rulesWithKill = new Set(records.flatMap(({ kills }) => kills.map(({ rule }) => rule)));
  return {
    ruleSet: about.ruleSet,
    seed: about.seed,
    cases: about.cases,
    quick: about.quick,
    mutants: records.length,
    killed: killed.length,
    clean: killed.filter(({ strays }) => strays.length === 0).length,
    mustRules: must.length,
    mustRulesWithKill: must.filter(({ id }) => rulesWithKill.has(id)).length,
    records,
  };
}

const listed = (kills: KillRecord["kills"]): string => kills.map((kill) => `\`${kill.case}\``).join(", ") || "–";

function row({ mutant, breaks, kills, survived, companions, strays }: KillRecord): string {
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

/** The page of the documents. */
export function matrixPage(matrix: KillMatrix, mutants: readonly Mutant[]): string {
  const { ruleSet, seed, cases, quick, killed, clean, mustRules, mustRulesWithKill, records } = matrix;
  return [
    "# Kill matrix",
    "",
    "Made by `npm run kill-matrix`; do not edit. Each mutant is the reference server with one believable mistake. The",
    "suite must fail on it with a case of the rule that it breaks, and with no case of an unrelated rule; companions are",
    "rules that cannot help failing with it, and each is declared with its reason beside the mutant.",
    "",
    `Rule set ${ruleSet}, ${cases} cases, seed ${seed}. ${
      quick
        ? "Quick: each mutant met every case of its rules and companions and one in twelve of the others, so that all mutants together met every case."
        : "Every mutant met every case that there was when it was last proved."
    }`,
    "",
    "| score | |",
    "|---|---|",
    `| mutants killed by every rule that they break | ${killed} of ${matrix.mutants} |`,
    `| of these without an unrelated case | ${clean} |`,
    `| observable MUST rules with a mutant that is killed | ${mustRulesWithKill} of ${mustRules} |`,
    "",
    "| mutant | breaks | verdict | killed by |",
    "|---|---|---|---|",
    ...records.map(row),
    "",
    "## The mistakes",
    "",
    ...stories(mutants),
    "",
  ].join("\n");
}

import type { MachineMutant } from "./instrument.ts";
import type { Sorted } from "./survivors.ts";
import type { MutantOutcome } from "./worker.ts";

/** A mutant and what became of it. */
export interface MutationRecord extends Omit<MachineMutant, "id">, MutantOutcome {
  /** The section of rules that it belongs to. */
  readonly section: string;
  /** Cases that run through its place. */
  readonly cases: number;
}

/** One section's part, and the whole. */
export interface SectionScore {
  readonly section: string;
  readonly mutants: number;
  /** A case failed, cases could not run, or the server broke or hung. */
  readonly found: number;
  /** Of those found: a case failed. */
  readonly killed: number;
  readonly equivalent: number;
  readonly invisible: number;
  /** Survivors that a client could see, and those that nobody has sorted yet. */
  readonly holes: number;
  /** Found of what is visible, 0 to 1. */
  readonly score: number;
}

/** What a run came to. */
export interface MutationSummary {
  readonly about: {
    readonly mutants: number;
    readonly seed: number;
    /** The command that measured, and the machine it ran on. */
    readonly measured: string;
    readonly leftOut: Readonly<Record<string, number>>;
  };
  readonly met: number;
  /** Mutants with which no server starts: they say nothing about a suite and are not counted. */
  readonly unstartable: number;
  readonly total: SectionScore;
  readonly sections: readonly SectionScore[];
  readonly survivors: readonly (MutationRecord & { readonly sorted?: Sorted })[];
}

function isSurvivor({ outcome }: MutationRecord): boolean {
  return outcome === "survived";
}

function killedOf(records: readonly MutationRecord[]): number {
  return records.filter(({ outcome }) => outcome === "killed").length;
}

function score(
  counts: Pick<SectionScore, "section" | "mutants" | "killed">,
  survived: readonly MutationRecord[],
  sorted: ReadonlyMap<string, Sorted>,
): SectionScore {
  const as = (what: Sorted["as"]): number => survived.filter(({ key }) => sorted.get(key)?.as === what).length;
  const found = counts.mutants - survived.length;
  const [equivalent, invisible] = [as("equivalent"), as("invisible")];
  const holes = survived.length - equivalent - invisible;
  const { section, mutants, killed } = counts;
  return {
    section,
    mutants,
    found,
    killed,
    equivalent,
    invisible,
    holes,
    score: found + holes === 0 ? 1 : found / (found + holes),
  };
}

function withReasons(
  survived: readonly MutationRecord[],
  sorted: ReadonlyMap<string, Sorted>,
): MutationSummary["survivors"] {
  return survived.map((record) => {
    const known = sorted.get(record.key);
    return { ...record, ...(known && { sorted: known }) };
  });
}

/** Adds the records up, per section and altogether. */
export function summarize(
  records: readonly MutationRecord[],
  sorted: ReadonlyMap<string, Sorted>,
  about: MutationSummary["about"],
): MutationSummary {
  const counted = records.filter(({ outcome }) => outcome !== "unstartable");
  const sections = [...Map.groupBy(counted, ({ section }) => section)].toSorted(([a], [b]) => a.localeCompare(b));
  const scoreOf = (section: string, of: readonly MutationRecord[]): SectionScore =>
    score({ section, mutants: of.length, killed: killedOf(of) }, of.filter(isSurvivor), sorted);
  return {
    about,
    met: records.length,
    unstartable: records.length - counted.length,
    total: scoreOf("all", counted),
    sections: sections.map(([section, ofSection]) => scoreOf(section, ofSection)),
    survivors: withReasons(counted.filter(isSurvivor), sorted),
  };
}

/**
 * An earlier run with its survivors sorted anew.
 * @param again what became of those that were met again since, by the mutant's key
 */
export function sortAnew(
  earlier: MutationSummary,
  sorted: ReadonlyMap<string, Sorted>,
  again: ReadonlyMap<string, MutationRecord>,
): MutationSummary {
  const records = earlier.survivors.map(({ sorted: _, ...before }): MutationRecord => {
    const { section, cases } = before;
    return { ...before, ...again.get(before.key), section, cases };
  });
  const scoreOf = ({ section, mutants, killed }: SectionScore, of: readonly MutationRecord[]): SectionScore =>
    score({ section, mutants, killed: killed + killedOf(of) }, of.filter(isSurvivor), sorted);
  return {
    ...earlier,
    total: scoreOf(earlier.total, records),
    sections: earlier.sections.map((one) =>
      scoreOf(
        one,
        records.filter(({ section }) => section === one.section),
      ),
    ),
    survivors: withReasons(records.filter(isSurvivor), sorted),
  };
}

const percent = (part: number): string => `${(part * 100).toFixed(1)}%`;

function row({ section, mutants, found, killed, equivalent, invisible, holes, score }: SectionScore): string {
  return `| ${section} | ${mutants} | ${found} | ${killed} | ${equivalent} | ${invisible} | ${holes} | ${percent(score)} |`;
}

const code = (text: string): string => {
  const line = text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("`", "'");
  return `\`${line.length > 90 ? `${line.slice(0, 87)}…` : line}\``;
};

/** The page of the documents. */
export function mutationPage({ about, met, unstartable, total, sections, survivors }: MutationSummary): string {
  const place = ({ file, line }: MutationRecord): string => `${file}:${line}`;
  const leftOut = Object.entries(about.leftOut).map(([why, count]) => `${count} ${why}`);
  return [
    "# Machine-made mutants",
    "",
    "Made by `npm run mutation -- --write`; do not edit. A machine changes one place of the reference server's gate,",
    "logic, SQLite store or HTTP API (StrykerJS's instrumenter, mutation switching); the conformance suite judges the",
    "mutant over the wire, with the cases that run through that place. Nobody chose these mistakes. A survivor is sorted",
    "by hand: equivalent code, not visible over the wire, or a hole in the suite. Found is a mutant with which no run of",
    "the suite passes: a case fails, cases cannot run, or the server breaks or hangs.",
    "",
    `${met} of ${about.mutants} mutants were met (seed ${about.seed}); with ${unstartable} of them no server starts, which needs no`,
    `suite: they are not counted. Measured by ${about.measured}. Not mutated: ${leftOut.join(", ") || "nothing"}.`,
    "",
    "| section | mutants | found | by a failed case | equivalent | invisible | holes | found of the visible |",
    "|---|---|---|---|---|---|---|---|",
    ...sections.map(row),
    row(total),
    "",
    "## Survivors",
    "",
    "| place | was | became | sorted |",
    "|---|---|---|---|",
    ...survivors.map(
      (one) =>
        `| ${place(one)} | ${code(one.original)} | ${code(one.replacement)} | ${one.sorted ? `${one.sorted.as}: ${one.sorted.why}` : one.cases === 0 ? "not yet; no case runs through it" : "not yet"} |`,
    ),
    "",
  ].join("\n");
}

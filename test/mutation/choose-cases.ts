import type { Coverage } from "./coverage.ts";
import type { MachineMutant } from "./instrument.ts";
import { judgingCases } from "./judge.ts";

/** What runs through each mutant's place. */
export class CaseChooser {
  readonly #cases = new Map<string, string[]>();
  readonly #byFile = new Map<string, Map<string, number>>();
  readonly #atStart: ReadonlySet<string>;

  constructor(mutants: readonly MachineMutant[], { byCase, atStart }: Coverage) {
    this.#atStart = new Set(atStart);
    const files = new Map(mutants.map(({ id, file }) => [id, file]));
    // Those that run through the least come first: what they say is the most about the place.
    const inOrder = Object.entries(byCase).toSorted(([, a], [, b]) => a.length - b.length);
    for (const [one, ids] of inOrder) {
      for (const id of ids) {
        const file = files.get(id);
        if (file === undefined) continue;
        const cases = this.#cases.get(id) ?? [];
        cases.push(one);
        this.#cases.set(id, cases);
        const ofFile = this.#byFile.get(file) ?? new Map<string, number>();
        ofFile.set(one, (ofFile.get(one) ?? 0) + 1 / ids.length);
        this.#byFile.set(file, ofFile);
      }
    }
  }

  /** Whether the place runs at the start alone, so that the mutant must be active in a process from its beginning. */
  runsAtStart({ id }: MachineMutant): boolean {
    return this.#atStart.has(id);
  }

  /**
   * The cases that may kill a mutant: those that run through its place. What runs at the start is seen by cases that
   * run through the same file, and at last by any.
   */
  casesFor({ id, file }: MachineMutant): string[] {
    const through = this.#cases.get(id) ?? [];
    if (!this.#atStart.has(id)) return through;
    const ofFile = [...(this.#byFile.get(file) ?? [])].toSorted(([, a], [, b]) => b - a).map(([one]) => one);
    return [...new Set([...through, ...ofFile, ...judgingCases.map((one) => one.id)])];
  }

  /** The section of rules of whose cases the largest share runs through the place, or through the file. */
  sectionFor({ id, file }: MachineMutant): string {
    const through = this.#cases.get(id) ?? [...(this.#byFile.get(file)?.keys() ?? [])];
    const shares = new Map<string, number>();
    for (const one of through) {
      const section = one.slice(0, one.indexOf("-"));
      shares.set(section, (shares.get(section) ?? 0) + 1 / sizeOf(section));
    }
    return [...shares].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? "none";
  }
}

const sizes = new Map<string, number>();
for (const { id } of judgingCases) {
  const section = id.slice(0, id.indexOf("-"));
  sizes.set(section, (sizes.get(section) ?? 0) + 1);
}

function sizeOf(section: string): number {
  return sizes.get(section) ?? 1;
}

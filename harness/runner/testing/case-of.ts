import type { ConformanceCase } from "../case.ts";

/** A case of a MUST rule that needs nothing of its target. @param id the rule is what stands before the slash */
export function caseOf(id: string, run: ConformanceCase["run"], more: Partial<ConformanceCase> = {}): ConformanceCase {
  return {
    id,
    rule: { id: id.slice(0, id.indexOf("/")), text: "MUST", level: "must" },
    level: "must",
    title: id,
    steps: [],
    capabilities: [],
    unless: [],
    needs: [],
    waits: undefined,
    alone: false,
    onProbation: false,
    run,
    ...more,
  };
}

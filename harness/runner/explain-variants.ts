import { decisiveValues } from "../grid/index.ts";
import type { CaseResult } from "../result/index.ts";
import { type ConformanceCase, templateOf } from "./case.ts";

/** Says with each failed variant of a case which value of which axis decides. */
export function explainVariants(cases: readonly ConformanceCase[], results: ReadonlyMap<string, CaseResult>): void {
  for (const variants of Map.groupBy(
    cases.filter((one) => one.variant),
    ({ id }) => templateOf(id),
  ).values()) {
    const judged = variants.flatMap((one) => {
      const result = results.get(one.id);
      const isJudged = result && ["passed", "failed", "warned", "knownFailing", "flaky"].includes(result.status);
      return isJudged && one.variant
        ? [{ result, values: one.variant.values, failed: result.expected !== undefined }]
        : [];
    });
    const decisive = decisiveValues(variants[0]?.variant?.axes ?? {}, judged);
    if (decisive === undefined) continue;
    for (const { result, failed } of judged) if (failed) result.remarks = [...(result.remarks ?? []), decisive];
  }
}

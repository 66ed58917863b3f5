import type { Result } from "../harness/result/index.ts";
import { formatMoment } from "./numbers.ts";

/** What may tell two runs of one name apart, the shortest first. */
const marks: readonly ((result: Result) => string | undefined)[] = [
  ({ run }) => run.label,
  ({ target }) => target.version,
  ({ run }) => run.startedAt.slice(0, 10),
  ({ run }) => formatMoment(run.startedAt).replace(/ UTC$/, ""),
  ({ run }) => run.id,
];

/**
 * A name for each result, so that no two are the same: those that share one get behind it the first thing that tells
 * them all apart, such as the day on which they began.
 * @param nameOf what a result is called as long as no other is
 */
export function distinctNames(results: readonly Result[], nameOf: (result: Result) => string): string[] {
  const bySharedName = Map.groupBy(results, nameOf);
  return results.map((result) => {
    const name = nameOf(result);
    const sharing = bySharedName.get(name) ?? [];
    if (sharing.length === 1) return name;
    const telling = marks.find((mark) => new Set(sharing.map(mark)).size === sharing.length);
    const mark = telling?.(result);
    if (mark === undefined) return name;
    return mark.startsWith(name) ? mark : `${name} (${mark})`;
  });
}

import type { LoadResult } from "../result/index.ts";

/** A run in a few lines, for whoever looks at k6's output: verdict first. */
export function summaryText(result: LoadResult): string {
  const lines = [`\n${result.verdict.toUpperCase()}  ${result.scenario} against ${result.target.url}, measured by k6`];
  for (const reason of result.reasons) lines.push(`  - ${reason}`);
  for (const [name, { count, p50, p99, max }] of Object.entries(result.metrics)) {
    const [half, most, worst] = [p50, p99, max].map((value) => value?.toFixed(2) ?? "-");
    lines.push(`  ${name}: ${count} samples, p50 ${half} ms, p99 ${most} ms, max ${worst} ms`);
  }
  for (const [name, { checked, violations }] of Object.entries(result.checks)) {
    lines.push(`  ${name}: ${checked} checked, ${violations} violations`);
  }
  return `${lines.join("\n")}\n`;
}

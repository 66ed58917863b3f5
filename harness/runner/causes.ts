import type { CaseResult } from "../result/index.ts";

/** What is told of a case that could not run. */
export type Hindered = Pick<CaseResult, "id" | "lack" | "reason">;

/** Causes that are told one by one; what is behind them is counted. */
const TOLD = 6;
/** What differs from case to case although the cause is one: numbers, quoted texts, names of connections. */
const OF_THE_CASE = /"[^"]*"|0x[0-9a-f]+|\d[\d.-]*|\bthe login of .*? failed|\bconnecting .*? failed/g;

/**
 * Why cases could not run, a sentence for each cause, the most frequent first: a server without groups is told once, and
 * not in a hundred cases.
 * @param capabilityOf the capability that a target would leave out which lacks this, by the first word of the lack
 */
export function tellCauses(
  cases: readonly Hindered[],
  capabilityOf: (command: string) => string | undefined = () => undefined,
): string[] {
  const groups = [...Map.groupBy(cases, causeOf)].sort(([, a], [, b]) => b.length - a.length);
  const told = groups.filter(([cause], at) => cause !== "" && at < TOLD);
  const rest = cases.length - told.reduce((sum, [, hindered]) => sum + hindered.length, 0);
  const sentences = told.map(([, hindered]) => {
    const [first] = hindered;
    const because = first?.lack ?? first?.reason ?? "";
    const capability = first?.lack === undefined ? undefined : capabilityOf(first.lack.replace(/ .*/, ""));
    return `${plural(hindered.length)} could not run because ${clause(because)}${hint(capability)}`;
  });
  if (rest > 0) sentences.push(`${plural(rest)} could not run, so nothing is known about what they check`);
  return sentences;
}

function causeOf({ lack, reason = "" }: Hindered): string {
  return lack ?? reason.replaceAll(OF_THE_CASE, "…");
}

/** The first sentence of a reason is enough of a cause. */
function clause(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function hint(capability: string | undefined): string {
  if (capability === undefined) return "";
  return `; no ${capability.replaceAll("-", " ")} yet? --capabilities '{"${capability}":false}'`;
}

function plural(count: number): string {
  return `${count} case${count === 1 ? "" : "s"}`;
}

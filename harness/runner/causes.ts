import { byCause, type Hindered } from "../result/index.ts";

/** Causes that are told one by one; what is behind them is counted. */
const TOLD = 6;

/**
 * Why cases could not run, a sentence for each cause, the most frequent first: a server without groups is told once, and
 * not in a hundred cases.
 * @param capabilityOf the capability that a target would leave out which lacks this, by the first word of the lack
 */
export function tellCauses(
  cases: readonly Hindered[],
  capabilityOf: (command: string) => string | undefined = () => undefined,
): string[] {
  const groups = byCause(cases);
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

import { type ConformanceCase, templateOf } from "../../harness/runner/index.ts";
import { type AxisName, type NumberEnds, type Rule, type RuleKind, ruleKinds } from "../../scenarios/rules/index.ts";

/** Axes that rules should have and have not, by rule. */
export type Gaps = Readonly<Record<string, readonly AxisName[] | undefined>>;

/**
 * The axes along which the cases of a rule vary: those of which its variants have two values, or one while a case
 * without variants has the plain one.
 */
export function axesOf(rule: string, cases: readonly ConformanceCase[]): AxisName[] {
  const own = cases.filter((one) => one.rule.id === rule);
  const isPlainThere = own.some(({ variant }) => variant === undefined);
  const values = new Map<string, Set<string>>();
  for (const { variant } of own) {
    for (const [axis, value] of Object.entries(variant?.values ?? {})) {
      values.set(axis, (values.get(axis) ?? new Set()).add(value));
    }
  }
  const varied = [...values].filter(([, seen]) => seen.size > 1 || isPlainThere).map(([axis]) => axis as AxisName);
  return varied.toSorted();
}

/**
 * What is wrong with what the rules say of their axes, one sentence each: an axis that the kind demands and that is
 * neither varied, gone along by hand, reasoned away nor a listed gap, and whatever differs from the cases.
 */
export function axisFaultsOf(
  rules: readonly Rule[],
  cases: readonly ConformanceCase[],
  gaps: Gaps,
  mostGaps: number,
): string[] {
  const faults: string[] = [];
  for (const rule of rules) {
    const { id, axes = [], byHand = {}, without = {} } = rule;
    const told = {
      "done by hand": Object.keys(byHand),
      "reasoned away": Object.keys(without),
      "a gap": gaps[id] ?? [],
    };
    if (rule.unobservable !== undefined) {
      if (axes.length > 0 || Object.values(told).flat().length > 0) faults.push(`${id} has axes, and no case`);
      continue;
    }
    const varied = axesOf(id, cases);
    if (varied.join() !== axes.toSorted().join()) {
      faults.push(
        `the variants of ${id} have the axes [${varied.join(", ")}], and the rule states [${axes.join(", ")}]`,
      );
    }
    const demanded: readonly AxisName[] = ruleKinds[rule.kind].demands;
    for (const axis of demanded) {
      const ways = Object.entries(told).filter(([, names]) => names.includes(axis));
      if (varied.includes(axis)) {
        for (const [way] of ways) faults.push(`${axis} of ${id} is said to be ${way}, and its variants have it`);
      } else if (ways.length === 0) {
        faults.push(`${id} is about ${ruleKinds[rule.kind].title}, and lacks the axis ${axis} and a reason`);
      } else if (ways.length > 1) {
        faults.push(`${axis} of ${id} is said to be ${ways.map(([way]) => way).join(" and ")}`);
      }
    }
    for (const axis of Object.values(told)
      .flat()
      .filter((name) => !demanded.includes(name as AxisName))) {
      faults.push(`${id} speaks of the axis ${axis}, which its kind does not demand`);
    }
    const names = new Set(cases.filter((one) => one.rule.id === id).map((one) => templateOf(one.id)));
    for (const name of Object.values(byHand).flat()) {
      if (!names.has(`${id}/${name}`)) faults.push(`${id} names the case ${name}, which there is not`);
    }
  }
  const count = Object.values(gaps).flatMap((axes) => axes ?? []).length;
  if (count > mostGaps)
    faults.push(`there are ${count} gaps, and no more than ${mostGaps} are allowed: write the case`);
  if (count < mostGaps) faults.push(`there are ${count} gaps: lower MOST_GAPS from ${mostGaps}`);
  return faults;
}

/** From how many on an end of the axis `number` is a thousand and more. */
const THOUSAND = 1_000;

/** Which ends of the axis `number` the variants of a rule have. */
function numbersOf(rule: string, cases: readonly ConformanceCase[]): { readonly [E in keyof NumberEnds]-?: boolean } {
  const own = cases.filter((one) => one.rule.id === rule);
  const numbers = own.flatMap(({ variant }) =>
    variant?.values["number"] === undefined ? [] : [variant.values["number"]],
  );
  return { none: numbers.includes("0"), thousand: numbers.some((number) => Number(number) >= THOUSAND) };
}

/**
 * What is wrong with how far the numbers go: a rule whose variants have the axis `number` asks with nothing at all and with
 * a thousand, or says why not; and every value of the axis is asked for by a rule that is not about floods.
 */
export function numberFaultsOf(
  rules: readonly Rule[],
  cases: readonly ConformanceCase[],
  values: readonly string[],
): string[] {
  const faults: string[] = [];
  const words = { none: "nothing at all (0)", thousand: `${THOUSAND} and more` } as const;
  for (const { id, axes = [], numbers = {} } of rules) {
    if (!axes.includes("number")) {
      if (Object.keys(numbers).length > 0) faults.push(`${id} speaks of numbers, and its variants have none`);
      continue;
    }
    const asked = numbersOf(id, cases);
    const names = new Set(cases.filter((one) => one.rule.id === id).map((one) => templateOf(one.id)));
    for (const end of ["none", "thousand"] as const) {
      const told = numbers[end];
      if (!asked[end] && told === undefined) faults.push(`the numbers of ${id} lack ${words[end]} and a reason`);
      if (asked[end] && told !== undefined)
        faults.push(`${id} says why it lacks ${words[end]}, and its variants have it`);
      for (const name of Array.isArray(told) ? told : []) {
        if (!names.has(`${id}/${name}`)) faults.push(`${id} names the case ${name}, which there is not`);
      }
    }
  }
  const asked = cases.filter(({ variant }) => variant?.values["flood"] === undefined);
  const seen = new Set(asked.map(({ variant }) => variant?.values["number"]));
  for (const value of values) if (!seen.has(value)) faults.push(`no variant has the number ${value}`);
  return faults;
}

/** What the page of coverage says about axes. */
export function axesSection(rules: readonly Rule[], cases: readonly ConformanceCase[], gaps: Gaps): string {
  const seen = rules.filter(({ unobservable }) => unobservable === undefined);
  const asked = seen.flatMap((rule) => ruleKinds[rule.kind].demands.map((axis: AxisName) => ({ rule, axis })));
  const count = (test: (one: (typeof asked)[number]) => boolean): number => asked.filter(test).length;
  const varied = count(({ rule, axis }) => axesOf(rule.id, cases).includes(axis));
  const byHand = count(({ rule, axis }) => rule.byHand?.[axis] !== undefined);
  const without = count(({ rule, axis }) => rule.without?.[axis] !== undefined);
  const lines = [
    "## Axes",
    "",
    "Cases are written once and run along axes ([conformance.md](conformance.md#variants)). What a rule is about says which",
    `axes it must have: ${asked.length} pairs of a rule and an axis. Of them the variants of cases have ${varied}, ${byHand} are gone`,
    `along by cases of their own, ${without} do not apply, each for the reason given below, and ${asked.length - varied - byHand - without} are gaps: the list of`,
    "gaps may only become shorter. `npm run check:coverage` holds rules, cases and this page to one another.",
    "",
    "| what a rule is about | rules | axes that it must have |",
    "|---|--:|---|",
    ...Object.entries(ruleKinds).map(([kind, { title, demands }]) => {
      const own = seen.filter((rule) => rule.kind === (kind as RuleKind)).length;
      return `| ${title} | ${own} | ${demands.join(", ")} |`;
    }),
    "",
    "| rule | axes of its variants | by hand | does not apply | gaps |",
    "|---|---|---|---|---|",
    ...seen.map((rule) => {
      const hand = Object.entries(rule.byHand ?? {}).map(([axis, names]) => `${axis}: ${names?.join(", ")}`);
      const reasons = Object.entries(rule.without ?? {}).map(([axis, reason]) => `${axis}: ${reason}`);
      for (const [end, told] of Object.entries({ 0: rule.numbers?.none, 1000: rule.numbers?.thousand })) {
        if (typeof told === "string") reasons.push(`number ${end}: ${told}`);
        else if (told !== undefined) hand.push(`number ${end}: ${told.join(", ")}`);
      }
      const cells = [
        (rule.axes ?? []).join(", "),
        hand.join("<br>"),
        reasons.join("<br>"),
        (gaps[rule.id] ?? []).join(", "),
      ];
      return `| ${rule.id} | ${cells.join(" | ")} |`;
    }),
    "",
  ];
  return lines.join("\n");
}

import { coveringArray, fullProduct } from "../../harness/grid/index.ts";
import type { CaseContext, ConformanceCase, Level, Need, TargetTimers } from "../../harness/runner/index.ts";
import {
  type AxisName,
  type AxisValue,
  type Capability,
  capabilitiesOf,
  type LimitName,
  type RuleId,
  ruleById,
  sentenceOf,
} from "../rules/index.ts";
import { demandsOf } from "./demands.ts";

/** `RULE/what-is-seen`, e.g. `MSG-07/resend-keeps-the-first-id`. One of a rule that there is not does not compile. */
export type CaseId = `${RuleId}/${string}`;

/** The head of a case: everything about it but what it does. */
export interface CaseHead {
  readonly id: CaseId;
  /** What a correct target does, in one line. */
  readonly title: string;
  /** What is done, in words. */
  readonly steps: readonly string[];
  /** Default: the rule's own. */
  readonly level?: Level;
  readonly needs?: readonly Need[];
  /** Capabilities needed beside the rule's own. */
  readonly capabilities?: readonly Capability[];
  /** The case asks only for the part of its rule that upstream does: the rule's own capability is not needed. */
  readonly upstream?: boolean;
  /** Choices of the target under which the case makes no sense. */
  readonly unless?: readonly Capability[];
  /** For cases about timers: the longest wait in milliseconds. */
  readonly waits?: (timers: TargetTimers) => number;
  /** For cases about timers: begins some time behind the others of the same rule that are marked so. */
  readonly inTurn?: boolean;
  /** The case takes long and begins with those about timers, so that it costs no time of its own. */
  readonly isLong?: boolean;
  /** Before all others: it needs users and groups with the same numbers, which a run drives apart. */
  readonly first?: boolean;
  /** The case disturbs others and runs by itself. */
  readonly alone?: boolean;
  /** New for a rule set in use: for one release it only warns. */
  readonly onProbation?: boolean;
  /** How many it needs of what a target may keep few. */
  readonly asks?: Asks;
  /** It is about a limit that a target states, and runs only when it does. */
  readonly atLimit?: LimitName;
}

/** How many are needed, by the limit that a target may state. */
export type Asks = { readonly [L in LimitName]?: number };

/** Joins the head of a case to its rule and its body. */
export function defineCase(head: CaseHead, run: (t: CaseContext) => Promise<void>): ConformanceCase {
  const rule = ruleById(head.id.slice(0, head.id.indexOf("/")));
  // What needs an account with a token is about the token method, which a target may leave out.
  const tokenLogin: Capability[] = head.needs?.includes("tokens") ? ["token-login"] : [];
  const own = capabilitiesOf(rule).filter((name) => !(head.upstream && name === rule.capability));
  return {
    id: head.id,
    rule: { id: rule.id, text: sentenceOf(rule), level: rule.level },
    level: head.level ?? rule.level,
    title: head.title,
    steps: head.steps,
    capabilities: [...new Set([...tokenLogin, ...own, ...(head.capabilities ?? [])])],
    unless: head.unless ?? [],
    needs: head.needs ?? [],
    waits: head.waits,
    inTurn: head.inTurn ?? false,
    first: head.first ?? false,
    isLong: head.isLong ?? false,
    alone: head.alone ?? false,
    onProbation: head.onProbation ?? false,
    asks: head.asks ?? {},
    atLimit: head.atLimit,
    run,
  };
}

/** The axes of a grid: the values that its body knows how to take, the plainest first. */
export type GridAxes = { readonly [A in AxisName]?: readonly AxisValue<A>[] };

/** The values of one variant, as its body reads them. */
export type GridValues<G extends GridAxes> = {
  readonly [A in keyof G]: G[A] extends readonly (infer V)[] ? V : never;
};

/** The head of a case that is written once and run in many variants. */
export interface GridHead<G extends GridAxes> extends Omit<CaseHead, "asks"> {
  readonly axes: G;
  /** What variants about groups need of the target beside groups. */
  readonly inGroups?: readonly Capability[];
  /** Leaves out combinations that make no sense. */
  readonly allows?: (values: GridValues<G>) => boolean;
  /** How many a variant needs of what a target may keep few. */
  readonly asks?: (values: GridValues<G>) => Asks;
}

/** Chooses among equally good rows of the covering arrays. It is fixed: ids must not change from run to run. */
const GRID_SEED = 1;

/**
 * One body, run in variants: every pair of values of two axes meets in the variants that run without being asked for
 * (a covering array); the others run when they are named, and with `--thorough`. What a value demands of the target
 * (groups, a WebSocket address, a restart) its variants demand besides what the head does.
 */
export function defineGrid<const G extends GridAxes>(
  head: GridHead<G>,
  run: (t: CaseContext, at: GridValues<G>) => Promise<void>,
): ConformanceCase[] {
  const axes = head.axes as Readonly<Record<string, readonly string[]>>;
  const allows = head.allows as ((values: Readonly<Record<string, string>>) => boolean) | undefined;
  const idOf = (values: Readonly<Record<string, string>>): CaseId => `${head.id}[${Object.values(values).join(",")}]`;
  const sampled = new Set<string>(coveringArray(axes, GRID_SEED, allows).map(idOf));
  return fullProduct(axes, allows).map((values) => {
    const demands = demandsOf(values);
    const inGroups = values["kind"] === "group" ? (head.inGroups ?? []) : [];
    const one = defineCase(
      {
        ...head,
        id: idOf(values),
        needs: [...new Set([...(head.needs ?? []), ...demands.needs])],
        capabilities: [...new Set([...(head.capabilities ?? []), ...demands.capabilities, ...inGroups])],
        asks: head.asks?.(values as GridValues<G>) ?? {},
      },
      (t) => run(t, values as GridValues<G>),
    );
    return { ...one, variant: { axes, values, sampled: sampled.has(one.id) } };
  });
}

/**
 * A case that runs over the target's own address, and once more over WebSocket as its variant `[ws]`. The plain one keeps
 * the id that it has in lists of known failures.
 */
export function alsoOverWebSocket(head: CaseHead, run: (t: CaseContext) => Promise<void>): ConformanceCase[] {
  const transports = { transport: ["tcp", "ws"] };
  const demands = demandsOf({ transport: "ws" });
  const needs = [...new Set([...(head.needs ?? []), ...demands.needs])];
  const plain = defineCase(head, run);
  const overWebSocket = defineCase({ ...head, id: `${head.id}[ws]`, needs }, run);
  return [
    { ...plain, variant: { axes: transports, values: { transport: "tcp" }, sampled: true } },
    { ...overWebSocket, variant: { axes: transports, values: { transport: "ws" }, sampled: true } },
  ];
}

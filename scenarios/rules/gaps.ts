import type { AxisName } from "./axes.ts";
import type { RuleId } from "./table.ts";

/** So many gaps there are. Lower it with every gap that is closed; it is never raised. */
export const MOST_GAPS: number = 0;

/** Axes that a rule's kind demands, that would make sense for it, and along which no case of it goes yet. */
export const gaps: Readonly<Partial<Record<RuleId, readonly AxisName[]>>> = {};

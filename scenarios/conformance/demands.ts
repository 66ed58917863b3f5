import type { Need } from "../../harness/runner/index.ts";
import type { Capability } from "../rules/index.ts";

/** What variants need of the target because of one of their values. */
export interface Demands {
  readonly needs: readonly Need[];
  readonly capabilities: readonly Capability[];
}

const demands: Readonly<Record<string, Partial<Demands>>> = {
  group: { capabilities: ["groups"] },
  ws: { needs: ["websocket"] },
  mixed: { needs: ["websocket"] },
  "after-restart": { needs: ["restart"] },
  "both-at-once": { capabilities: ["robustness"] },
};

/** From so many packets, messages, sessions or groups on, a target must claim to bear what is much. */
const THOUSANDS = 1_000;

/** What the values of a variant demand together. */
export function demandsOf(values: Readonly<Record<string, string>>): Demands {
  const own = Object.values(values).map((value) => demands[value] ?? {});
  if (Number(values["number"]) >= THOUSANDS) own.push({ capabilities: ["robustness"] });
  return {
    needs: [...new Set(own.flatMap((one) => one.needs ?? []))],
    capabilities: [...new Set(own.flatMap((one) => one.capabilities ?? []))],
  };
}

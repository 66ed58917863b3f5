import { CuppingError } from "../errors.ts";
import { usableMemory, usableProcessors } from "../measure/index.ts";
import type { ConversationLayer, LoadPlan, OptionValues } from "./plan.ts";
import type { Scenario } from "./scenario.ts";
import type { LoadedScenario } from "./scenario-failure.ts";
import { runPart } from "./scenario-failure.ts";

/** What an idle client costs the generator at least, its socket's buffers in the kernel not counted. */
const BYTES_PER_CLIENT = 6_000;
/** More processes than this for one processor only wait for each other. */
const WORKERS_PER_CORE = 8;
/** A group below that has nobody to write to. */
const SMALLEST_CONVERSATION = 2;
/** Clients that show more often that they are alive do nothing else. */
const SHORTEST_HEARTBEAT_MS = 100;

/** The part of a plan that can ask for too much. */
export type PlannedLoad = Pick<LoadPlan, "clients" | "heartbeatMs" | "model" | "stages" | "options">;

/** How many processes `--workers` may ask for on this machine. */
export function mostWorkers(): number {
  return WORKERS_PER_CORE * usableProcessors();
}

/** Who talks to whom in a scenario. @throws CuppingError `scenario` for what the scenario's own code throws */
export async function layersOf(
  scenario: Scenario,
  loaded: LoadedScenario,
  options: OptionValues,
): Promise<ConversationLayer[]> {
  return runPart(loaded, "conversations", () => scenario.conversations?.(options) ?? []);
}

/**
 * Refuses at once what could only run for its whole time and come to nothing.
 * @throws CuppingError `usage` naming the option that cannot work, and what would
 */
export function requireFeasible(scenario: Scenario, plan: PlannedLoad, layers: readonly ConversationLayer[]): void {
  const { clients, heartbeatMs, model, stages, options } = plan;
  if (heartbeatMs < SHORTEST_HEARTBEAT_MS) {
    throw new CuppingError(
      "usage",
      `--heartbeat must be at least ${SHORTEST_HEARTBEAT_MS}ms, but got ${heartbeatMs}ms`,
    );
  }
  for (const layer of layers) {
    if (layer.kind === "group" && !(Number.isInteger(layer.size) && layer.size >= SMALLEST_CONVERSATION)) {
      throw new CuppingError(
        "usage",
        `the scenario ${scenario.name} makes groups of ${layer.size}: a group needs a whole number of members from ${SMALLEST_CONVERSATION} up`,
      );
    }
  }
  if (layers.length > 0 && clients < SMALLEST_CONVERSATION) {
    throw new CuppingError(
      "usage",
      `--clients ${clients}: in the scenario ${scenario.name} users write to each other, so it needs at least ${SMALLEST_CONVERSATION}`,
    );
  }
  const rate = model === "open" ? Math.max(0, ...stages.flatMap(({ fromRate, toRate }) => [fromRate, toRate])) : 0;
  const refusal = scenario.refuse?.({ options, clients, rate });
  if (refusal !== undefined) throw new CuppingError("usage", refusal);
}

/**
 * Refuses more clients than this machine's memory holds.
 * @param clients of this machine
 * @throws CuppingError `usage`
 */
export function requireMemory(clients: number): void {
  const needed = clients * BYTES_PER_CLIENT;
  const there = usableMemory();
  if (needed <= there) return;
  const gigabytes = (bytes: number): string => `${Math.round(bytes / 1e9)} GB`;
  throw new CuppingError(
    "usage",
    `--clients ${clients} would take ${gigabytes(needed)} of memory for the clients alone, and this process may use ${gigabytes(there)}`,
  );
}

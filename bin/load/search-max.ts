import { CuppingError } from "../../harness/errors.ts";
import { type CapacityOf, fallbacks, findMax, type LoadSettings, type Scenario } from "../../harness/load/index.ts";
import type { LoadResult } from "../../harness/result/index.ts";

/** Judges a search where the user gives no threshold: a message that takes longer is not a conversation any more. */
const DEFAULT_THRESHOLD = "msg_ack: p(99)<500";
const PROBE_DURATION = "10s";
const PROBE_WARMUP = "2s";
const MAX_CLIENTS = 1_000_000;

/**
 * Refuses what says itself what the search is to find out.
 * @throws CuppingError `usage`
 */
export function requireSearchable(of: CapacityOf, { closed, stages }: LoadSettings): void {
  if (stages !== undefined) {
    throw new CuppingError("usage", "--find-max searches at a steady rate, so it takes no --stages");
  }
  if (of === "rate" && closed) {
    throw new CuppingError(
      "usage",
      "--find-max rate sets the rate, and with --closed users act after thinking: leave out --closed, or use --find-max clients",
    );
  }
}

/**
 * Searches for the most clients or the highest rate that passes. More clients bring their share of the rate along.
 * @param interrupt ends the search in order
 * @param measure runs the load once
 * @returns the run at the answer, with the answer in it
 */
export async function searchMax(
  of: CapacityOf,
  scenario: Scenario,
  settings: LoadSettings,
  interrupt: AbortSignal,
  measure: (settings: LoadSettings) => Promise<LoadResult>,
): Promise<LoadResult> {
  const clients = settings.clients ?? scenario.defaults?.clients ?? fallbacks.clients;
  const rate = Number(String(settings.rate ?? scenario.defaults?.rate ?? fallbacks.rate).replace(/\/s$/, ""));
  const hasThresholds = (settings.thresholds ?? scenario.defaults?.thresholds ?? []).length > 0;
  const probe: LoadSettings = {
    ...settings,
    duration: settings.duration ?? PROBE_DURATION,
    warmup: settings.warmup ?? PROBE_WARMUP,
    ...(!hasThresholds && scenario.conversations && { thresholds: [DEFAULT_THRESHOLD] }),
  };
  const isOpen = settings.closed !== true && (settings.rate !== undefined || scenario.model !== "closed");
  const settingsAt = (value: number): LoadSettings => {
    if (of === "rate") return { ...probe, clients, rate: value };
    return { ...probe, clients: value, ...(isOpen && { rate: Math.max(1, (rate * value) / clients) }) };
  };
  const { capacity, result } = await findMax({
    of,
    start: of === "rate" ? rate : clients,
    ceiling: of === "rate" ? (settings.maxRate ?? fallbacks.maxRate) : MAX_CLIENTS,
    interrupt,
    measure: (value) => measure(settingsAt(value)),
    onTried: ({ value, ok, verdict, reason }) => {
      const what = ok ? "passed" : `${verdict === "invalid" ? "not valid, so it says nothing" : "failed"} (${reason})`;
      process.stderr.write(`\n${of} ${value}: ${what}\n`);
    },
  });
  return { ...result, capacity };
}

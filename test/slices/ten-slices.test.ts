import { expect, onTestFinished, test } from "vitest";
import { registeredAccounts } from "../../harness/accounts/index.ts";
import { isSlice, type LoadSettings, mergeSlices, runLoad } from "../../harness/load/index.ts";
import { decodeHistogram, type LoadResult } from "../../harness/result/index.ts";
import { startReferenceServer, type Target } from "../../harness/targets/index.ts";
import { builtInScenarios } from "../../scenarios/load/index.ts";

const SLICES = 10;
const CLIENTS = 40;
/** Until ten processes are ready on a busy machine. */
const AHEAD_MS = 20_000;

const settings: LoadSettings = {
  ...{ clients: CLIENTS, rate: 80, workers: 1 },
  ...{ ramp: "1s", settle: "3s", warmup: "1s", duration: "4s" },
};

interface Asked {
  scenario: string;
  target: Target;
  more: LoadSettings;
  slice?: { index: number; of: number; startAt: number };
}

function load({ scenario, target, more, slice }: Asked): Promise<LoadResult> {
  const first = slice ? ((slice.index - 1) * CLIENTS) / slice.of : 0;
  return runLoad({
    scenarioUrl: builtInScenarios.find((one) => one.scenario.name === scenario)?.url as string,
    settings: { ...settings, ...more },
    target,
    accounts: registeredAccounts(target.http as string, { seed: 11, first }),
    slice,
    seed: 11,
    tool: { name: "cupping", version: "0.0.0" },
    command: "test",
    interrupt: new AbortController().signal,
    onProgress: () => undefined,
  });
}

/** Everything that is counted. */
function counted({ metrics, checks, series, clients, errors, thresholds }: LoadResult): unknown {
  const events: Record<string, number> = {};
  for (const { rates } of series)
    for (const [name, count] of Object.entries(rates)) events[name] = (events[name] ?? 0) + count;
  // When a client shows that it is alive is its own matter.
  delete events["heartbeats"];
  return {
    samples: Object.fromEntries(
      Object.entries(metrics)
        .map(([name, { count, histogram }]) => [name, [count, histogram && decodeHistogram(histogram).totalCount]])
        .sort(),
    ),
    checks: Object.fromEntries(
      Object.entries(checks)
        .map(([name, { checked, violations }]) => [name, [checked, violations]])
        .sort(),
    ),
    events,
    clients,
    errors,
    thresholds: thresholds.map(({ expression, ok }) => [expression, ok]),
  };
}

test.each<[string, LoadSettings]>([
  ["chat", { thresholds: ["msg_e2e: p(90)<60000", "sent: count>250"] }],
  ["mixed", { rate: 60, thresholds: ["sessions: count>3"], options: { group: 30 } }],
])(
  "ten slices of %s count what one run with the same seed counts",
  async (scenario, more) => {
    const target = await startReferenceServer({ serveArguments: ["--password-cost", "1"] });
    onTestFinished(() => target.stop());
    // Groups of ten stay together, and 40 clients are four of them.
    const of = scenario === "mixed" ? 4 : SLICES;
    const whole = await load({ scenario, target, more });
    const startAt = Date.now() + AHEAD_MS;
    const parts = await Promise.all(
      Array.from({ length: of }, (_, at) => load({ scenario, target, more, slice: { index: at + 1, of, startAt } })),
    );
    const merged = mergeSlices(
      parts.filter(isSlice).map((result) => ({ name: "part", result })),
      { tool: { name: "cupping", version: "0.0.0" }, command: "test", withoutResult: [] },
    );
    expect(counted(merged)).toEqual(counted(whole));
    // A busy machine may make either invalid; neither of them says anything against the target.
    for (const { verdict, reasons } of [whole, merged])
      expect(["pass", "invalid"], reasons.join("; ")).toContain(verdict);
    // Target and generators read the clock of one machine.
    for (const part of parts) {
      expect(part.slice?.clock?.least).toBeLessThanOrEqual(1);
      expect(part.slice?.clock?.most).toBeGreaterThanOrEqual(-1);
    }
    expect(merged.slices?.clocksApartMs).toBeLessThan(2_000);
    expect(merged.options).toEqual({ ...whole.options, workers: of });
  },
  120_000,
);

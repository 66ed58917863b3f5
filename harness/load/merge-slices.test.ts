import { beforeAll, expect, it } from "vitest";
import { templateAccounts } from "../accounts/index.ts";
import type { LoadResult, SliceRecord } from "../result/index.ts";
import { validateResult } from "../result/index.ts";
import { mergeSlices } from "./merge-slices.ts";
import { hashOfPlan } from "./slice-record.ts";
import { isSlice, type SliceResult } from "./slice-set.ts";
import { FakeServer } from "./testing/fake-server.ts";
import type { Faults } from "./testing/faults.ts";
import { loadFake } from "./testing/load-fake.ts";

const chat = new URL("testing/chat-scenario.ts", import.meta.url);
const settings = { clients: 12, rate: 60, ramp: "500ms", settle: "1s", warmup: "0s", duration: "2s", drain: "2s" };
const SLICES = 3;
/** Until all of their processes are ready. */
const AHEAD_MS = 10_000;

/** All slices of a load on one server, made at the same time. */
async function slicesOf(faults: Faults, thresholds: string[], interrupt?: AbortSignal): Promise<SliceResult[]> {
  const server = await FakeServer.start(faults);
  const startAt = Date.now() + AHEAD_MS;
  const results = await Promise.all(
    Array.from({ length: SLICES }, (_, at) =>
      loadFake(
        server,
        chat,
        { ...settings, thresholds },
        {
          slice: { index: at + 1, of: SLICES, startAt },
          accounts: templateAccounts("fake{n}", "secret", undefined, at * 4),
          ...(at === 0 && interrupt && { interrupt }),
        },
      ),
    ),
  );
  await server.die();
  return results.map((result, at) => ({ name: `slice-${at + 1}`, result: asSlice(result) }));
}

function asSlice(result: LoadResult): SliceResult["result"] {
  if (!isSlice(result)) throw new Error("the result is of no slice");
  return result;
}

function merge(slices: readonly SliceResult[], withoutResult: string[] = []): LoadResult {
  return mergeSlices(slices, { tool: { name: "cupping", version: "0.0.0" }, command: "test", withoutResult });
}

/** A slice as it would be with another record. */
function changed(one: SliceResult, change: Partial<SliceRecord>, name = one.name): SliceResult {
  return { name, result: { ...one.result, slice: { ...one.result.slice, ...change } } };
}

/** What only a busy machine adds. */
const isBusy = (reason: string): boolean => /the generator|too busy|began .*late, since/.test(reason);

let slices: SliceResult[];

beforeAll(async () => {
  slices = await slicesOf({}, ["msg_e2e: p(99)<60000", "sent: count>100"]);
}, 60_000);

it("thresholds are judged on the whole: no slice has as many samples as they ask for", () => {
  for (const { result } of slices) {
    expect(result.thresholds).toEqual([]);
    expect(result.metrics["msg_e2e"]?.count).toBeLessThan(100);
  }
  const { thresholds, verdict, reasons, metrics } = merge(slices);
  expect(thresholds.map(({ ok }) => ok)).toEqual([true, true]);
  expect(metrics["msg_e2e"]?.count).toBe(thresholds[1]?.value);
  expect(verdict, reasons.join("; ")).not.toBe("fail");
  expect(reasons.filter((reason) => !isBusy(reason) && !reason.includes("rests on"))).toEqual([]);
});

it("a threshold that the whole crosses fails it, though no slice was judged by it", async () => {
  const strict = slices.map((one) => {
    const plan = { ...one.result.slice.plan, thresholds: ["sent: count<100"] };
    return changed(one, { plan, planHash: hashOfPlan(plan) });
  });
  const { thresholds, reasons } = merge(strict);
  expect(thresholds[0]?.ok).toBe(false);
  expect(reasons.join("; ")).toContain("threshold sent: count<100 was crossed");
});

it("what is written can be read again", async () => {
  expect(await validateResult(merge(slices))).toBeUndefined();
  for (const { result } of slices) expect(await validateResult(result)).toBeUndefined();
});

it("clocks of machines are not compared where the target tells no time", () => {
  expect(merge(slices).slices?.clocksApartMs).toBeUndefined();
});

it("a slice that is missing is named, and nothing is concluded", () => {
  const { verdict, reasons, slices: told, clients } = merge(slices.slice(1));
  expect(verdict).toBe("invalid");
  expect(reasons[0]).toBe("slice 1 of 3 is missing");
  expect(told?.missing).toEqual([1]);
  expect(clients).toMatchObject({ requested: 12, peak: 8 });
  expect(merge(slices.slice(2), ["a holds no result: its slice did not come to its end"]).reasons.slice(0, 2)).toEqual([
    "2 of 3 slices are missing: 1, 2",
    "a holds no result: its slice did not come to its end",
  ]);
});

it("a slice that is there twice counts once, is named, and nothing is concluded", () => {
  const [first] = slices as [SliceResult];
  const { verdict, reasons, metrics } = merge([...slices, { ...first, name: "again" }]);
  expect(verdict).toBe("invalid");
  expect(reasons[0]).toBe("slice 1 of 3 is there 2 times (slice-1, again): the first one counts");
  expect(metrics["msg_ack"]?.count).toBe(merge(slices).metrics["msg_ack"]?.count);
});

it("a slice of another load is left out and named with what differs", () => {
  const [first, ...others] = slices as [SliceResult, ...SliceResult[]];
  const plan = { ...first.result.slice.plan, seed: 8 };
  const { verdict, reasons } = merge([changed(first, { plan, planHash: hashOfPlan(plan) }), ...others]);
  expect(verdict).toBe("invalid");
  expect(reasons.slice(0, 2)).toEqual([
    "slice 1 of 3 is missing",
    "slice 1 of 3 in slice-1 belongs to another load, with seed 8 instead of 7: it is left out",
  ]);
});

it("a plan that was changed behind its hash is refused", () => {
  const [first] = slices as [SliceResult];
  const forged = changed(first, { plan: { ...first.result.slice.plan, seed: 8 } });
  expect(() => merge([forged])).toThrow("slice-1 is not what a slice has written: its plan has been changed");
});

it.each([
  [{ lateMs: 4_200 }, "slice 1 of 3 began 4.2 s late, since it was not ready at --start-at"],
  [{ trafficLateMs: 2_500 }, "slice 1 of 3 began its traffic 2.5 s late, since its clients were not up before"],
])("a slice that was late is named, and nothing is concluded: %o", (late, sentence) => {
  const [first, ...others] = slices as [SliceResult, ...SliceResult[]];
  const { verdict, reasons } = merge([changed(first, late), ...others]);
  expect(verdict).toBe("invalid");
  expect(reasons[0]).toContain(sentence);
});

it("a machine whose clock is behind began late, whatever it says itself", () => {
  const known = slices.map((one) => changed(one, { clock: { least: -20, most: 20, answers: 100 } }));
  const [first, ...others] = known as [SliceResult, ...SliceResult[]];
  const behind = changed(first, { clock: { least: -5_020, most: -4_980, answers: 100 } });
  const { verdict, reasons, slices: told } = merge([behind, ...others]);
  expect(verdict).toBe("invalid");
  expect(reasons.find((reason) => reason.includes("at least"))).toMatch(
    /^slice 1 of 3 began at least [45]\.\d s after slice \d of 3, by the target's clock: set the clocks of the machines alike$/,
  );
  expect(told?.clocksApartMs).toBe(5_040);
});

it("a violation in one slice fails the whole, also where something else is missing", async () => {
  const lossy = await slicesOf({ loseEvery: 20 }, []);
  for (const given of [lossy, lossy.slice(1)]) {
    const { verdict, reasons, checks } = merge(given);
    expect(verdict).toBe("fail");
    expect(reasons[0]).toMatch(/^\d+ violations? of loss$/);
    expect(checks["loss"]?.violations).toBe(
      given.reduce((sum, { result }) => sum + (result.checks["loss"]?.violations ?? 0), 0),
    );
  }
}, 60_000);

it("a slice that was interrupted is named, and nothing is concluded; where all were, the load was", async () => {
  const stop = new AbortController();
  // In the middle of the traffic.
  setTimeout(() => stop.abort(), AHEAD_MS + 2_500);
  const cut = await slicesOf({}, [], stop.signal);
  const [first] = cut as [SliceResult];
  expect(first.result.run.partial).toBe(true);
  const { verdict, reasons, run } = merge(cut);
  expect(verdict).toBe("invalid");
  expect(reasons[0]).toBe("slice 1 of 3 was interrupted");
  expect(run.partial).toBe(false);
  const all = cut.map(({ name, result }) => ({ name, result: { ...result, run: { ...result.run, partial: true } } }));
  expect(merge(all).run.partial).toBe(true);
}, 60_000);

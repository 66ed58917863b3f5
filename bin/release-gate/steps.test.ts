import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Result, writeResult } from "../../harness/result/index.ts";
import { exampleConformance } from "../../reports/testing/conformance.ts";
import { exampleLoad } from "../../reports/testing/load.ts";
import { gateText } from "./gate-text.ts";
import { type GateStep, judgeStep, type StepOutcome, stepsOf, storeBaseline } from "./steps.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "cupping-gate-"));
});
afterEach(() => rm(dir, { recursive: true }));

const chat: GateStep = { name: "chat", words: ["load", "chat"], repeat: 1, tolerance: [] };
const load = (seed: number, slowness = 1): Result =>
  exampleLoad({ seed, slowness, seconds: 30, metrics: ["msg_ack", "msg_e2e"] });

/** Judges against a baseline that was stored the way the gate does it. */
async function against(base: Result[], results: Result[], step: GateStep = chat): Promise<StepOutcome> {
  const dirs = base.map((_, index) => join(dir, "runs", String(index)));
  for (const [index, result] of base.entries()) await writeResult(dirs[index] ?? "", result);
  const baseline = join(dir, "baseline");
  await storeBaseline(baseline, { step, results: base, comparison: undefined, verdict: "pass" }, dirs);
  return judgeStep(step, results, { baseline, allowed: new Set() });
}

describe("steps", () => {
  it("are the suite, then the loads in their order", () => {
    const steps = stepsOf({
      tolerance: "20%",
      loads: { b: { scenario: "chat", repeat: 3 }, a: { scenario: "group", tolerance: ["5%"] } },
    });
    expect(steps.map(({ name, repeat, tolerance }) => ({ name, repeat, tolerance }))).toEqual([
      { name: "conformance", repeat: 1, tolerance: [] },
      { name: "b", repeat: 3, tolerance: ["20%"] },
      { name: "a", repeat: 1, tolerance: ["5%"] },
    ]);
  });

  it("leave the suite out when told so", () => {
    expect(stepsOf({ conformance: false })).toEqual([]);
  });
});

describe("a step", () => {
  it("is judged by itself where there is no baseline", async () => {
    const outcome = await judgeStep(chat, [load(1)], { baseline: join(dir, "none"), allowed: new Set() });
    expect(outcome).toMatchObject({ verdict: "pass", comparison: undefined });
  });

  it("does not take a broken baseline for a missing one", async () => {
    await mkdir(join(dir, "baseline", "chat"), { recursive: true });
    await writeFile(join(dir, "baseline", "chat", "result.json"), "{}");
    const judged = judgeStep(chat, [load(1)], { baseline: join(dir, "baseline"), allowed: new Set() });
    await expect(judged).rejects.toThrow(expect.objectContaining({ code: "usage" }));
  });

  it("fails when it became worse than the baseline, and says what", async () => {
    const outcome = await against([load(1), load(2), load(3)], [load(11, 1.5), load(12, 1.5), load(13, 1.5)]);
    expect(outcome.verdict).toBe("fail");
    expect(gateText([outcome], "fail")).toMatch(
      /against the baseline {2}FAILED\n.*msg_e2e\.p50 is \d+% to \d+% higher than/,
    );
  });

  it("passes against a baseline like itself", async () => {
    const outcome = await against([load(1)], [load(2)]);
    expect(outcome.verdict).toBe("pass");
    expect(gateText([outcome], "pass")).toContain("nothing became worse");
  });

  it("gives no answer when a run is not valid, whatever the baseline says", async () => {
    const outcome = await against([load(1)], [exampleLoad({ seed: 2, seconds: 30, saturated: true })]);
    expect(outcome.verdict).toBe("invalid");
    expect(gateText([outcome], "invalid")).toMatch(/not valid [^~]*\n *in run \w+ the generator was the limit/);
    expect(gateText([outcome], "invalid")).toContain("NO ANSWER: the measurement is not valid; repeat the run");
  });

  it("names the steps that it did not come to", async () => {
    const outcome = await against([load(1)], [load(2)]);
    expect(
      gateText([outcome], "interrupted", {
        notRun: [
          { name: "late", why: "" },
          { name: "idle", why: "" },
        ],
      }),
    ).toMatch(/^late +not run\nidle +not run$/m);
  });

  it("of the suite fails on a case that passed in the baseline", async () => {
    const suite: GateStep = { name: "conformance", words: ["conformance"], repeat: 1, tolerance: [] };
    const warned = exampleConformance({ statuses: { "READ-03": "warned" } });
    const outcome = await against([exampleConformance({ statuses: {} })], [warned], suite);
    expect(outcome.results[0]?.verdict).toBe("pass");
    expect(outcome.verdict).toBe("fail");
  });
});

describe("the baseline", () => {
  it("is replaced as a whole, also by fewer runs", async () => {
    await against([load(1), load(2), load(3)], [load(4)]);
    expect(await readdir(join(dir, "baseline", "chat"))).toEqual(["1", "2", "3"]);
    await against([load(5)], [load(6)]);
    expect(await readdir(join(dir, "baseline", "chat"))).toEqual(["result.json"]);
  });
});

it("the table fits 80 columns", async () => {
  const outcome = await against([load(1)], [load(2, 3)]);
  for (const line of gateText([outcome], outcome.verdict).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

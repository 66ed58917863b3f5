import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ConformanceResult, type LoadResult, type SliceRecord, validateResult } from "../result/index.ts";
import { hideInCase, hideInLoad } from "./hide-in-result.ts";
import { Secrets } from "./secrets.ts";

const example = <R>(name: string): R =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../result/examples", name), "utf8")) as R;

/** Users who are called like words of the result itself, or like digits of a frame. */
const names = ["passed", "failed", "received", "notApplicable", "invalid", "000100", "latency", "message"];

function secrets(...more: string[]): Secrets {
  const home = new Secrets();
  for (const user_name of [...names, ...more]) home.add({ user_name, user_pwd: "5f4dcc3b5aa765d61d8327deb882cf99" });
  return home;
}

test("a result keeps its form, whatever users are called", async () => {
  const result = example<ConformanceResult>("conformance-v1.json");
  const hidden = { ...result, cases: result.cases.map((one) => hideInCase(one, secrets())) };
  expect(await validateResult(hidden)).toBeUndefined();
  expect(hidden.cases.map(({ id, status }) => [id, status])).toEqual(
    result.cases.map(({ id, status }) => [id, status]),
  );
  const load = example<LoadResult>("load-v1.json");
  const hiddenLoad = hideInLoad(load, secrets());
  expect(await validateResult(hiddenLoad)).toBeUndefined();
  expect(hiddenLoad.metrics).toEqual(load.metrics);
});

test("what came is told without the words of accounts, causes and examples of a load too", () => {
  const [one] = example<ConformanceResult>("conformance-v1.json").cases;
  if (!one) throw new Error("the example has no case");
  const event = { at: 1, connection: "margarete", direction: "event", event: "note", text: "margarete left" } as const;
  const told = { reason: "not margarete", remarks: ["margarete"], trace: [event] };
  expect(JSON.stringify(hideInCase({ ...one, ...told }, secrets("margarete")))).not.toContain("margarete");
  const load = example<LoadResult>("load-v1.json");
  const check = { checked: 1, violations: 1, examples: [{ text: "by margarete", details: { user: "margarete" } }] };
  const broken: LoadResult = {
    ...load,
    reasons: ["margarete"],
    target: { ...load.target, logTail: ["login of margarete"] },
    clients: { ...load.clients, failures: { "refused margarete": 1 } },
    errors: { "scenario: margarete": 2 },
    checks: { content: check },
    series: [{ at: 0, clients: 1, rates: {}, metrics: {}, errors: { "scenario: margarete": 2 } }],
  };
  expect(JSON.stringify(hideInLoad(broken, secrets("margarete")))).not.toContain("margarete");
  const { errors = {}, checks, series } = broken;
  const [{ at: second, ...point }] = series as [LoadResult["series"][number]];
  const figures = {
    ...{ errors, checks, notReached: { "refused margarete": 1 }, lost: { "refused margarete": 1 } },
    ...{ seconds: [{ second, ...point }], targetGone: "as margarete left" },
  };
  const slice = { index: 1, of: 2, figures } as unknown as SliceRecord;
  const hidden = hideInLoad({ ...broken, slice }, secrets("margarete"));
  expect(JSON.stringify(hidden)).not.toContain("margarete");
  expect(hidden.slice?.figures.errors).toEqual(hidden.errors);
});

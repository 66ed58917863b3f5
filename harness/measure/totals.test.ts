import { expect, it } from "vitest";
import { Recorder } from "./recorder.ts";
import { Totals } from "./totals.ts";

it("counts connections and logins over their own time, over several workers", () => {
  const totals = new Totals();
  for (const worker of [0, 1]) {
    const recorder = new Recorder();
    // A hundred each, from the fifth second on, within two seconds.
    for (let n = 0; n <= 100; n++) recorder.latency("login", 500, 5e6 + n * 20_000 + worker);
    totals.add(recorder.flush());
  }
  expect(totals.summaries(60)["login"]).toMatchObject({ count: 202, rate: 101 });
});

it("tells no rate of less than a second", () => {
  const totals = new Totals();
  const recorder = new Recorder();
  for (let n = 0; n < 5; n++) recorder.latency("connect", 500, n);
  totals.add(recorder.flush());
  expect(totals.summaries(60)["connect"]?.rate).toBe(5);
});

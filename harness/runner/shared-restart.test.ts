import { expect, test } from "vitest";
import { SharedRestart } from "./shared-restart.ts";

const never = new AbortController().signal;

test("the target restarts once, when every case that takes part is ready or over", async () => {
  let restarts = 0;
  const shared = new SharedRestart(async () => void restarts++);
  for (let cases = 0; cases < 3; cases++) shared.enter();
  const first = shared.ready(never);
  const second = shared.ready(never);
  expect(restarts).toBe(0);
  shared.leave();
  await Promise.all([first, second]);
  expect(restarts).toBe(1);
});

test("whoever gives up waiting holds nobody back, and a restart that fails is told to all", async () => {
  const shared = new SharedRestart(() => Promise.reject(new Error("the port is taken")));
  const impatient = new AbortController();
  shared.enter();
  shared.enter();
  const given = shared.ready(impatient.signal);
  impatient.abort(new Error("the case took too long"));
  await expect(given).rejects.toThrow("the case took too long");
  shared.leave();
  await expect(shared.ready(never)).rejects.toThrow("the port is taken");
});

test("a second restart is another one", async () => {
  let restarts = 0;
  const shared = new SharedRestart(async () => void restarts++);
  shared.enter();
  await shared.ready(never);
  await shared.ready(never);
  expect(restarts).toBe(2);
});

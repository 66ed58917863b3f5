import { expect, test } from "vitest";
import { WorkQueue } from "./work-queue.ts";

/** A job that ends when told to. */
function pausedJob(): { job: () => Promise<string>; end: (result: string) => void; started: () => boolean } {
  const { promise, resolve } = Promise.withResolvers<string>();
  let started = false;
  return {
    job: () => {
      started = true;
      return promise;
    },
    end: resolve,
    started: () => started,
  };
}

test("runs at most as many jobs as its concurrency and starts the others in their order", async () => {
  const queue = new WorkQueue({ concurrency: 2, maxWaiting: 10, maxWaitMs: 10_000 });
  const jobs = [pausedJob(), pausedJob(), pausedJob(), pausedJob()];
  const results = jobs.map(({ job }) => queue.run(job));
  await Promise.resolve();
  expect(jobs.map(({ started }) => started())).toEqual([true, true, false, false]);
  expect([queue.running, queue.waiting]).toEqual([2, 2]);
  jobs[1]?.end("second");
  expect(await results[1]).toBe("second");
  await Promise.resolve();
  expect(jobs.map(({ started }) => started())).toEqual([true, true, true, false]);
  jobs[0]?.end("first");
  jobs[2]?.end("third");
  jobs[3]?.end("fourth");
  expect(await Promise.all(results)).toEqual(["first", "second", "third", "fourth"]);
  expect([queue.running, queue.waiting]).toEqual([0, 0]);
});

test("refuses a job at once when enough wait already", async () => {
  const queue = new WorkQueue({ concurrency: 1, maxWaiting: 1, maxWaitMs: 10_000 });
  const [running, waiting] = [pausedJob(), pausedJob()];
  const results = [queue.run(running.job), queue.run(waiting.job)];
  const refused = pausedJob();
  await expect(queue.run(refused.job)).rejects.toMatchObject({ code: "queue-full" });
  expect(refused.started()).toBe(false);
  running.end("a");
  waiting.end("b");
  expect(await Promise.all(results)).toEqual(["a", "b"]);
});

test("refuses a job that waited too long instead of running it", async () => {
  const queue = new WorkQueue({ concurrency: 1, maxWaiting: 10, maxWaitMs: -1 });
  const [running, late] = [pausedJob(), pausedJob()];
  const first = queue.run(running.job);
  const second = queue.run(late.job);
  running.end("a");
  expect(await first).toBe("a");
  await expect(second).rejects.toMatchObject({ code: "queue-full" });
  expect(late.started()).toBe(false);
  expect(queue.running).toBe(0);
});

test("runs a job that may wait longer than others, however late its turn comes", async () => {
  const queue = new WorkQueue({ concurrency: 1, maxWaiting: 10, maxWaitMs: -1 });
  const running = pausedJob();
  const first = queue.run(running.job);
  const patient = queue.run(async () => "late", Number.POSITIVE_INFINITY);
  running.end("a");
  expect(await first).toBe("a");
  expect(await patient).toBe("late");
});

test("a job that fails gives its place to the next", async () => {
  const queue = new WorkQueue({ concurrency: 1, maxWaiting: 10, maxWaitMs: 10_000 });
  const failing = queue.run(() => Promise.reject(new Error("broken")));
  const next = queue.run(async () => "fine");
  await expect(failing).rejects.toThrow("broken");
  expect(await next).toBe("fine");
});

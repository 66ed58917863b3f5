import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import type { LoadResult } from "../../harness/result/index.ts";
import { startReferenceServer } from "../../harness/targets/index.ts";

const deploy = join(import.meta.dirname, "..", "..", "deploy");

interface Ended {
  code: number | null;
  said: string;
}

/** Runs one of the scripts of a container. */
function script(name: string, words: readonly string[], env: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [join(deploy, "slices", name), ...words], {
    env: { ...process.env, CI: "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, said })));
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cupping-slices-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

interface Job {
  metadata: { name: string };
  spec: {
    completions?: number;
    parallelism?: number;
    template: { spec: { containers: { args: string[]; env: { name: string; value: string }[] }[] } };
  };
}

const jobs = (): Job[] =>
  parseAllDocuments(readFileSync(join(deploy, "k8s", "slices.yaml"), "utf8")).map((document) => document.toJS() as Job);

const environmentOf = (job: Job): Record<string, string> =>
  Object.fromEntries(job.spec.template.spec.containers[0]?.env.map(({ name, value }) => [name, value]) ?? []);

test("the jobs agree on the number of slices, and all of them run at one time", () => {
  const [slices, merge] = jobs() as [Job, Job];
  const count = Number(environmentOf(slices)["SLICES"]);
  expect([slices.spec.completions, slices.spec.parallelism]).toEqual([count, count]);
  expect(environmentOf(merge)["SLICES"]).toBe(String(count));
  expect(environmentOf(merge)["RESULTS"]).toBe(environmentOf(slices)["RESULTS"]);
});

test("the load of the jobs, in three slices here, with an index or without: one result, and its exit code", async () => {
  const server = await startReferenceServer({ serveArguments: ["--password-cost", "1"] });
  onTestFinished(() => server.stop());
  const { tcp } = server.addresses;
  const [job] = jobs() as [Job];
  const smaller: Record<string, string> = {
    target: `tcp://127.0.0.1:${tcp?.port}`,
    http: server.http as string,
    ...{ clients: "12", rate: "30/s", ramp: "1s", duration: "3s", threshold: "sent: count>1000" },
  };
  const words = (job.spec.template.spec.containers[0]?.args ?? []).map((word) => {
    const name = /^--([a-z-]+)=/.exec(word)?.[1];
    return name !== undefined && smaller[name] !== undefined ? `--${name}=${smaller[name]}` : word;
  });
  const env = { SLICES: "3", RESULTS: emptyFolder(), START_AT: String(Math.ceil(Date.now() / 1000) + 15) };
  const merging = script("merge-slices.js", ["--report=junit"], { ...env, WAIT_SECONDS: "100" });
  // The first is told its index, as Kubernetes does; the others take what is left.
  const first = script("run-slice.js", words, { ...env, JOB_COMPLETION_INDEX: "0" });
  mkdirSync(join(env.RESULTS, "slice-1"), { recursive: true });
  const others = [1, 2].map(() => script("run-slice.js", words, env));
  for (const { code, said } of await Promise.all([first, ...others])) expect(code, said).toBe(0);
  const { code, said } = await merging;
  const whole = JSON.parse(readFileSync(join(env.RESULTS, "whole", "result.json"), "utf8")) as LoadResult;
  expect(whole.slices?.merged.map(({ index }) => index)).toEqual([1, 2, 3]);
  expect(whole.clients.peak).toBe(12);
  expect(whole.thresholds[0]?.ok).toBe(false);
  // A busy machine may make it invalid; it never passes.
  expect([1, 5], said).toContain(code);
}, 120_000);

test("a slice that left nothing is missing in the whole, and scripts refuse in one sentence", async () => {
  const results = emptyFolder();
  const refused = (env: Record<string, string>, name = "merge-slices.js"): Promise<Ended> =>
    script(name, [], { RESULTS: results, WAIT_SECONDS: "0", ...env });
  expect(await refused({ SLICES: "two" })).toEqual({
    code: 2,
    said: 'SLICES must be the number of slices, but is "two"\n',
  });
  expect((await refused({ SLICES: "2" })).said).toMatch(/^no slice has left a result in .* within 0 s\n$/);
  mkdirSync(join(results, "slice-1"));
  expect((await refused({ SLICES: "1" }, "run-slice.js")).said).toMatch(
    /^all 1 slices in .* are taken: empty the folder/,
  );
});

test("compose gives its containers what the scripts read", () => {
  const { services } = parse(readFileSync(join(deploy, "compose", "slices.yaml"), "utf8")) as {
    services: Record<string, { environment?: Record<string, string>; entrypoint?: string[]; volumes?: string[] }>;
  };
  for (const name of ["slice", "merge"]) {
    const { environment, entrypoint, volumes } = services[name] ?? {};
    const script = readFileSync(join(deploy, "slices", entrypoint?.[1]?.split("/").at(-1) as string), "utf8");
    for (const variable of Object.keys(environment ?? {})) expect(script).toContain(variable);
    expect(volumes).toEqual(["results:/data"]);
  }
});

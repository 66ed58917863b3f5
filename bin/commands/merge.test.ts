import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeServer } from "../../harness/load/testing/fake-server.ts";
import type { LoadResult } from "../../harness/result/index.ts";
import { exampleLoad } from "../../reports/testing/load.ts";
import { type Ended, folder, run } from "../../test/endings/command.ts";

let server: FakeServer;
beforeAll(async () => {
  server = await FakeServer.start();
});
afterAll(() => server.die());

const times = ["--ramp", "500ms", "--warmup", "0s", "--duration", "3s"];
const ofLoad = ["--seed", "3", "--clients", "8", "--rate", "40", "--workers", "1", ...times];
/** Until the processes of all slices are ready on a busy machine. */
const AHEAD_S = 12;

const load = (...words: string[]): string[] => ["load", "chat", "--target", `tcp://127.0.0.1:${server.port}`, ...words];

/** A users file whose first accounts have no token. */
function usersFile(count: number): string {
  const path = join(folder, `users-${count}.csv`);
  const lines = Array.from({ length: count }, (_, n) => `,listed${n},secret${n},`);
  writeFileSync(path, ["user_id,user_name,password,token", ...lines, ""].join("\n"));
  return path;
}

describe.concurrent("cupping merge", () => {
  it("makes one run of slices that share out one users file, with every report", async () => {
    const startAt = String(Math.ceil(Date.now() / 1000) + AHEAD_S);
    const users = ["--users", `file:${usersFile(8)}`];
    const sliced = (slice: string): Promise<Ended> =>
      run(load(...ofLoad, ...users, "--slice", slice, "--start-at", startAt, "--settle", "1s"));
    const parts = await Promise.all([sliced("1/2"), sliced("2/2")]);
    for (const [at, { code, said, result }] of parts.entries()) {
      expect([0, 5], said).toContain(code);
      expect(said).toContain(`slice ${at + 1} of 2 begins at `);
      expect(said).toContain(`this is slice ${at + 1} of 2; thresholds are judged by cupping merge`);
      expect((result as LoadResult).clients).toMatchObject({ requested: 4, peak: 4, failed: 0 });
    }
    const dirs = parts.map(({ result }, at) => {
      const dir = join(folder, `part-${at}`);
      mkdirSync(dir);
      writeFileSync(join(dir, "result.json"), JSON.stringify(result));
      return dir;
    });
    const out = join(folder, "whole");
    const ended = await run(
      ["merge", ...dirs, "--json", "--report", "html,junit,markdown,github", "--label", "two of them"],
      { out, stderr: 1, env: { GITHUB_ACTIONS: "true" } },
    );
    expect(ended.result).toMatchObject({ run: { label: "two of them" }, clients: { requested: 8, peak: 8 } });
    expect([0, 5], ended.said).toContain(ended.code);
    expect(ended.files).toEqual(expect.arrayContaining(["report.html", "report.md", "junit.xml"]));
    const alone = await run(["merge", dirs[1] as string]);
    expect(alone.code).toBe(5);
    expect(alone.said).toMatch(/^NOT VALID {2}Load chat/m);
    expect(alone.said.replaceAll(/\s+/g, " ")).toContain("Slice 1 of 2 is missing.");
    const inChinese = await run(["merge", dirs[1] as string, "--lang", "zh"]);
    expect(inChinese.said.replaceAll(/\s+/g, "")).toContain("缺少第1片");
    const unread = await run(["merge", dirs[1] as string], { onStart: (child) => child.stdout?.destroy() });
    expect(unread.code, "a verdict that nobody was told is none").toBe(4);
  }, 90_000);

  it("an interrupted slice leaves a result that says so", async () => {
    const users = ["--users", "template", "--user-template", "cut{n}"];
    const words = load(...ofLoad, ...users, "--duration", "60s", "--slice", "1/2");
    const ended = await run(
      words.filter((word, at) => word !== "3s" && words[at + 1] !== "3s"),
      {
        env: { CUPPING_PASSWORD: "secret" },
        at: /sent\/s/,
        act: (child) => child.kill("SIGINT"),
      },
    );
    expect(ended.code, ended.said).toBe(130);
    expect((ended.result as LoadResult).slice?.index).toBe(1);
    const dir = join(folder, "cut");
    mkdirSync(dir);
    writeFileSync(join(dir, "result.json"), JSON.stringify(ended.result));
    const merged = await run(["merge", dir]);
    expect(merged.code).toBe(5);
    expect(merged.said.replaceAll(/\s+/g, " ")).toContain("- slice 1 of 2 was interrupted");
  }, 60_000);

  it.each([
    [[], /^cupping: Not enough non-option arguments: got 0, need at least 1 \(see cupping merge --help\)\n$/],
    [["nowhere"], /^cupping: there is no result file at nowhere\n$/],
    [["broken"], /^cupping: .*broken\/result\.json is not JSON: .*\n$/],
    [["empty"], /^cupping: empty holds no result: its slice did not come to its end, and there is no other\n$/],
    [["plain"], /^cupping: plain holds the result of a whole load: merge takes those of cupping load --slice\n$/],
    [["plain", "--out", "plain"], /^cupping: --out plain holds the result of a slice, which would be written over/],
  ])("refuses %j in one sentence", async (words, sentence) => {
    const files: Record<string, string> = { broken: "{", plain: JSON.stringify(exampleLoad()) };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, "result.json"), text);
    }
    mkdirSync(join(folder, "empty"), { recursive: true });
    const { code, said } = await run(["merge", ...words], { leavesNothing: true });
    expect(said).toMatch(sentence);
    expect(code).toBe(2);
  });
});

describe.concurrent("cupping load --plan", () => {
  const plan = ["load", "chat", "--plan", "--clients", "10000000", "--rate", "90000/s", "--ramp", "10m"];

  it("says what ten million clients need, on a machine that could not hold them", async () => {
    const { code, said } = await run(plan, { leavesNothing: true });
    expect(code).toBe(0);
    expect(said).toMatch(/^load {2,}10,000,000 clients, 90,000\/s, for /m);
    expect(said).toMatch(/^machines {2,}715 like this one/m);
    expect(said).toMatch(/^their limit {2,}source ports/m);
  });

  it("--json says it for programs", async () => {
    const { code, said } = await run([...plan, "--json"], { leavesNothing: true });
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ machines: 715, limit: "ports", each: { clients: 13_987 } });
  });
});

describe.concurrent("cupping load --slice", () => {
  const users = ["--users", "template", "--user-template", "x{n}"];
  it.each([
    [["--slice", "3of10"], /--slice "3of10" is no part of a load/],
    [["--slice", "5/5"], /8 clients, of which 2 at a time stay together, can be cut into 4 slices at most/],
    [["--slice", "1/2", "--start-at", "soon"], /--start-at "soon" is not a time/],
    [["--slice", "1/2", "--start-at", "2020-01-01T00:00:00Z"], /was [\d.]+ s ago: a slice begins together with/],
    [["--start-at", "2099-01-01T00:00:00Z"], /--start-at is about slices of a load: give --slice as well/],
    [["--settle", "3s"], /--settle is about slices of a load: give --slice as well/],
    [["--slice", "1/2", "--settle", "3s"], /--settle counts from --start-at/],
    [["--slice", "1/2", "--find-max", "rate"], /--find-max decides by the whole of each run/],
    [["--slice", "1/2", "--target", "ref"], /--target ref starts one for each slice/],
    [["--slice", "1/2", "--threshold", "msg_ack: p(99)<5 abortOnFail"], /leave out abortOnFail/],
    [["--slice", "1/2", "--users", "file:FILE"], /holds 6 accounts, and all slices together need 8/],
  ])("refuses %j in one sentence", async (words, sentence) => {
    const given = words.map((word) => word.replace("FILE", usersFile(6)));
    const base = load(...ofLoad).filter(
      (_, at, all) => !given.includes("--target") || !all.slice(2, 4).includes(all[at] as string),
    );
    const accounts = given.includes("--users") ? [] : users;
    const { code, said } = await run([...base, ...accounts, ...given, "--dry-run"], {
      env: { CUPPING_PASSWORD: "secret" },
      leavesNothing: true,
    });
    expect(said).toMatch(sentence);
    expect(said.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });

  it("needs a seed, which all slices share", async () => {
    const words = load("--slice", "1/2", ...users, "--dry-run");
    const { code, said } = await run(words, { env: { CUPPING_PASSWORD: "secret" }, leavesNothing: true });
    expect(said).toBe("cupping: --slice needs --seed: all slices draw users and schedule from the same one\n");
    expect(code).toBe(2);
  });
});

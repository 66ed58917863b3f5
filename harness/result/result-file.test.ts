import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ConformanceResult, type LoadResult, readResult, validateResult, writeResult } from "./index.ts";
import { upgradeResult } from "./upgrade.ts";

const example = (name: string): string => join(import.meta.dirname, "examples", `${name}.json`);

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "cupping-result-"));
});
afterEach(() => rm(dir, { recursive: true }));

describe("stored results stay readable", () => {
  it("reads a conformance result of format 1", async () => {
    const result = (await readResult(example("conformance-v1"))) as ConformanceResult;
    expect(result.kind).toBe("conformance");
    expect(result.cases[1]?.actual).toBe("an acknowledgement with server_msg_id 2");
  });

  it("reads a load result of format 1", async () => {
    const result = (await readResult(example("load-v1"))) as LoadResult;
    expect(result.kind).toBe("load");
    expect(result.metrics["msg_e2e"]?.p99).toBe(4.8);
  });
});

describe("upgrade", () => {
  it("goes through every version in between", () => {
    const steps = new Map([
      [1, (old: object) => ({ ...old, seen: ["1"] })],
      [2, (old: object) => ({ ...old, seen: [...(old as { seen: string[] }).seen, "2"] })],
    ]);
    expect(upgradeResult({ schemaVersion: 1 }, 3, steps)).toEqual({ schemaVersion: 3, seen: ["1", "2"] });
  });

  it("knows no way from a newer version", () => {
    expect(upgradeResult({ schemaVersion: 4 }, 3, new Map())).toBeUndefined();
  });
});

describe("write", () => {
  it("writes a file that reads back the same, and leaves nothing else", async () => {
    const result = await readResult(example("load-v1"));
    const path = await writeResult(join(dir, "new", "folder"), result);
    expect(await readResult(path)).toEqual(result);
    expect(await readResult(join(dir, "new", "folder"))).toEqual(result);
    expect(await readdir(join(dir, "new", "folder"))).toEqual(["result.json"]);
  });

  it("refuses a result that does not match the schema, and keeps the file that was there", async () => {
    const result = (await readResult(example("load-v1"))) as LoadResult;
    const path = await writeResult(dir, result);
    const before = await readFile(path, "utf8");
    const broken = { ...result, clients: { requested: -1, peak: 0, failed: 0 } };
    await expect(writeResult(dir, broken)).rejects.toThrow(expect.objectContaining({ code: "harness" }));
    await expect(writeResult(dir, broken)).rejects.toThrow("/clients/requested must be >= 0");
    expect(await readFile(path, "utf8")).toBe(before);
    expect(await readdir(dir)).toEqual(["result.json"]);
  });

  it("says where it could not write", async () => {
    const result = await readResult(example("load-v1"));
    await writeFile(join(dir, "file"), "");
    await expect(writeResult(join(dir, "file"), result)).rejects.toThrow(/could not write .*result\.json/);
  });
});

describe("read refuses, in one sentence,", () => {
  const cases: [name: string, content: string, message: RegExp][] = [
    ["what is not JSON", "{", /is not JSON/],
    ["JSON that is no result", '{"hello":1}', /is not a result of cupping/],
    ["a list", "[]", /is not a result of cupping/],
    ["a newer format", '{"schemaVersion":99,"kind":"load"}', /has result format 99.*reads formats up to/],
    [
      "a result with holes",
      '{"schemaVersion":1,"kind":"load"}',
      /is not a valid result: .*must have required property/,
    ],
  ];
  it.each(cases)("%s", async (_name, content, message) => {
    const file = join(dir, "bad.json");
    await writeFile(file, content);
    await expect(readResult(file)).rejects.toThrow(expect.objectContaining({ code: "usage" }));
    await expect(readResult(file)).rejects.toThrow(message);
  });

  it("a file that does not exist", async () => {
    await expect(readResult(join(dir, "none.json"))).rejects.toThrow(/there is no result file at .*none\.json/);
  });
});

describe("schema", () => {
  it("demands the parts of the kind", async () => {
    const load = await readResult(example("load-v1"));
    expect(await validateResult({ ...load, kind: "conformance" })).toContain("must have required property 'ruleSet'");
  });

  it("demands what a trace entry of its direction has", async () => {
    const result = (await readResult(example("conformance-v1"))) as ConformanceResult;
    const [event] = result.cases[1]?.trace ?? [];
    const wrong = structuredClone(result);
    wrong.cases[1]?.trace.splice(0, 1, { ...event, direction: "sent" } as never);
    expect(await validateResult(wrong)).toContain("/cases/1/trace/0 must have required property 'command'");
  });

  it("lets fields pass that it does not know", async () => {
    const result = await readResult(example("load-v1"));
    expect(await validateResult({ ...result, later: true })).toBeUndefined();
  });
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { Counts, type ScriptCoverage } from "./counts.ts";
import { type Floor, judge, type Percentages, raised } from "./floor.ts";
import { coverageOfFile, type FileCoverage } from "./measure.ts";
import { measuredPath, ROOMS, ROOT, type Room } from "./scope.ts";

const SOURCE = `
interface Order { readonly kind: string; readonly amount?: number }
const prices: Record<string, number> = { tea: 2, coffee: 3 };
export function price({ kind, amount }: Order): number {
  if (kind === "water") return 0;
  const one = prices[kind] ?? missing(kind);
  if (amount === undefined) {
    return one;
  } else {
    return one * amount;
  }
}
function missing(kind: string): never {
  throw new Error(kind);
}
const log = (text: string): void => console.log(text);
export const size = (kind: string): string => {
  switch (kind) {
    case "tea":
      return "small";
    default:
      return kind === "coffee" && price({ kind }) > 2 ? "large" : "none";
  }
};
`;

/** Runs calls of the source's functions in processes of their own; what V8 counted in all of them together. */
function coverageAfter(...calls: string[]): FileCoverage {
  const folder = mkdtempSync(join(tmpdir(), "cupping-coverage-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "shop.ts");
  writeFileSync(file, SOURCE);
  const { href } = pathToFileURL(file);
  const env = { ...process.env, NODE_V8_COVERAGE: join(folder, "v8") };
  const counts = new Counts(SOURCE.length);
  for (const call of calls) {
    const program = `const { price, size } = await import(${JSON.stringify(href)}); ${call}`;
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { env });
  }
  for (const name of readdirSync(join(folder, "v8"))) {
    const { result } = JSON.parse(readFileSync(join(folder, "v8", name), "utf8")) as { result: ScriptCoverage[] };
    for (const script of result) if (script.url === href) counts.add(script);
  }
  return coverageOfFile("shop.ts", SOURCE, counts);
}

describe("what is covered", () => {
  test("is what V8 counted: lines whose statements ran, and ways that were taken", () => {
    const { lines, branches, missedLines, missedBranches } = coverageAfter('price({ kind: "tea" });');
    expect(missedLines).toEqual([10, 14, 18, 20, 22]);
    expect(lines).toEqual({ covered: lines.total - 5, total: 12 });
    // The way into the first if, behind ??, else, both cases, behind && and both ends of ?:.
    expect(missedBranches).toEqual([5, 6, 7, 19, 21, 22]);
    expect(branches).toEqual({ covered: 2, total: 10 });
  });

  test("adds up over processes, and an if without else has a way around it", () => {
    const always = coverageAfter('price({ kind: "water" });');
    expect(always.missedBranches).toContain(5);
    const both = coverageAfter('price({ kind: "water" });', 'price({ kind: "tea", amount: 2 });');
    expect(both.missedBranches).not.toContain(5);
  });

  test("of a file that no test loads is nothing", () => {
    const { lines, branches } = coverageOfFile("shop.ts", SOURCE, undefined);
    expect([lines.covered, branches.covered]).toEqual([0, 0]);
    expect([lines.total, branches.total]).toEqual([12, 10]);
  });

  test("is measured for our own code that runs in Node", () => {
    const at = (path: string): string | undefined => measuredPath(pathToFileURL(join(ROOT, path)).href);
    expect(at("codegen/framer.ts")).toBe("codegen/framer.ts");
    for (const left of [
      "codegen/framer.test.ts",
      "codegen/generated/commands.ts",
      "harness/load/testing/fake-server.ts",
      "harness/k6/client.ts",
      "reports/html/browser/main.ts",
      "bench/codec/run.ts",
      "node_modules/yargs/index.ts",
    ])
      expect([left, at(left)]).toEqual([left, undefined]);
    expect(measuredPath("node:fs")).toBeUndefined();
  });
});

describe("the floor", () => {
  const rooms = (each: Percentages): Record<Room, Percentages> =>
    Object.fromEntries(ROOMS.map((room) => [room, each])) as Record<Room, Percentages>;
  const floor: Floor = { skippedTests: 2, rooms: rooms({ lines: 90, branches: 80 }) };

  test("is missed by a room below it", () => {
    const now = { ...rooms({ lines: 90, branches: 80 }), bin: { lines: 89.9, branches: 80 } };
    expect(judge(now, floor)).toEqual({
      below: ["bin: 89.9% of the lines are covered; expected 90% at least"],
      above: [],
    });
  });

  test("should rise when a room is more than two points above it", () => {
    expect(judge(rooms({ lines: 91.9, branches: 81.9 }), floor)).toEqual({ below: [], above: [] });
    const { above } = judge({ ...floor.rooms, harness: { lines: 92.1, branches: 80 } }, floor);
    expect(above).toEqual(["harness: 92.1% of the lines are covered, the floor is 90%"]);
  });

  test("rises to a little below what was measured, and never falls", () => {
    const now = { ...rooms({ lines: 95.55, branches: 70 }), bin: { lines: 89, branches: 82 } };
    const next = raised(floor, now, 5);
    expect(next.skippedTests).toBe(2);
    expect(next.rooms.harness).toEqual({ lines: 94, branches: 80 });
    expect(next.rooms.bin).toEqual({ lines: 90, branches: 80.5 });
    expect(raised(undefined, now, 5).rooms.bin).toEqual({ lines: 87.5, branches: 80.5 });
  });

  test("never fell in the history of this clone", () => {
    const path = "test/code-coverage/floor.json";
    const read = (commit: string): Floor | undefined => {
      try {
        return JSON.parse(
          execFileSync("git", ["show", `${commit}:${path}`], { cwd: ROOT, encoding: "utf8", stdio: "pipe" }),
        );
      } catch {
        return undefined;
      }
    };
    const present = read("HEAD");
    const log = ((): string => {
      try {
        return execFileSync("git", ["log", "--format=%H", "--", path], { cwd: ROOT, encoding: "utf8", stdio: "pipe" });
      } catch {
        return "";
      }
    })();
    for (const earlier of log.split("\n").map(read)) {
      for (const room of present && earlier ? ROOMS : []) {
        expect(present?.rooms[room].lines).toBeGreaterThanOrEqual(earlier?.rooms[room].lines ?? 0);
        expect(present?.rooms[room].branches).toBeGreaterThanOrEqual(earlier?.rooms[room].branches ?? 0);
      }
    }
  });
});

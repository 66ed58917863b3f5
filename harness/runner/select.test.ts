import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ConformanceCase } from "./case.ts";
import { formatCaseList, isListed, readCaseList } from "./case-list.ts";
import { claimsOf, notClaimed, readStatement } from "./claims.ts";
import { parsePatterns, selectCases } from "./select.ts";
import { parseTimers } from "./timers.ts";

const caseOf = (id: string, more: Partial<ConformanceCase> = {}): ConformanceCase =>
  ({ id, capabilities: [], unless: [], ...more }) as unknown as ConformanceCase;
const cases = ["MSG-07/a", "MSG-07/b", "MSG-08/a", "LOGIN-02/a"].map((id) => caseOf(id));
const ids = (selected: readonly ConformanceCase[]): string[] => selected.map(({ id }) => id);
const file = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), "cupping-test-")), "list");
  writeFileSync(path, text);
  return path;
};

describe("selecting cases", () => {
  test("a rule takes all its cases, a star any text, an id itself", () => {
    expect(ids(selectCases(cases, ["MSG-07"], []))).toEqual(["MSG-07/a", "MSG-07/b"]);
    expect(ids(selectCases(cases, ["MSG-*"], ["*/b"]))).toEqual(["MSG-07/a", "MSG-08/a"]);
    expect(ids(selectCases(cases, parsePatterns("LOGIN-02/a,MSG-08"), []))).toEqual(["MSG-08/a", "LOGIN-02/a"]);
  });

  test("a pattern that matches nothing is a usage error, for --skip as well", () => {
    expect(() => selectCases(cases, ["MSG-70"], [])).toThrow(/--only: no case matches "MSG-70"/);
    expect(() => selectCases(cases, undefined, ["HTTP-*"])).toThrow(expect.objectContaining({ code: "usage" }));
  });

  test("leaving no case is a usage error", () => {
    expect(() => selectCases(cases, ["MSG-08"], ["MSG-*"])).toThrow(/no case to run/);
  });
});

describe("variants of a case", () => {
  const grid = ["group,tcp", "group,ws", "one-to-one,tcp"].map((values, index) =>
    caseOf(`MSG-07/resend[${values}]`, { variant: { axes: {}, values: {}, sampled: index !== 1 } }),
  );
  const all = [...cases, ...grid];

  test("those of the covering array run by themselves, the others with --thorough or by their name", () => {
    expect(ids(selectCases(all, undefined, []))).not.toContain("MSG-07/resend[group,ws]");
    expect(ids(selectCases(all, undefined, [], "thorough"))).toContain("MSG-07/resend[group,ws]");
    expect(ids(selectCases(all, ["MSG-07/resend[group,ws]"], []))).toEqual(["MSG-07/resend[group,ws]"]);
  });

  test("some values stand for all variants that have them, in any order", () => {
    const long = ["group,1,tcp,at-once", "group,1,ws,second-login", "one-to-one,1,ws,second-login"].map((values) =>
      caseOf(`MSG-07/later[${values}]`, { variant: { axes: {}, values: {}, sampled: false } }),
    );
    const chosen = (pattern: string): string[] => ids(selectCases([...all, ...long], parsePatterns(pattern), []));
    expect(chosen("MSG-07/later[group,second-login,ws]")).toEqual(["MSG-07/later[group,1,ws,second-login]"]);
    expect(chosen("MSG-*/later[ws]")).toEqual(long.slice(1).map(({ id }) => id));
    expect(chosen("*[one-to-one,ws]")).toEqual(["MSG-07/later[one-to-one,1,ws,second-login]"]);
    expect(() => chosen("MSG-07/later[group,w]")).toThrow(/no case matches/);
  });

  test("the id without values stands for all variants, in lists too", () => {
    const two = ["MSG-07/resend[group,tcp]", "MSG-07/resend[one-to-one,tcp]"];
    expect(ids(selectCases(all, ["MSG-07/resend"], []))).toEqual(two);
    expect(ids(selectCases(all, parsePatterns("MSG-07/resend[group,tcp], MSG-08"), []))).toEqual(["MSG-08/a", two[0]]);
    expect(ids(selectCases(all, ["MSG-07/resend"], ["*[*one-to-one*]"]))).toEqual([two[0]]);
    const list = readCaseList("--known-failing", file("MSG-07/resend[*ws*]\n"), all);
    expect(grid.map(({ id }) => isListed(list, id))).toEqual([false, true, false]);
  });
});

describe("the quick subset", () => {
  const axes = { kind: ["one-to-one", "group"], transport: ["tcp", "ws"], number: ["1", "2", "20", "300"] };
  const variant = (rule: string, name: string, values: Record<string, string>): ConformanceCase =>
    caseOf(`${rule}/${name}[${Object.values(values).join(",")}]`, {
      rule: { id: rule, text: "", level: "must" },
      needs: [],
      variant: { axes, values, sampled: true },
    });
  const plain = (id: string, more: Partial<ConformanceCase> = {}): ConformanceCase =>
    caseOf(id, { rule: { id: id.slice(0, id.indexOf("/")), text: "", level: "must" }, needs: [], ...more });

  test("two cases of a rule, their variants spread over the short axes, counts as small as they come", () => {
    const all = ["count", "list"].flatMap((name) =>
      axes.number.flatMap((number) =>
        axes.kind.flatMap((kind) =>
          axes.transport.map((transport) => variant("A-01", name, { kind, number, transport })),
        ),
      ),
    );
    expect(ids(selectCases(all, undefined, [], "quick"))).toEqual([
      "A-01/count[one-to-one,1,tcp]",
      "A-01/list[group,1,ws]",
    ]);
  });

  test("nothing that waits, restarts, measures a process, is long or runs alone", () => {
    const all = [
      plain("A-01/short"),
      plain("A-01/timer", { waits: () => 1_000 }),
      plain("A-01/restart", { needs: ["restart"] }),
      plain("A-01/process", { needs: ["process"] }),
      plain("A-01/long", { isLong: true }),
      plain("A-01/alone", { alone: true }),
    ];
    expect(ids(selectCases(all, undefined, [], "quick"))).toEqual(["A-01/short"]);
    expect(() => selectCases(all, ["A-01/long"], [], "quick")).toThrow(/--only, --skip and --quick leave no case/);
  });
});

describe("a list of known failures", () => {
  test("holds ids and patterns, with comments", () => {
    const list = readCaseList("--known-failing", file("# why\nMSG-07/a # later\n\nLOGIN-*\n"), cases);
    expect(["MSG-07/a", "MSG-07/b", "LOGIN-02/a"].map((id) => isListed(list, id))).toEqual([true, false, true]);
  });

  test("names the line of a pattern that matches nothing", () => {
    expect(() => readCaseList("--known-failing", file("MSG-07\nMSG-99\n"), cases)).toThrow(
      /:2: no case matches "MSG-99"/,
    );
  });

  test("reads what it writes", () => {
    const text = formatCaseList([{ id: "MSG-07/a", reason: "expected x;\ngot y" }]);
    expect(readCaseList("--known-failing", file(text), cases).patterns).toEqual(["MSG-07/a"]);
  });
});

describe("claims", () => {
  const capabilities = new Map([
    ["groups", "upstream"],
    ["deduplication", "extension"],
    ["owner-handover", "choice"],
  ] as const);
  const known = { capabilities, limits: new Map([["devices", { least: 5, most: 200 }]]) };

  test("upstream leaves out the extensions, neither profile declares a choice", () => {
    expect([...claimsOf("upstream", capabilities)]).toEqual(["groups"]);
    expect([...claimsOf("full", capabilities)]).toEqual(["groups", "deduplication"]);
  });

  test("a file changes single claims, and a case says what is not claimed", () => {
    const stated = file('{"deduplication": false, "owner-handover": true}');
    const { claims } = readStatement(stated, claimsOf("full", capabilities), known);
    expect(notClaimed(caseOf("MSG-07/a", { capabilities: ["deduplication"] }), claims)).toMatch(
      /not claim deduplication/,
    );
    expect(notClaimed(caseOf("GROUP-15/a", { unless: ["owner-handover"] }), claims)).toMatch(/declares owner-handover/);
    expect(notClaimed(caseOf("GROUP-01/a", { capabilities: ["groups"] }), claims)).toBeUndefined();
  });

  test("an unknown name is a usage error that lists the known ones", () => {
    expect(() => readStatement(file('{"dedup": true}'), new Set(), known)).toThrow(
      /no capability "dedup"; there are groups/,
    );
    expect(() => readStatement(file("[]"), new Set(), known)).toThrow(expect.objectContaining({ code: "usage" }));
  });

  test("a case that needs more than the target keeps does not concern it, nor does one at a limit that it does not state", () => {
    const { limits } = readStatement('{"limits": {"devices": 10}}', new Set(), known);
    const more = caseOf("LOGIN-12/a", { asks: { devices: 11 } });
    expect(notClaimed(more, new Set(), limits)).toBe(
      "the target states that it keeps 10 devices, and the case asks for 11",
    );
    expect(notClaimed(more, new Set())).toBeUndefined();
    expect(notClaimed(caseOf("LOGIN-12/b", { asks: { devices: 10 } }), new Set(), limits)).toBeUndefined();
    const at = caseOf("LOGIN-12/c", { atLimit: "devices" });
    expect(notClaimed(at, new Set(), limits)).toBeUndefined();
    expect(notClaimed(at, new Set())).toBe("the target states no limit of devices");
  });

  test.each([
    ['{"limits": {"phones": 10}}', 'there is no limit "phones"; there are devices'],
    ['{"limits": {"devices": 4}}', 'the limit "devices" must be a whole number from 5 to 200'],
    ['{"limits": {"devices": 201}}', 'the limit "devices" must be a whole number from 5 to 200'],
    ['{"limits": {"devices": "10"}}', 'the limit "devices" must be a whole number from 5 to 200'],
    ['{"limits": {"devices": 10.5}}', 'the limit "devices" must be a whole number from 5 to 200'],
    ['{"limits": 10}', '"limits" must be an object of numbers'],
    ['{"devices": 64}', 'there is no capability "devices"; there are groups, deduplication, owner-handover, limits'],
  ])("%s is a usage error in one sentence", (stated, sentence) => {
    const wrong = { code: "usage", message: expect.stringContaining(sentence) };
    expect(() => readStatement(stated, new Set(), known)).toThrow(expect.objectContaining(wrong));
  });
});

describe("timers", () => {
  test("take units, and defaults for what is left out", () => {
    expect(parseTimers("login=500ms,ack=2s")).toEqual({ login: 500, heartbeat: 60_000, ack: 2_000, call: 30_000 });
  });

  test.each(["login", "login=5", "logn=5s", "login=10ms"])("refuse %s", (text) => {
    expect(() => parseTimers(text)).toThrow(expect.objectContaining({ code: "usage" }));
  });
});

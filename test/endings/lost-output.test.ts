// What a run found is kept, and its exit code claims no verdict, when nobody reads what it says or no disk takes it.
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { obtainK6 } from "../../harness/k6-run/testing/obtain-k6.ts";
import { canMountDisks, SmallDisk } from "../../harness/targets/small-disk.ts";
import { folder, run } from "./command.ts";

const SLOWEST_MS = 120_000;
const obtained = await obtainK6();
const k6 = "path" in obtained ? obtained.path : undefined;
const SUITE = ["conformance", "--only", "HB-*", "--jobs", "1", "--verbose"];
const LOAD = ["load", "chat", "--clients", "20", "--rate", "40/s", "--ramp", "1s", "--duration", "60s"];

test.each([
  ["conformance", SUITE, /^passed/m],
  ["load", LOAD, /sent\/s/],
  ["faults", ["faults", "--only", "latency,bandwidth"], /^latency /m],
])("%s ends in order when the reader of standard error leaves", { timeout: SLOWEST_MS }, async (_what, words, at) => {
  const { code, result } = await run(words, { at, act: (child) => child.stderr?.destroy() });
  expect(code).toBe(4);
  expect(result?.run.partial).toBe(true);
});

test("a reader of standard output that leaves loses the JSON and not the result", { timeout: SLOWEST_MS }, async () => {
  const { code, said, result } = await run(["conformance", "--only", "HB-01", "--json"], {
    onStart: (child) => child.stdout?.destroy(),
  });
  expect(code, said).toBe(4);
  expect(result?.verdict).toBe("pass");
  expect(said).toMatch(/^PASSED {2}/m);
  expect(said).toContain("cupping: could not write to standard output: EPIPE: broken pipe\n");
});

test.each(["list", "conformance --list", "faults --list"])(
  "who has seen enough of %s is told no failure",
  async (line) => {
    const { code, said } = await run(line.split(" "), {
      leavesNothing: true,
      onStart: (child) => child.stdout?.destroy(),
    });
    expect({ code, said }).toEqual({ code: 0, said: "" });
  },
);

describe.skipIf(!existsSync("/dev/full"))("on a full device", () => {
  const full = existsSync("/dev/full") ? openSync("/dev/full", "w") : 0;
  const starter = join(folder, "starter");
  mkdirSync(starter);
  afterAll(() => closeSync(full));

  test("standard output loses the JSON and not the result", { timeout: SLOWEST_MS }, async () => {
    const { code, said, result } = await run(["conformance", "--only", "HB-01", "--json"], { stdout: full });
    expect(code, said).toBe(4);
    expect(result?.verdict).toBe("pass");
    expect(said).toMatch(/^cupping: could not write to standard output: ENOSPC/m);
    expect(said).not.toMatch(/^ {4}at /m);
  });

  test.each([
    ...["list", "list --json", "--help", "--version", "conformance --list", "faults --list"],
    ...["decode 00000010000100000000010500070000", `init ${starter}`, "serve --tcp 0 --ws 0 --http 0 --store memory:"],
  ])("%s says in a sentence that nothing took what it says", { timeout: SLOWEST_MS }, async (line) => {
    const { code, said } = await run(line.split(" "), { stdout: full, leavesNothing: true });
    expect(said).toMatch(/^cupping: could not write to standard output: ENOSPC[^\n]*\n$/);
    expect(code).toBe(4);
  });

  test("standard error ends the run in order", { timeout: SLOWEST_MS }, async () => {
    const { code, result } = await run(SUITE, { stderr: full });
    expect(code).toBe(4);
    expect(result).toBeDefined();
  });
});

describe.skipIf(!canMountDisks())("on a full disk", () => {
  const disk = join(folder, "disk");
  // One page: folders and the probe find room, a result does not.
  const mount = (): Promise<SmallDisk> => {
    mkdirSync(disk, { recursive: true });
    return SmallDisk.mount(disk, 4096);
  };

  test("the verdict is told, the file is named, and no half of one is left", { timeout: SLOWEST_MS }, async () => {
    const mounted = await mount();
    try {
      const { code, said, files } = await run(["conformance", "--only", "MSG-0*"], { out: join(disk, "out") });
      expect(code, said).toBe(4);
      expect(said).toMatch(/^PASSED {2}[\s\S]*^cupping: could not write .*result\.json: ENOSPC.*\n$/m);
      expect(files).toEqual([]);
    } finally {
      await mounted.unmount();
    }
  });

  describe("commands that make files of what is there", () => {
    const made = join(folder, "made");
    const result = join(made, "result.json");
    const config = join(folder, "gate-of-one.json");
    beforeAll(async () => {
      await run(["load", "idle", "--clients", "2", "--ramp", "0s", "--warmup", "0s", "--duration", "1s"], {
        out: made,
      });
      writeFileSync(config, JSON.stringify({ target: "ref", conformance: { only: "HB-01" } }));
    }, SLOWEST_MS);
    const baseline = ["gate", "--config", config, "--baseline", join(disk, "baseline"), "--update-baseline"];

    test.each([
      ["init", ["init", disk], /^cupping: could not write .*cupping\.config\.ts: ENOSPC/m],
      ["report", ["report", result, "--out", join(disk, "out")], /^cupping: could not write .*report\.html: ENOSPC/m],
      [
        "compare",
        ["compare", result, result, "--out", join(disk, "out")],
        /^(NO ANSWER|PASSED|FAILED) {2}[\s\S]*^cupping: could not write .*comparison\.html: ENOSPC/m,
      ],
      ["gate", ["gate", "--config", config, "--out", join(disk, "out")], /^cupping: could not write .* ENOSPC/m],
      ["gate --update-baseline", [...baseline, "--out", join(folder, "gated")], /^cupping: could not store .* ENOSPC/m],
      ...(k6 === undefined
        ? []
        : [
            [
              "k6",
              ["k6", "chat", "--k6", k6, "--vus", "2", "--duration", "1s", "--ramp", "0s", "--out", join(disk, "out")],
              /^(PASSED|FAILED|NOT VALID) {2}[\s\S]*^cupping: could not write .*result\.json: ENOSPC/m,
            ] as [string, string[], RegExp],
          ]),
    ] as [string, string[], RegExp][])(
      "%s names the file, and leaves no half of it",
      {
        timeout: SLOWEST_MS,
      },
      async (_what, words, sentence) => {
        const mounted = await mount();
        try {
          const { code, said } = await run(words, { leavesNothing: true });
          expect(said).toMatch(sentence);
          expect(code, said).toBe(4);
          expect(said).not.toMatch(/^ {4}at /m);
          const left = readdirSync(disk, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
          expect(left.map(({ name }) => name)).toEqual([]);
        } finally {
          await mounted.unmount();
        }
      },
    );
  });

  test.each(["conformance", "load"])(
    "%s says in a sentence that the temporary folder is full",
    async (name) => {
      const mounted = await mount();
      try {
        const words = name === "load" ? LOAD : SUITE;
        const { said, code } = await run(words, { env: { TMPDIR: disk } });
        if (name === "conformance") {
          expect(code, said).toBe(4);
          expect(said).toMatch(/^cupping: could not write .*users\.csv: ENOSPC[^\n]*\n$/);
        }
        expect(said).not.toMatch(/^ {4}at /m);
      } finally {
        await mounted.unmount();
      }
    },
    SLOWEST_MS,
  );
});

test.each(["/proc/none/deeper", "/dev/null/out"])("a result folder that cannot be is told at once: %s", async (out) => {
  const { code, said } = await run(["conformance", "--only", "HB-01"], { out });
  expect(said).toMatch(/^cupping: could not write into .*\n$/);
  expect(code).toBe(4);
});

import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { CommandModule } from "yargs";
import type { NumberLimits } from "../../harness/number-limits.ts";
import { runCommandLine } from "../command-line.ts";
import { command as conformance } from "../commands/conformance.ts";
import { command as doctor } from "../commands/doctor.ts";
import { command as faults } from "../commands/faults.ts";
import { command as k6 } from "../commands/k6.ts";
import { command as load } from "../commands/load.ts";
import { scenarioRows } from "../load/options.ts";
import { chooseScenario } from "../load/scenario-choice.ts";
import { conformanceOptions } from "../options/conformance.ts";
import { doctorOptions } from "../options/doctor.ts";
import { faultOptions } from "../options/faults.ts";
import { httpOptions } from "../options/http.ts";
import { k6Options } from "../options/k6.ts";
import { loadOptions } from "../options/load.ts";
import { defaultsOf, type Row, type Rows } from "../options/row.ts";
import { repeatLine } from "./repeat.ts";

type Values = Readonly<Record<string, unknown>>;

interface Repeatable {
  command: CommandModule;
  words: string[];
  rows: Rows;
}

async function ofScenario(name: string): Promise<Repeatable> {
  const { scenario } = await chooseScenario(name);
  return { command: load, words: ["load", name], rows: { ...loadOptions.rows, ...scenarioRows(scenario) } };
}

/** Every command that prints a line to repeat a run. */
const repeatables: Repeatable[] = [
  { command: conformance, words: ["conformance"], rows: conformanceOptions.rows },
  { command: doctor, words: ["doctor"], rows: doctorOptions.rows },
  { command: faults, words: ["faults"], rows: faultOptions.rows },
  { command: k6, words: ["k6", "chat"], rows: k6Options.rows },
  { command: load, words: ["load", "http"], rows: httpOptions.rows },
  await ofScenario("mixed"),
  await ofScenario("group"),
];

const argv = process.argv;
afterAll(() => {
  process.argv = argv;
});

/** What the command line makes of words, without running anything. */
async function parsed(command: CommandModule, words: readonly string[]): Promise<Values> {
  let values: Values = {};
  const handler = (given: Values): void => {
    values = given;
  };
  process.argv = [...argv.slice(0, 2), ...words];
  const name = words[0] as string;
  await runCommandLine(words, [{ ...command, handler }], [name], "0.0.0");
  return values;
}

/** Takes a line apart as POSIX says that a shell does, as far as quotes go. */
function split(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] as string;
    if (character === "'") {
      const end = line.indexOf("'", at + 1);
      word = (word ?? "") + line.slice(at + 1, end);
      at = end;
    } else if (character === "\\") {
      at += 1;
      word = (word ?? "") + (line[at] ?? "");
    } else if (character === " ") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      expect(character, `unquoted in ${line}`).toMatch(/^[\w@%+=:,./-]$/);
      word = (word ?? "") + character;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** Texts that shells and parsers trip over, and any others. */
const texts = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("'", '"', "\\", "$", "`", " ", "-", "=", "\n", "*", "a", "1", "!", "#", "~") }),
  fc.constantFrom("it's mine", "", "-", "--", "--label", "-x", "'quoted'", '"quoted"', "no", "true", "7", "1e3", "a=b"),
);

function numbers({ integer, minimum, exclusiveMinimum, maximum }: NumberLimits): fc.Arbitrary<number> {
  const bounds = { min: minimum ?? exclusiveMinimum ?? -(2 ** 31), max: maximum ?? 2 ** 53 - 1 };
  if (integer) return fc.maxSafeInteger().map((n) => bounds.min + (Math.abs(n) % (bounds.max - bounds.min + 1)));
  return fc
    .double({ ...bounds, minExcluded: exclusiveMinimum !== undefined, noNaN: true })
    .filter((x) => !Object.is(x, -0));
}

function valuesOf(row: Row): fc.Arbitrary<unknown> {
  switch (row.type) {
    case "boolean":
      return fc.boolean();
    case "number":
      return numbers(row.limits);
    case "choice":
      return fc.constantFrom(...row.choices);
    case "list":
      return fc.array(row.choices ? fc.constantFrom(...row.choices) : texts, { minLength: 1, maxLength: 3 });
    case "string":
      return texts;
  }
}

const repeated = (rows: Rows, values: Values): Values =>
  Object.fromEntries(
    Object.entries(rows)
      .filter(([, { output }]) => output !== true)
      .map(([name]) => [name, values[name]]),
  );

describe.each(repeatables)("$words", ({ command, words, rows }) => {
  const given = fc
    .record(Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, valuesOf(row)])), { requiredKeys: [] })
    .map((values): Values => ({ seed: 7, ...defaultsOf(rows), ...values }));

  it("parsing what is printed gives the same arguments, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(given, async (values) => {
        const [npx, cupping, ...rest] = split(repeatLine(words, rows, values));
        expect([npx, cupping, ...rest.slice(0, words.length)]).toEqual(["npx", "cupping", ...words]);
        expect(repeated(rows, await parsed(command, rest))).toEqual(repeated(rows, values));
      }),
      { numRuns: 60 },
    );
  });

  it("nothing about output is printed", async () => {
    await fc.assert(
      fc.asyncProperty(given, async (values) => {
        const parts = split(repeatLine(words, rows, values));
        const names = parts.filter((word) => word.startsWith("--")).map((word) => word.split("=")[0]);
        // A value that looks like one of these is printed behind an equals sign.
        for (const name of ["--out", "--quiet", "--lang", "--json", "--report", "--verbose"])
          expect(names).not.toContain(name);
      }),
      { numRuns: 20 },
    );
  });
});

it("a shell takes the line apart as it is meant", () => {
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 5 }), (list) => {
      const values = { ...defaultsOf(conformanceOptions.rows), label: "it's mine", mutant: list, seed: 7 };
      const line = repeatLine(["conformance"], conformanceOptions.rows, values);
      const { stdout } = spawnSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
      expect(stdout.split("\0").slice(0, -1)).toEqual(split(line));
    }),
    { numRuns: 30 },
  );
});

it("says what differs from the defaults, in the form of the documents", () => {
  const values = {
    ...defaultsOf(faultOptions.rows),
    pairs: 2,
    rate: 5,
    recovery: "20s",
    out: "x",
    quiet: true,
    seed: 9,
  };
  expect(repeatLine(["faults"], faultOptions.rows, values)).toBe(
    "npx cupping faults --target ref --pairs 2 --rate 5 --recovery 20s --seed 9",
  );
  const suite = { ...defaultsOf(conformanceOptions.rows), jobs: 2, label: "it's mine", seed: 9 };
  expect(repeatLine(["conformance"], conformanceOptions.rows, suite)).toBe(
    "npx cupping conformance --target ref --jobs 2 --label 'it'\\''s mine' --seed 9",
  );
});

it("a run that looked at a configuration file is repeated without it, since the line says all", () => {
  const values = { ...defaultsOf(faultOptions.rows), seed: 9 };
  const line = "npx cupping faults --target ref --seed 9";
  expect(repeatLine(["faults"], faultOptions.rows, values)).toBe(line);
  expect(repeatLine(["faults"], faultOptions.rows, { ...values, config: "/x/cupping.config.ts" })).toBe(
    `${line} --no-config`,
  );
  expect(repeatLine(["faults"], faultOptions.rows, { ...values, config: false })).toBe(`${line} --no-config`);
});

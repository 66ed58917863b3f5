import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import type { CommandModule } from "yargs";
import type { NumberLimits } from "../../harness/number-limits.ts";
import { CHEAPEST_PASSWORD_COST, DEAREST_PASSWORD_COST } from "../../server-ref/accounts/password-hash.ts";
import { runCommandLine } from "../command-line.ts";
import { command as compare } from "../commands/compare.ts";
import { command as conformance } from "../commands/conformance.ts";
import { command as doctor } from "../commands/doctor.ts";
import { command as faults } from "../commands/faults.ts";
import { command as gate } from "../commands/gate.ts";
import { command as k6 } from "../commands/k6.ts";
import { command as load } from "../commands/load.ts";
import { command as replay } from "../commands/replay.ts";
import { command as serve } from "../commands/serve.ts";
import { compareOptions } from "./compare.ts";
import { conformanceOptions } from "./conformance.ts";
import { doctorOptions } from "./doctor.ts";
import { faultOptions } from "./faults.ts";
import { gateOptions } from "./gate.ts";
import { httpOptions } from "./http.ts";
import { k6Options } from "./k6.ts";
import { loadOptions } from "./load.ts";
import { replayOptions } from "./replay.ts";
import { kebab, type Rows } from "./row.ts";
import { serveOptions } from "./serve.ts";

const commands: [command: CommandModule, words: string[], rows: Rows][] = [
  [compare, ["compare", "a", "b"], compareOptions.rows],
  [conformance, ["conformance"], conformanceOptions.rows],
  [doctor, ["doctor"], doctorOptions.rows],
  [faults, ["faults"], faultOptions.rows],
  [gate, ["gate"], gateOptions.rows],
  [k6, ["k6"], k6Options.rows],
  [load, ["load", "chat"], loadOptions.rows],
  [load, ["load", "http"], httpOptions.rows],
  [replay, ["replay", "capsule"], replayOptions.rows],
  [serve, ["serve"], serveOptions.rows],
];

const numbers = commands.flatMap(([command, words, rows]) =>
  Object.entries(rows).flatMap(([name, row]) =>
    row.type === "number" ? [{ command, words, name, row, title: `${words.join(" ")} --${kebab(name)}` }] : [],
  ),
);

/** The numbers next to the limits: those that are legal, and those that are not. */
function around({ integer, minimum, exclusiveMinimum, maximum }: NumberLimits): { legal: number[]; illegal: number[] } {
  const step = integer ? 1 : 0.001;
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + step);
  return {
    legal: [least, maximum].filter((value) => value !== undefined),
    illegal: [
      ...(least === undefined ? [] : [least - step]),
      ...(maximum === undefined ? [] : [maximum + step]),
      ...(integer ? [(least ?? 0) + 0.5] : []),
    ],
  };
}

/** What a command is given by words, without running it. */
async function parsed(command: CommandModule, words: string[]): Promise<unknown> {
  let values: unknown;
  const handler = (given: unknown): void => {
    values = given;
  };
  const { argv } = process;
  process.argv = [...argv.slice(0, 2), ...words];
  try {
    await runCommandLine([...words, "--no-config"], [{ ...command, handler }], [words[0] as string], "0.0.0");
  } finally {
    process.argv = argv;
  }
  return values;
}

it.each(numbers)("$title: the row says what it may be, and its default is", ({ row }) => {
  const { minimum = 0, exclusiveMinimum = -1, maximum = Number.MAX_VALUE } = row.limits;
  const value = row.default ?? maximum;
  expect(value >= minimum && value > exclusiveMinimum && value <= maximum).toBe(true);
});

it.each(numbers)("$title: the command line holds it to its row", async ({ command, words, name, row }) => {
  const { legal, illegal } = around(row.limits);
  for (const value of legal) {
    expect(await parsed(command, [...words, `--${kebab(name)}=${value}`])).toMatchObject({ [name]: value });
  }
  for (const value of [...illegal, "Infinity", "many"]) {
    const refused = parsed(command, [...words, `--${kebab(name)}=${value}`]);
    await expect(refused, String(value)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringMatching(new RegExp(`^--${kebab(name)} takes a (whole )?number`)),
    });
  }
});

it("every table that has a number is tried", async () => {
  const files = (await readdir(import.meta.dirname)).filter((file) => /^[a-z0-9-]+\.ts$/.test(file));
  const modules = await Promise.all(files.map(async (file): Promise<object> => import(`./${file}`)));
  const tables = modules.flatMap((module) => Object.entries(module)).filter(([name]) => name.endsWith("Options"));
  const withNumbers = tables.filter(([, { rows = {} }]) =>
    Object.values<{ type?: string }>(rows).some(({ type }) => type === "number"),
  );
  expect(withNumbers.length).toBeGreaterThan(5);
  expect(withNumbers.map(([name, { rows }]) => (commands.some((one) => one[2] === rows) ? "" : name)).join("")).toBe(
    "",
  );
});

it("passwords cost what the server can hash", () => {
  const { minimum, maximum } = serveOptions.rows.passwordCost.limits;
  expect([minimum, maximum]).toEqual([CHEAPEST_PASSWORD_COST, DEAREST_PASSWORD_COST]);
});

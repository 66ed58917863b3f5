import { expect, expectTypeOf, it } from "vitest";
import { payloadPresets } from "../../harness/load/index.ts";
import type { CuppingConfig } from "../config/index.ts";
import { compareOptions } from "./compare.ts";
import { conformanceOptions } from "./conformance.ts";
import { doctorOptions } from "./doctor.ts";
import { faultOptions } from "./faults.ts";
import { type GateArguments, gateOptions } from "./gate.ts";
import { httpOptions } from "./http.ts";
import { initOptions } from "./init.ts";
import { k6Options } from "./k6.ts";
import { engineRows, loadOptions } from "./load.ts";
import { mergeOptions } from "./merge.ts";
import { replayOptions } from "./replay.ts";
import { reportOptions } from "./report.ts";
import { type ArgumentsOf, argumentsFor, type Checked, type CommandOptions, defaultsOf, together } from "./row.ts";
import { serveOptions } from "./serve.ts";

// What must not compile: the compiler itself checks these, and each of them would fail if it did.

const right = { users: { type: "number", default: 3, describe: "d", limits: { minimum: 0 } } } as const;
type Right = Checked<typeof right>;

const wrongDefault = { users: { type: "number", default: "3", describe: "d", limits: {} } } as const;
// @ts-expect-error a number's default is a number
type WrongDefault = Checked<typeof wrongDefault>;

const noChoice = { level: { type: "choice", choices: ["must", "may"], default: "most", describe: "d" } } as const;
// @ts-expect-error a default is one of the choices
type NoChoice = Checked<typeof noChoice>;

const noSuchItem = { allow: { type: "list", choices: ["machine"], default: ["options"], describe: "d" } } as const;
// @ts-expect-error the default items of a list are among its choices
type NoSuchItem = Checked<typeof noSuchItem>;

const unlimited = { users: { type: "number", describe: "d" } } as const;
// @ts-expect-error a number has limits
type Unlimited = Checked<typeof unlimited>;

const undescribed = { users: { type: "number", limits: {} } } as const;
// @ts-expect-error a row says what it means
type Undescribed = Checked<typeof undescribed>;

const stray = { users: { type: "string", describe: "d", defualt: "register" } } as const;
// @ts-expect-error a row says nothing that rows do not know
type Stray = Checked<typeof stray>;

const other = { pairs: { type: "boolean", describe: "d" } } as const;
type Other = Checked<typeof other>;

// @ts-expect-error a table that is not among the command's options
const more: CommandOptions<[Right]> = together(right, other);
// @ts-expect-error a table of the command's options that is missing
const fewer: CommandOptions<[Right, Other]> = together(right);

const again = { users: { type: "string", describe: "d" } } as const;
const twice: CommandOptions<[Right, Checked<typeof again>]> = together(right, again);
// @ts-expect-error no name stands in two tables
const clash: ArgumentsOf<typeof twice.rows>["users"] = "3";

it("arguments have the types of their rows; what has no default may be missing", () => {
  expectTypeOf<ArgumentsOf<Right & Other>>().toEqualTypeOf<{ users: number; pairs?: boolean }>();
  expectTypeOf<GateArguments["target"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<GateArguments["allow"]>().toEqualTypeOf<("machine" | "options")[]>();
  const values = defaultsOf(conformanceOptions.rows);
  expectTypeOf(values.level).toEqualTypeOf<"must" | "should" | "may">();
  // @ts-expect-error no row is called so
  expect(values.levle).toBeUndefined();
  expect([more, fewer, clash, wrongDefault, noChoice, noSuchItem, unlimited, undescribed, stray]).toHaveLength(9);
  expectTypeOf<[WrongDefault, NoChoice, NoSuchItem, Unlimited, Undescribed, Stray]>().not.toBeAny();
});

it("a configuration has the keys and types of the rows, and no other", () => {
  const config: CuppingConfig = { load: { rate: 5, thresholds: { login: ["p(95)<100"] } }, faults: { pairs: 2 } };
  // @ts-expect-error no row is called so
  const misspelt: CuppingConfig = { faults: { paris: 2 } };
  // @ts-expect-error a number, says the row
  const mistyped: CuppingConfig = { faults: { pairs: "2" } };
  // @ts-expect-error about one call alone
  const perCall: CuppingConfig = { faults: { list: true } };
  expect([config, misspelt, mistyped, perCall]).toHaveLength(4);
});

const commands = {
  ...{
    compareOptions,
    conformanceOptions,
    doctorOptions,
    faultOptions,
    gateOptions,
    httpOptions,
    initOptions,
    k6Options,
  },
  ...{ loadOptions, mergeOptions, replayOptions, reportOptions, serveOptions },
};

it.each(Object.entries(commands))("%s: no name stands in two tables", (_, { tables, rows }) => {
  const names = tables.flatMap((table) => Object.keys(table));
  expect(names).toEqual(Object.keys(rows));
});

it("of all arguments those of one table", () => {
  const values = { ...defaultsOf(loadOptions.rows), clients: 5, rate: "7" };
  expect(argumentsFor(engineRows, values)).toEqual({
    clients: 5,
    workers: "auto",
    audit: true,
    spreadAddresses: false,
  });
});

it("the help names every preset of a payload", () => {
  for (const [name, bytes] of Object.entries(payloadPresets)) {
    expect(engineRows.payload.describe).toContain(`${name} (${bytes})`);
  }
});

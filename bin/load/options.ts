import type { Argv } from "yargs";
import { fallbacks, type Scenario } from "../../harness/load/index.ts";
import { httpOptions } from "../options/http.ts";
import { loadOptions } from "../options/load.ts";
import type { Row, Rows } from "../options/row.ts";
import { withOptions } from "../options/yargs-options.ts";

/** Gives a parser the options of `load`, and of a scenario; what the engine falls back to is said in the help. */
export function withLoadOptions<T>(argv: Argv<T>, scenario: Scenario): Argv<T> {
  const { think, spacing, settle, warmup, duration, drain, payloadText, heartbeat, maxRate } = fallbacks;
  const ofEngine = { think, arrivals: spacing, settle, warmup, duration, drain, payloadText, heartbeat, maxRate };
  const otherwise = { ...ofEngine, ramp: "500 clients a second" };
  return withOptions(withOptions(argv, loadOptions.rows, otherwise), scenarioRows(scenario));
}

/** Gives a parser the options of `load http`. */
export function withHttpOptions<T>(argv: Argv<T>): Argv<T> {
  return withOptions(argv, httpOptions.rows, { rate: "100/s", ramp: "5s", duration: "30s" });
}

/** The options that a scenario adds. */
export function scenarioRows(scenario: Scenario): Rows {
  const group = `Options of ${scenario.name}:`;
  return Object.fromEntries(
    Object.entries(scenario.options ?? {}).map(([name, option]) => [name, { ...option, group } as Row]),
  );
}

import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CuppingError } from "../../harness/errors.ts";
import { loadScenario, type Scenario } from "../../harness/load/index.ts";
import { moduleExtensions } from "../../harness/user-module.ts";
import { builtInScenarios } from "../../scenarios/load/index.ts";

/** A scenario and the module that it comes from. */
export interface ChosenScenario {
  scenario: Scenario;
  url: string;
}

/** The scenario that loads the HTTP API: other options and another engine than those that load the messenger. */
export const httpScenario = { name: "http", title: "the HTTP API under load, driven by autocannon" } as const;

/** Every scenario that has a name, with what it is about. */
export const namedScenarios: readonly { readonly name: string; readonly title: string }[] = [
  ...builtInScenarios.map(({ scenario }) => scenario),
  httpScenario,
];

const isFile = (name: string): boolean => moduleExtensions.includes(extname(name));

/**
 * Finds the scenario of a name, or in a file of the user's own.
 * @throws CuppingError `usage`
 */
export async function chooseScenario(name: string): Promise<ChosenScenario> {
  const builtIn = builtInScenarios.find(({ scenario }) => scenario.name === name);
  if (builtIn) return builtIn;
  if (!isFile(name)) {
    const names = namedScenarios.map((scenario) => scenario.name).join(", ");
    throw new CuppingError(
      "usage",
      `there is no load scenario "${name}"; there are ${names}, or give a file such as ./mine.ts`,
    );
  }
  const file = resolve(name);
  if (!existsSync(file)) throw new CuppingError("usage", `the scenario file ${file} does not exist`);
  const url = pathToFileURL(file).href;
  return { scenario: await loadScenario(url), url };
}

/** What a scenario, or a script in a file, is called in a folder's name. */
export function nameOf(scenario: string): string {
  return scenario.replace(/^.*[\\/]/, "").replace(/\.\w+$/, "");
}

/** The scenario that the words of a command line name, before they are parsed: its options are part of the grammar. */
export function scenarioIn(words: readonly string[]): string | undefined {
  return words.find((word) => builtInScenarios.some(({ scenario }) => scenario.name === word) || isFile(word));
}

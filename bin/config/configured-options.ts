import { UsageError } from "../../harness/errors.ts";
import { nearest } from "../nearest.ts";
import { commonOptions, thresholdTexts } from "./command-words.ts";
import { loadConfig } from "./load-config.ts";
import type { CuppingConfig } from "./types.ts";

/** Commands whose options may stand in a configuration file. `gate` reads it by itself. */
const configurable: ReadonlySet<string> = new Set(["conformance", "load"]);

/** What a command knows of its options, in camel case. */
export interface OptionNames {
  known: readonly string[];
  /** Those whose value is a text, whatever the file says. */
  texts: readonly string[];
}

/** Whether a command takes `--config FILE` and finds `cupping.config.*` by itself. */
export function isConfigurable(command: string): boolean {
  return configurable.has(command);
}

/**
 * The options that the configuration file gives a command; what the command line says wins over them.
 *
 * @param words the command line, in which `--config FILE` or `--no-config` may stand
 * @throws UsageError when the file is wrong or names an option that the command does not have
 */
export async function configuredOptions(
  command: string,
  words: readonly string[],
  { known, texts }: OptionNames,
): Promise<Record<string, unknown>> {
  if (words.includes("--no-config")) return {};
  const loaded = await loadConfig(namedIn(words));
  if (loaded === undefined) return {};
  const options = optionsOf(command, loaded.config);
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    throw new UsageError(
      `${loaded.file}: ${command} has no option "${name}"${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
    );
  }
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      texts.includes(name) && !Array.isArray(value) ? String(value) : value,
    ]),
  );
}

function namedIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === "--config" || word.startsWith("--config="));
  const word = words[at];
  if (word === undefined) return undefined;
  return word === "--config" ? words[at + 1] : word.slice("--config=".length);
}

function optionsOf(command: string, config: CuppingConfig): Record<string, unknown> {
  const shared = {
    ...commonOptions(config),
    ...(config.report === undefined ? {} : { report: [config.report].flat().join(",") }),
  };
  if (command === "conformance")
    return { ...shared, ...(typeof config.conformance === "object" ? config.conformance : {}) };
  const { thresholds, ...load } = config.load ?? {};
  return { ...shared, ...load, ...(thresholds === undefined ? {} : { threshold: thresholdTexts(thresholds) }) };
}

import { CuppingError } from "../../harness/errors.ts";
import { nearest } from "../nearest.ts";
import { commonOptions, reportFormats, thresholdTexts } from "./command-words.ts";
import type { ThresholdOption } from "./common-types.ts";
import { loadConfig } from "./load-config.ts";
import type { CuppingConfig } from "./types.ts";
import { configSchema } from "./validate.ts";

/** What of a configuration belongs to a command. */
interface Share {
  /** The section with the command's own options. */
  section(config: CuppingConfig): object | undefined;
  /** Whether it also takes what stands at the top: the target, the accounts, the report formats. */
  shared: boolean;
}

const sectionNamed =
  (name: "serve" | "k6" | "faults" | "gate" | "load") =>
  (config: CuppingConfig): object | undefined =>
    config[name];

/** Commands whose options may stand in a configuration file. */
const shares: Readonly<Record<string, Share>> = {
  conformance: {
    section: ({ conformance }) => (typeof conformance === "object" ? conformance : undefined),
    shared: true,
  },
  replay: { section: () => undefined, shared: true },
  load: { section: sectionNamed("load"), shared: true },
  k6: { section: sectionNamed("k6"), shared: true },
  faults: { section: sectionNamed("faults"), shared: true },
  report: {
    section: (config) => ({
      ...(typeof config.report === "object" && !Array.isArray(config.report) ? config.report : {}),
      ...formatsOf(config),
    }),
    shared: false,
  },
  // Its formats are others, and its seed is that of the resampling.
  compare: {
    section: ({ tolerance, compare }) => ({ ...(tolerance === undefined ? {} : { tolerance }), ...compare }),
    shared: false,
  },
  // Reads the rest of the file by itself.
  gate: { section: sectionNamed("gate"), shared: false },
  // Its --http is a port to listen on.
  serve: { section: sectionNamed("serve"), shared: false },
};

/** What a command knows of its options, in camel case. */
export interface OptionNames {
  known: readonly string[];
  /** Those whose value is a text, whatever the file says. */
  texts: readonly string[];
  /** Those that may be given several times. */
  lists: readonly string[];
}

/** Whether a command takes `--config FILE` and finds `cupping.config.*` by itself. */
export function isConfigurable(command: string): boolean {
  return Object.hasOwn(shares, command);
}

/**
 * The options that the configuration file gives a command; what the command line says wins over them.
 *
 * @param words the command line, in which `--config FILE` or `--no-config` may stand
 * @throws CuppingError `usage` when the file is wrong or names an option that the command does not have
 */
export async function configuredOptions(
  command: string,
  words: readonly string[],
  { known, texts, lists }: OptionNames,
): Promise<Record<string, unknown>> {
  const share = shares[command];
  if (share === undefined || words.includes("--no-config")) return {};
  const loaded = await loadConfig(namedIn(words));
  if (loaded === undefined) return {};
  const { file, config } = loaded;
  // The commands differ in what they take of what stands at the top; of their own sections they take all.
  const top = share.shared ? { ...commonOptions(config), ...formatsOf(config) } : {};
  const common = Object.entries(top).filter(([name]) => known.includes(name));
  const own = Object.entries(share.section(config) ?? {}).flatMap(asGiven);
  const described = describedOptions(command);
  for (const [name] of own) if (!known.includes(name) && !described.has(name)) refuse(file, command, name, known);
  const entries = Object.entries({ ...Object.fromEntries(common), ...Object.fromEntries(own) }).filter(([name]) =>
    known.includes(name),
  );
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (lists.includes(name)) return [name, [value].flat()];
      if (!texts.includes(name)) return [name, value];
      return [name, [value].flat().join(",")];
    }),
  );
}

/** What the schema says that a section may hold: `load http` takes fewer of these than the loads of the messenger. */
function describedOptions(command: string): ReadonlySet<string> {
  const { properties } = configSchema as { properties: Record<string, { properties?: object }> };
  return new Set(Object.keys(properties[command]?.properties ?? {}));
}

function refuse(file: string, command: string, name: string, known: readonly string[]): never {
  const meant = nearest(name, known);
  throw new CuppingError(
    "usage",
    `${file}: ${command} has no option "${name}"${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
  );
}

/** Thresholds stand in the file by metric, as in k6, and on the command line one by one. */
function asGiven([name, value]: [string, unknown]): [string, unknown][] {
  if (name !== "thresholds") return [[name, value]];
  return [["threshold", thresholdTexts(value as Record<string, ThresholdOption[]>)]];
}

function namedIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === "--config" || word.startsWith("--config="));
  const word = words[at];
  if (word === undefined) return undefined;
  return word === "--config" ? words[at + 1] : word.slice("--config=".length);
}

function formatsOf(config: CuppingConfig): { report?: string } {
  const report = reportFormats(config);
  return report === undefined ? {} : { report };
}

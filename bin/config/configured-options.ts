import { basename } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import { nearest } from "../nearest.ts";
import { loadConfig } from "./load-config.ts";
import type { CuppingConfig, ThresholdOption } from "./types.ts";

// What only a configuration needs is loaded once there is one: a server or a worker need not pay for it.

/** What of a configuration belongs to a command. */
interface Share {
  /** The section with the command's own options. */
  section(config: CuppingConfig, formats: { report?: string }): object | undefined;
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
  doctor: { section: () => undefined, shared: true },
  replay: { section: () => undefined, shared: true },
  load: { section: sectionNamed("load"), shared: true },
  merge: { section: () => undefined, shared: true },
  k6: { section: sectionNamed("k6"), shared: true },
  faults: { section: sectionNamed("faults"), shared: true },
  report: {
    section: ({ report }, formats) => ({
      ...(typeof report === "object" && !Array.isArray(report) ? report : {}),
      ...formats,
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
 * @returns nothing where there is no file; else what it says, and the file's path as `config`
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
  const { file, config, unread } = loaded;
  if (unread.length > 0 && !words.includes("--quiet"))
    process.stderr.write(
      `cupping: reading ${basename(file)}; ${unread.join(", ")} beside it ${unread.length === 1 ? "is" : "are"} not read\n`,
    );
  const { commonOptions, reportFormats, thresholdTexts } = await import("./command-words.ts");
  const report = reportFormats(config);
  const formats = report === undefined ? {} : { report };
  // Thresholds stand in the file by metric, as in k6, and on the command line one by one.
  const asGiven = ([name, value]: [string, unknown]): [string, unknown] =>
    name === "thresholds" ? ["threshold", thresholdTexts(value as Record<string, ThresholdOption[]>)] : [name, value];
  // The commands differ in what they take of what stands at the top; of their own sections they take all.
  const top = share.shared ? { ...commonOptions(config), ...formats } : {};
  const common = Object.entries(top).filter(([name]) => known.includes(name));
  const own = Object.entries(share.section(config, formats) ?? {}).map(asGiven);
  const described = await describedOptions(command);
  for (const [name] of own) if (!known.includes(name) && !described.has(name)) refuse(file, command, name, known);
  const entries = Object.entries({ ...Object.fromEntries(common), ...Object.fromEntries(own) }).filter(([name]) =>
    known.includes(name),
  );
  const values = entries.map(([name, value]) => {
    if (lists.includes(name)) return [name, [value].flat()];
    if (!texts.includes(name)) return [name, value];
    return [name, [value].flat().join(",")];
  });
  return { ...Object.fromEntries(values), config: file };
}

/** What the schema says that a section may hold: `load http` takes fewer of these than the loads of the messenger. */
async function describedOptions(command: string): Promise<ReadonlySet<string>> {
  const { configSchema } = await import("./validate.ts");
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

function namedIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === "--config" || word.startsWith("--config="));
  const word = words[at];
  if (word === undefined) return undefined;
  return word === "--config" ? words[at + 1] : word.slice("--config=".length);
}

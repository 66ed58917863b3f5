import { readdir, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CuppingError } from "../../harness/errors.ts";
import { readText } from "../../harness/text-file.ts";
import { importDefault, moduleExtensions } from "../../harness/user-module.ts";
import type { CuppingConfig } from "./types.ts";

/** Names under which a configuration is found by itself, the first that exists. */
export const configNames: readonly string[] = [...moduleExtensions, ".json"].map((ending) => `cupping.config${ending}`);

/** A configuration, and where it came from. */
export interface LoadedConfig {
  file: string;
  config: CuppingConfig;
  /** Names of further configurations in the folder, which are not read. */
  unread: readonly string[];
}

/**
 * Reads the configuration named by --config, or the one in the folder.
 *
 * @returns undefined when none is named and none is there
 * @throws CuppingError `usage` when a named file is missing, cannot be read, or holds what no configuration may hold
 */
export async function loadConfig(
  named: string | undefined,
  folder: string = process.cwd(),
): Promise<LoadedConfig | undefined> {
  const found = named === undefined ? await configsIn(folder) : [named];
  const [name, ...unread] = found;
  if (name === undefined) return undefined;
  const file = resolve(folder, name);
  if (!(await isFile(file))) throw new CuppingError("usage", `there is no configuration file ${name}`);
  const config = file.endsWith(".json") ? readJson(file) : await importConfig(file);
  const { configProblem } = await import("./validate.ts");
  const problem = await configProblem(config);
  if (problem !== undefined) throw new CuppingError("usage", `${file}: ${problem}`);
  return { file, config: config as CuppingConfig, unread };
}

/**
 * What is called a configuration in a folder: the one that counts first, then what is not read.
 * @throws CuppingError `usage` when there is only one that nobody can read
 */
async function configsIn(folder: string): Promise<string[]> {
  const there = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith("cupping.config."));
  const known = configNames.filter((name) => there.includes(name));
  const unknown = there.filter((name) => !known.includes(name)).sort();
  const [first] = unknown;
  if (known.length > 0 || first === undefined) return [...known, ...unknown];
  const endings = configNames.map((name) => name.slice("cupping.config".length)).join(", ");
  throw new CuppingError("usage", `${resolve(folder, first)} cannot be read: a configuration ends in ${endings}`);
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readText(file));
  } catch (error) {
    throw new CuppingError("usage", `${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

async function importConfig(file: string): Promise<unknown> {
  const config = await importDefault(pathToFileURL(file).href);
  if (config === undefined) {
    throw new CuppingError("usage", `${file} exports no configuration: it needs "export default defineConfig({ … })"`);
  }
  return config;
}

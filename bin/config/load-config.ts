import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CuppingError } from "../../harness/errors.ts";
import type { CuppingConfig } from "./types.ts";

/** Names under which a configuration is found by itself, the first that exists. */
export const configNames: readonly string[] = ["cupping.config.ts", "cupping.config.js", "cupping.config.json"];

export interface LoadedConfig {
  file: string;
  config: CuppingConfig;
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
  const file = named === undefined ? await findConfig(folder) : resolve(folder, named);
  if (file === undefined) return undefined;
  if (!(await isFile(file))) throw new CuppingError("usage", `there is no configuration file ${named}`);
  const config = file.endsWith(".json") ? await readJson(file) : await importDefault(file);
  const { configProblem } = await import("./validate.ts");
  const problem = await configProblem(config);
  if (problem !== undefined) throw new CuppingError("usage", `${file}: ${problem}`);
  return { file, config: config as CuppingConfig };
}

async function findConfig(folder: string): Promise<string | undefined> {
  for (const name of configNames) {
    const file = resolve(folder, name);
    if (await isFile(file)) return file;
  }
  return undefined;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new CuppingError("usage", `${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

async function importDefault(file: string): Promise<unknown> {
  let module: { default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    throw new CuppingError("usage", `${file} cannot be loaded: ${(error as Error).message}`, { cause: error });
  }
  if (module.default === undefined) {
    throw new CuppingError("usage", `${file} exports no configuration: it needs "export default defineConfig({ … })"`);
  }
  return module.default;
}

import { join } from "node:path";
import { CuppingError } from "../errors.ts";
import { writeWhole } from "../result/index.ts";
import { bundleForK6 } from "./bundle.ts";

/**
 * Makes a script ready for k6.
 *
 * A finished bundle is used as it is. A source is bundled with esbuild; where there is no esbuild, k6 gets the file
 * itself: it takes TypeScript and relative imports, though no packages.
 * @returns the file for `k6 run`
 * @throws CuppingError `usage` when the script cannot be bundled, `harness` when the bundle cannot be written
 */
export async function prepareScript(source: { file: string; bundled: boolean }, folder: string): Promise<string> {
  if (source.bundled) return source.file;
  let code: string;
  try {
    code = await bundleForK6(source.file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return source.file;
    throw new CuppingError("usage", `the k6 script ${source.file} cannot be bundled: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return await writeWhole(join(folder, "script.js"), code);
}

import { CuppingError } from "../../harness/errors.ts";
import { kebab, type Rows } from "../options/row.ts";
import { probeFile, probeFolder } from "./folder.ts";

/**
 * Proves that everything can be written that the options name, before anything is asked of a target: who is told so
 * afterwards has lost what was measured. Nothing is left behind.
 * @param values the parsed options
 * @throws CuppingError `usage` for an empty name, `harness` naming the path
 */
export async function requireWritable(rows: Rows, values: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, { writes, writesWith }] of Object.entries(rows)) {
    const path = values[name];
    if (writes === undefined || typeof path !== "string") continue;
    if (writesWith !== undefined && values[writesWith] !== true) continue;
    if (path === "")
      throw new CuppingError("usage", `--${kebab(name)} needs the name of a ${writes}, but got an empty text`);
    await (writes === "file" ? probeFile(path) : probeFolder(path));
  }
}

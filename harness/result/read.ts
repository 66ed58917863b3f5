import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { CuppingError } from "../errors.ts";
import { systemReason } from "../system-reason.ts";
import { decodeText } from "../text-file.ts";
import { RESULT_SCHEMA_VERSION } from "./common.ts";
import type { Result } from "./result.ts";
import { validateResult } from "./schema.ts";
import { type AnyVersion, upgradeResult } from "./upgrade.ts";
import { visible } from "./visible-text.ts";
import { RESULT_FILE } from "./write.ts";

/**
 * Reads a result file, of this or an earlier version of the format. Its texts are made visible: whatever wrote the file,
 * no report of it gives orders to a terminal or to a CI service.
 *
 * @param path the file, or the folder that holds `result.json`
 * @throws CuppingError `usage` when the file is missing, is not JSON, is no result, or comes from a newer version
 */
export async function readResult(path: string): Promise<Result> {
  const file = await locate(path);
  const bytes = await readFile(file).catch((error: Error) => {
    throw new CuppingError("usage", `cannot read the result file ${file}: ${systemReason(error)}`, { cause: error });
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(decodeText(bytes));
  } catch (error) {
    throw new CuppingError("usage", `${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  if (!hasVersion(parsed)) {
    throw new CuppingError(
      "usage",
      `${file} is not a result of cupping: it has no "schemaVersion" and "kind" at the top`,
    );
  }
  const upgraded = upgradeResult(parsed);
  if (upgraded === undefined) {
    throw new CuppingError(
      "usage",
      `${file} has result format ${parsed.schemaVersion}, and this version of cupping reads formats up to ${RESULT_SCHEMA_VERSION}: ` +
        "use the version that wrote it, or a newer one",
    );
  }
  const problem = await validateResult(upgraded);
  if (problem !== undefined) throw new CuppingError("usage", `${file} is not a valid result: ${problem}`);
  const result = visible(upgraded) as unknown as Result;
  // Results of before know no such status.
  if (result.kind === "conformance") result.summary.interrupted ??= 0;
  return result;
}

async function locate(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new CuppingError("usage", `there is no result file at ${path}`);
  return found.isDirectory() ? join(path, RESULT_FILE) : path;
}

function hasVersion(value: unknown): value is AnyVersion {
  if (typeof value !== "object" || value === null) return false;
  const { schemaVersion, kind } = value as Record<string, unknown>;
  return Number.isInteger(schemaVersion) && (kind === "conformance" || kind === "load");
}

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { CuppingError } from "../errors.ts";

const TAG = "cupping:local";

/**
 * The image of this checkout, built now.
 * @throws CuppingError `usage` where there is no checkout to build it from
 */
export async function buildImage(): Promise<string> {
  const script = join(import.meta.dirname, "..", "..", "deploy", "docker", "build-image.ts");
  if (!existsSync(script)) {
    throw new CuppingError("usage", "--target container builds an image in a checkout only; name one with --image");
  }
  await promisify(execFile)(process.execPath, [script, TAG]);
  return TAG;
}

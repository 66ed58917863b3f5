// Runs once before a measured run of the tests.
import { mkdirSync, rmSync } from "node:fs";
import { RAW_FOLDER } from "./scope.ts";

/** Forgets what an earlier run has counted. */
export default function begin(): void {
  rmSync(RAW_FOLDER, { recursive: true, force: true });
  mkdirSync(RAW_FOLDER, { recursive: true });
}

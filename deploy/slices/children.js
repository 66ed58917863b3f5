// What the two scripts beside this one share: the command line of the image, and its signals.
import { spawn } from "node:child_process";
import { join } from "node:path";

const launcher = join(import.meta.dirname, "..", "..", "bin", "cupping.js");

/** Runs the command line with the words, passes signals on, and answers with its exit code. */
export function cupping(words) {
  const child = spawn(process.execPath, [launcher, ...words], { stdio: "inherit" });
  // The first process of a container gets signals that nobody else does.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 4)));
}

/** Ends with one sentence. */
export function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

/** The number of slices, and the folder that all of them write into. */
export function surroundings() {
  const { SLICES, RESULTS = "/data" } = process.env;
  const slices = Number(SLICES);
  if (!Number.isInteger(slices) || slices < 1) refuse(`SLICES must be the number of slices, but is "${SLICES ?? ""}"`);
  return { slices, results: RESULTS };
}

/** The folder of one slice. @param index from 1 */
export function folderOf(results, index) {
  return join(results, `slice-${index}`);
}

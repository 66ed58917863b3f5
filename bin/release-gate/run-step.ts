import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { CuppingError, exitCodeOfError } from "../../harness/errors.ts";
import { INTERRUPTED } from "../run/interrupt.ts";

/** Exit codes with which a command has written a result: pass, fail, not valid. */
const JUDGED: ReadonlySet<number> = new Set([0, 1, 5]);

/** How a step's command ended. */
export interface StepEnd {
  code: number;
  /** It wrote a result, whatever the verdict. */
  judged: boolean;
}

/**
 * Runs a command of this tool in a process of its own, so that each step measures from a fresh start and one that
 * dies does not take the gate with it. What it says of its progress goes to standard error.
 */
export function runStep(words: readonly string[], { quiet }: { quiet: boolean }): Promise<StepEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [launcher(), ...words], {
      stdio: ["ignore", "ignore", quiet ? "pipe" : "inherit"],
    });
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    // A signal for the whole process group reaches the child by itself; the gate waits for it to end in order.
    const wait = (): void => undefined;
    const passOn = (): boolean => child.kill("SIGTERM");
    process.on("SIGINT", wait);
    process.on("SIGTERM", passOn);
    child.once("error", (error) =>
      reject(new CuppingError("harness", `could not start ${words[0]}: ${error.message}`, { cause: error })),
    );
    child.once("close", (code, signal) => {
      process.off("SIGINT", wait);
      process.off("SIGTERM", passOn);
      const end = code ?? (signal === "SIGINT" || signal === "SIGTERM" ? INTERRUPTED : exitCodeOfError.harness);
      // Silence is for what went well.
      if (!JUDGED.has(end)) process.stderr.write(said);
      resolve({ code: end, judged: JUDGED.has(end) });
    });
  });
}

/** `bin/cupping.js` of this checkout or package: above this file, compiled or not. */
function launcher(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, "bin", "cupping.js");
    if (existsSync(file)) return file;
  }
  throw new CuppingError("harness", "bin/cupping.js, which starts the commands, is missing from this installation");
}

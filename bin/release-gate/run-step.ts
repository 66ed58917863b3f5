import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { CuppingError, exitCodeOfError } from "../../harness/errors.ts";
import { isExitCodeOfVerdict } from "../../harness/result/exit-code.ts";
import { receivedError, type SentError } from "../../harness/sent-error.ts";
import { systemReason } from "../../harness/system-reason.ts";
import { INTERRUPTED } from "../run/interrupt.ts";

/** How a step's command ended. */
export interface StepEnd {
  code: number;
  /** It wrote a result, whatever the verdict. */
  judged: boolean;
  /** Why it told no verdict, as it says itself. */
  why?: string | undefined;
}

/**
 * Runs a command of this tool in a process of its own, so that each step measures from a fresh start and one that
 * dies does not take the gate with it. What it tells is passed on.
 * @param json whether standard output is for the gate's own JSON, so that the step tells everything on standard error
 * @param signal aborted to end the step in order
 */
export function runStep(
  words: readonly string[],
  {
    quiet,
    json = false,
    signal: interrupt,
  }: { readonly quiet: boolean; readonly json?: boolean; readonly signal: AbortSignal },
): Promise<StepEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [launcher(), ...words], {
      stdio: [
        ...(quiet ? (["ignore", "pipe", "pipe"] as const) : (["ignore", json ? 2 : "inherit", "inherit"] as const)),
        "ipc",
      ],
    });
    let why: string | undefined;
    child.on("message", (error) => {
      why = receivedError(error as SentError).message;
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    }
    // Ctrl-C reaches the whole process group: a step that is ending already takes this for the same.
    const end = (): void => void child.kill("SIGTERM");
    const endWithUs = (): void => void child.kill("SIGKILL");
    if (interrupt.aborted) end();
    interrupt.addEventListener("abort", end, { once: true });
    process.once("exit", endWithUs);
    child.once("error", (error) =>
      reject(new CuppingError("harness", `could not start ${words[0]}: ${systemReason(error)}`, { cause: error })),
    );
    child.once("close", (code, signal) => {
      interrupt.removeEventListener("abort", end);
      process.off("exit", endWithUs);
      const isInterrupted = interrupt.aborted || signal === "SIGINT" || signal === "SIGTERM";
      const ended = isInterrupted ? INTERRUPTED : (code ?? exitCodeOfError.harness);
      // Silence is for what went well.
      const judged = isExitCodeOfVerdict(ended);
      if (!judged) process.stderr.write(said);
      resolve({ code: ended, judged, why: isInterrupted ? undefined : why });
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

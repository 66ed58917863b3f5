import { exitCodeOfError } from "../../harness/errors.ts";
import { isExitCodeOfVerdict } from "../../harness/result/exit-code.ts";
import { systemReason } from "../../harness/system-reason.ts";
import { INTERRUPTED, interruptCurrent } from "./interrupt.ts";

/** What came of an output that takes nothing any more: its reader has left, or its disk is full. */
let loss: "none" | "told too late" | "ended the run" = "none";

/**
 * Looks after standard output and standard error. When one of them takes nothing any more, what is going on ends in
 * order, and the process with the code of the harness's own failures: one that stands for a verdict would claim that
 * the verdict was told. Without anything going on a reader of standard output that has seen enough
 * (`cupping list | head`) is no failure.
 */
export function watchOutput(): void {
  process.stdout.on("error", (error) => lose(process.stdout, "standard output", error));
  process.stderr.on("error", (error) => lose(process.stderr, "standard error", error));
  process.on("exit", (code) => {
    const wouldClaim = isExitCodeOfVerdict(code) || (loss === "ended the run" && code === INTERRUPTED);
    if (loss !== "none" && wouldClaim) process.exitCode = exitCodeOfError.harness;
  });
}

function lose(stream: NodeJS.WriteStream, name: string, error: NodeJS.ErrnoException): void {
  // What is written after the first error fails as well.
  if (loss !== "none") return;
  const hasSeenEnough = error.code === "EPIPE" && stream === process.stdout && process.exitCode === undefined;
  loss = "told too late";
  const state = interruptCurrent("lost output");
  if (state === "nothing" && hasSeenEnough) {
    loss = "none";
    process.exit();
  }
  if (state === "ended") loss = "ended the run";
  if (stream !== process.stderr) {
    process.stderr.write(`cupping: could not write to ${name}: ${systemReason(error)}\n`);
  }
  if (state === "nothing") process.exit(exitCodeOfError.harness);
}

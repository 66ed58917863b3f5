import { parseAddress } from "../../harness/client/index.ts";
import { CuppingError, isCuppingError } from "../../harness/errors.ts";
import { parseTimers } from "../../harness/runner/index.ts";
import { awaitRestart } from "../../harness/targets/index.ts";
import type { ConformanceArguments } from "../options/conformance.ts";
import { catchInterrupt, INTERRUPTED } from "../run/interrupt.ts";
import { runConformance } from "./run.ts";

/**
 * Runs the suite, and runs it again whenever the target has been restarted, until Ctrl-C. Without a choice of cases it
 * is the quick subset.
 * @returns the exit code of an interrupted run
 * @throws CuppingError `usage` for options that cannot work, also together
 */
export async function watchConformance(args: ConformanceArguments): Promise<number> {
  const { target, timers } = args;
  if (target === "ref" || target === "container")
    throw new CuppingError("usage", "--watch waits for your server to restart: give its address with --target");
  if (args.list || args.dryRun) throw new CuppingError("usage", "--watch cannot be combined with --list or --dry-run");
  const address = parseAddress(target);
  // Half the time after which the target ends a connection that does not log in.
  const replaceMs = parseTimers(timers).login / 2;
  const chosen = args.only === undefined && !args.lastFailed && !args.thorough;
  for (;;) {
    const code = await runOnce({ ...args, watch: false, quick: args.quick || chosen });
    if (code === INTERRUPTED) return code;
    const interrupt = catchInterrupt({ onFirst: () => undefined });
    try {
      process.stderr.write(`\nwaiting for a restart of ${target}; Ctrl-C ends\n`);
      await awaitRestart(address, { replaceMs, signal: interrupt.signal });
    } catch (error) {
      if (!interrupt.signal.aborted) throw error;
      return INTERRUPTED;
    } finally {
      interrupt.release();
    }
  }
}

/** A server that is being built is away now and then: that is told and waited for. */
async function runOnce(args: ConformanceArguments): Promise<number | undefined> {
  try {
    return await runConformance(args);
  } catch (error) {
    if (!isCuppingError(error, "target")) throw error;
    process.stderr.write(`${error.message}\n`);
    return 0;
  }
}

import { setTimeout as wait } from "node:timers/promises";
import { type Address, Connection } from "../client/index.ts";

/** Pause between two tries to connect to a target that is gone, in milliseconds. */
const PAUSE_MS = 200;
/** How long a connection must last for the target to be back, in milliseconds: a dying process still takes some. */
const LASTS_MS = 100;
const CONNECT_DEADLINE_MS = 2_000;

/**
 * Waits until a target has gone and is back: a connection that is held open ends by the target's doing, or one is
 * refused, and then one lasts.
 * @param replaceMs age in milliseconds at which the held connection gives way to a new one; below the time at which the
 *   target itself ends one that does not log in
 * @throws the signal's reason when it is aborted
 */
export async function awaitRestart(
  address: Address,
  { replaceMs, signal }: { readonly replaceMs: number; readonly signal: AbortSignal },
): Promise<void> {
  for (let wasGone = false; ; ) {
    const end = await hold(address, wasGone ? LASTS_MS : replaceMs, signal);
    signal.throwIfAborted();
    if (end === "ours" && wasGone) return;
    if (end === "ours") continue;
    wasGone = true;
    await wait(PAUSE_MS, undefined, { signal });
  }
}

/** Holds a connection for a time. @returns who ended it; one that is refused was ended by the target */
async function hold(address: Address, forMs: number, signal: AbortSignal): Promise<"ours" | "theirs"> {
  const theirs = Promise.withResolvers<"theirs">();
  const onClose = (): void => theirs.resolve("theirs");
  let connection: Connection;
  try {
    connection = await Connection.open(address, { onFrame() {}, onClose }, { connectDeadlineMs: CONNECT_DEADLINE_MS });
  } catch {
    return "theirs";
  }
  const timer = new AbortController();
  try {
    const ours = wait(forMs, "ours" as const, { signal: AbortSignal.any([signal, timer.signal]) });
    return await Promise.race([ours, theirs.promise]);
  } finally {
    timer.abort();
    connection.close();
  }
}

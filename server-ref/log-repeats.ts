/** How long a repeated line is held back, in milliseconds. */
const QUIET_MS = 1000;

/**
 * Logs a line at once, and while it keeps coming only its count, once per second: a full disk makes every message fail,
 * and must not fill the log as well.
 */
export function logRepeatsOnce(log: (line: string) => void): (line: string) => void {
  const repeats = new Map<string, number>();
  const logLater = (line: string): void => {
    setTimeout(() => {
      const count = repeats.get(line) ?? 0;
      if (count === 0) {
        repeats.delete(line);
        return;
      }
      log(`${line} (${count} more times)`);
      repeats.set(line, 0);
      logLater(line);
    }, QUIET_MS).unref();
  };
  return (line) => {
    const count = repeats.get(line);
    if (count !== undefined) {
      repeats.set(line, count + 1);
      return;
    }
    log(line);
    repeats.set(line, 0);
    logLater(line);
  };
}

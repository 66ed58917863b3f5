/** How long the same line is told only once, in milliseconds. */
const QUIET_MS = 1000;

/**
 * A log that tells a line once and then, while it comes again and again, once per second how often: a full disk makes
 * every message fail, and must not fill the log as well.
 */
export function logRepeatsOnce(log: (line: string) => void): (line: string) => void {
  const repeats = new Map<string, number>();
  const tellLater = (line: string): void => {
    setTimeout(() => {
      const count = repeats.get(line) ?? 0;
      if (count === 0) {
        repeats.delete(line);
        return;
      }
      log(`${line} (${count} more times)`);
      repeats.set(line, 0);
      tellLater(line);
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
    tellLater(line);
  };
}

/**
 * Who shares accounts with another run cannot tell whose doing a count, a message or a read mark is.
 * @param count messages of another run that reached the users of this one, from 1
 */
export function describeOtherRun(count: number): string {
  return (
    `${count} message${count === 1 ? "" : "s"} of another run reached these users: it uses the same accounts at the same ` +
    "time, so nothing can be said of the target; run one after the other, or give each accounts of its own (--users)"
  );
}

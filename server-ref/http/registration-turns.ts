/** Registrations of one address that may wait for their turn. */
const MOST_WAITING = 1_000;

/** Does the work of a registration when it is its turn; undefined, and nothing is done, when too many wait. */
export type RegistrationTurns = <T>(address: string, work: () => Promise<T>) => Promise<T | undefined>;

interface Line {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Lets so many registrations of one address be handled at a time, and the others wait in their order: each costs as much
 * as a login, and nobody who registers thousands may delay the logins of others.
 * @param atOnce 0: any number
 */
export function registrationTurns(atOnce: number): RegistrationTurns {
  if (atOnce === 0) return (_address, work) => work();
  const lines = new Map<string, Line>();
  return async (address, work) => {
    const line = lines.get(address) ?? { running: 0, waiting: [] };
    lines.set(address, line);
    if (line.running < atOnce) line.running++;
    else if (line.waiting.length >= MOST_WAITING) return undefined;
    // Who is done hands the place on.
    else await new Promise<void>((resolve) => line.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = line.waiting.shift();
      if (next) next();
      else if (--line.running === 0) lines.delete(address);
    }
  };
}

/** Who sleeps until when. One user may sleep several times over: each sleep ends by itself. */
export class Sleepers<User> {
  readonly #sleeps = new Map<User, { due: number; wake: () => void }[]>();

  /** @param due on the clock of `performance.now` @returns settles when the sleep is over */
  add(user: User, due: number): Promise<void> {
    return new Promise((wake) => {
      const sleeps = this.#sleeps.get(user);
      if (sleeps) sleeps.push({ due, wake });
      else this.#sleeps.set(user, [{ due, wake }]);
    });
  }

  /** Wakes those whose time has come. @returns when the next one of the user is due */
  wakeDue(user: User, now: number): number | undefined {
    const sleeps = this.#sleeps.get(user) ?? [];
    const left = sleeps.filter(({ due }) => due > now);
    if (left.length > 0) this.#sleeps.set(user, left);
    else this.#sleeps.delete(user);
    for (const { due, wake } of sleeps) if (due <= now) wake();
    return left.length > 0 ? Math.min(...left.map(({ due }) => due)) : undefined;
  }

  /** Wakes a user before its time: its connection is gone. */
  wakeAll(user: User): void {
    this.wakeDue(user, Number.POSITIVE_INFINITY);
  }
}

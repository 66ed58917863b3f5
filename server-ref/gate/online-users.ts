/** The users who are online on this gate, each with their connections (LOGIN-12, CONN-20). */
export class OnlineUsers<Connection> {
  readonly #byUser = new Map<bigint, Connection[]>();

  /** @returns whether it is the user's first connection here */
  add(userId: bigint, connection: Connection): boolean {
    const connections = this.#byUser.get(userId);
    if (connections) {
      connections.push(connection);
      return false;
    }
    this.#byUser.set(userId, [connection]);
    return true;
  }

  /** @returns whether it was the user's last connection here */
  remove(userId: bigint, connection: Connection): boolean {
    const connections = this.#byUser.get(userId);
    const at = connections?.indexOf(connection) ?? -1;
    if (!connections || at === -1) return false;
    connections.splice(at, 1);
    if (connections.length > 0) return false;
    this.#byUser.delete(userId);
    return true;
  }

  has(userId: bigint): boolean {
    return this.#byUser.has(userId);
  }

  /** The user's connections, oldest login first. */
  of(userId: bigint): readonly Connection[] {
    return this.#byUser.get(userId) ?? [];
  }

  get users(): number {
    return this.#byUser.size;
  }
}

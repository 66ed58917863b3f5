import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { type Address, namedAs } from "../client/index.ts";
import { inTurnOfFamilies, type TargetAddressPlan } from "./spread.ts";

/** Shortest time from one look at the target's name to the next, in milliseconds. */
const LOOK_MS = 5_000;

type Lookup = (host: string) => Promise<readonly { readonly address: string }[]>;

/**
 * The addresses of the target as the users of a worker try them. Who comes back looks the name up again, since a server
 * that is replaced may get another address.
 */
export class TargetAddresses {
  readonly #spread: boolean;
  readonly #lookup: Lookup;
  readonly #used = new Set<string>();
  #addresses: readonly Address[];
  #others: readonly Address[];
  #lookedAt: number = performance.now();

  /** @param look how names are looked up */
  constructor({ addresses, others, spread }: TargetAddressPlan, look: Lookup = (host) => lookup(host, { all: true })) {
    this.#addresses = addresses;
    this.#others = others;
    this.#spread = spread;
    this.#lookup = look;
  }

  /**
   * Where a user connects now.
   * @param attempts how often it has tried to come back since it was logged in; 0 for its first connection
   */
  of(user: number, attempts: number): Address {
    const address = attempts === 0 ? this.#ofFirst(user) : this.#ofLater(user, attempts);
    this.#used.add(address.host);
    return address;
  }

  #ofFirst(user: number): Address {
    return this.#addresses[user % this.#addresses.length] as Address;
  }

  #ofLater(user: number, attempts: number): Address {
    this.#lookAgain();
    const all = [...this.#addresses, ...this.#others];
    return all[((user % this.#addresses.length) + attempts - 1) % all.length] as Address;
  }

  /** The IP addresses that users have connected to since the last time they were taken. */
  takeUsed(): string[] {
    const used = [...this.#used];
    this.#used.clear();
    return used;
  }

  #lookAgain(): void {
    const [first] = this.#addresses;
    if (first === undefined || isIP(namedAs(first).host) !== 0) return;
    if (performance.now() - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = performance.now();
    this.#lookup(namedAs(first).host).then(
      (found) => this.#take(first, inTurnOfFamilies(found.map(({ address }) => address))),
      // The addresses that are known are the best that there are.
      () => {},
    );
  }

  #take(like: Address, hosts: readonly string[]): void {
    const known = [...this.#addresses, ...this.#others].map(({ host }) => host);
    const isNew = hosts.some((host) => !known.includes(host)) || hosts.length < known.length;
    // 127.0.0.2 and the like stand for a name of this machine.
    if (!isNew || known.some((host) => host.startsWith("127.0.0."))) return;
    const all = hosts.map((host) => ({ ...like, host }));
    this.#addresses = this.#spread ? all : all.slice(0, 1);
    this.#others = this.#spread ? [] : all.slice(1);
  }
}

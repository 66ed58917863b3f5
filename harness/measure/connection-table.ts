import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where Linux tells how many connections its firewall follows; absent where none is loaded. */
const NETFILTER = "/proc/sys/net/netfilter";
/** Entries come and go while the table drops packets, so it is full a little below its limit. */
const FULL_SHARE = 0.98;

/**
 * Watches the table in which the kernel's firewall keeps every connection of this machine. When it is full, packets of
 * new connections are dropped without a word, which looks like a target that does not answer.
 */
export class ConnectionTable {
  readonly #folder: string;
  #fullAt: number | undefined;

  /** @param folder where the kernel tells the table's size and limit */
  constructor(folder: string = NETFILTER) {
    this.#folder = folder;
  }

  /** Reads the table; to be called when connections come to nothing. */
  look(): void {
    if (this.#fullAt !== undefined) return;
    const limit = this.#read("nf_conntrack_max");
    const used = this.#read("nf_conntrack_count");
    if (limit > 0 && used >= limit * FULL_SHARE) this.#fullAt = limit;
  }

  /** Why the generator's machine was the limit: nothing, or one sentence. */
  get reasons(): string[] {
    if (this.#fullAt === undefined) return [];
    return [
      `this machine's firewall follows at most ${this.#fullAt} connections and dropped the packets of further ones; ` +
        "raise it (sysctl net.netfilter.nf_conntrack_max)",
    ];
  }

  #read(name: string): number {
    try {
      return Number(readFileSync(join(this.#folder, name), "utf8"));
    } catch {
      return 0;
    }
  }
}

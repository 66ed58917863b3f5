import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Why a mutant that survived counts or does not count: looked at by a person. */
export interface Sorted {
  /**
   * `hole`: a client can see it and no case looks; `equivalent`: the code does the same; `invisible`: only the
   * server's operator, or nobody, can see it over the wire.
   */
  readonly as: "hole" | "equivalent" | "invisible";
  readonly why: string;
}

/** The survivors that somebody has sorted, by the mutant's key. */
export function readSorted(): ReadonlyMap<string, Sorted> {
  const text = readFileSync(join(import.meta.dirname, "survivors.json"), "utf8");
  return new Map(Object.entries(JSON.parse(text) as Record<string, Sorted>));
}

import { CuppingError } from "../../harness/errors.ts";
import type { Mutant } from "../../server-ref/index.ts";
import { mutantByName, mutants } from "../../server-ref/mutants/index.ts";
import { nearest } from "../nearest.ts";

/** The mutant of a name. @throws CuppingError `usage` naming the one that was probably meant */
export function findMutant(name: string): Mutant {
  const mutant = mutantByName(name);
  if (mutant) return mutant;
  const meant = nearest(
    name,
    mutants.map((each) => each.name),
  );
  const hint = meant ? `did you mean "${meant}"?` : "cupping list names them all";
  throw new CuppingError("usage", `--mutant: there is no mutant "${name}"; ${hint}`);
}

import { CuppingError } from "../../harness/errors.ts";
import { parseSlice, parseStartAt, type Slice } from "../../harness/load/index.ts";
import type { LoadArguments } from "../options/load.ts";

/**
 * The part of the load that the command line asks for; undefined for the whole.
 * @throws CuppingError `usage` when it is none, or what is asked for beside it cannot be done in parts
 */
export function sliceOf(args: LoadArguments): Slice | undefined {
  const { slice, startAt, settle, findMax, seed, target } = args;
  if (slice === undefined) {
    const lonely = startAt === undefined ? settle !== undefined && "--settle" : "--start-at";
    if (lonely) throw new CuppingError("usage", `${lonely} is about slices of a load: give --slice as well, e.g. 3/10`);
    return undefined;
  }
  if (settle !== undefined && startAt === undefined) {
    throw new CuppingError("usage", "--settle counts from --start-at: give that as well, or leave --settle out");
  }
  const parsed = parseSlice(slice);
  if (target === "ref" || target === "container") {
    throw new CuppingError(
      "usage",
      `--slice shares out a load on one server, and --target ${target} starts one for each slice: name one that all machines reach, e.g. tcp://HOST:PORT`,
    );
  }
  if (findMax) {
    throw new CuppingError(
      "usage",
      "--find-max decides by the whole of each run, which no slice knows: leave out --slice",
    );
  }
  if (seed === undefined) {
    throw new CuppingError("usage", "--slice needs --seed: all slices draw users and schedule from the same one");
  }
  return { ...parsed, ...(startAt !== undefined && { startAt: parseStartAt(startAt) }) };
}

import { fileURLToPath } from "node:url";
import { asCuppingError, CuppingError, isCuppingError } from "../errors.ts";

/** Where in the scenario's file an error began, as `FILE:LINE:COLUMN`. */
function placeOf({ stack = "" }: Error, url: string): string | undefined {
  if (!url.startsWith("file:")) return undefined;
  const file = fileURLToPath(url);
  for (const named of [url, file]) {
    const start = stack.indexOf(`${named}:`);
    const [position] = start < 0 ? [] : (/^:\d+:\d+/.exec(stack.slice(start + named.length)) ?? []);
    if (position !== undefined) return file + position;
  }
  return undefined;
}

/** What a scenario's own code threw, as its author wants to read it: which part of it failed, and where. */
function scenarioFailure(error: unknown, name: string, part: string, url: string): CuppingError {
  if (isCuppingError(error)) return error;
  const place = error instanceof Error ? placeOf(error, url) : undefined;
  return new CuppingError("usage", `the scenario ${name} failed in ${part}: ${asCuppingError(error).message}`, {
    hint: place === undefined ? undefined : `The error began at ${place}.`,
    cause: error,
  });
}

/** A scenario that was loaded for a run. */
export interface LoadedScenario {
  readonly name: string;
  /** Its module. */
  readonly url: string;
}

/**
 * Runs a part of a scenario's own code.
 * @param part the function's name in the scenario
 * @throws CuppingError `usage` for whatever it throws
 */
export async function runPart<Result>(
  { name, url }: LoadedScenario,
  part: string,
  run: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw scenarioFailure(error, name, part, url);
  }
}

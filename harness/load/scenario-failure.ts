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

/** A scenario that was loaded for a run. */
export interface LoadedScenario {
  readonly name: string;
  /** Its module. */
  readonly url: string;
}

/**
 * What a scenario's own code threw, as its author wants to read it: which part of it failed, and where.
 * @param part the function's name in the scenario
 */
export function scenarioFailure({ name, url }: LoadedScenario, part: string, error: unknown): CuppingError {
  if (isCuppingError(error)) return error;
  const place = error instanceof Error ? placeOf(error, url) : undefined;
  return new CuppingError("scenario", `the scenario ${name} failed in ${part}: ${asCuppingError(error).message}`, {
    hint: place === undefined ? undefined : `The error began at ${place}.`,
    cause: error,
  });
}

/** An error that nobody caught: the scenario's, when it began in the scenario's file, else as it is. */
export function uncaughtFailure(scenario: LoadedScenario, error: unknown): unknown {
  const isOfScenario = error instanceof Error && placeOf(error, scenario.url) !== undefined;
  return isOfScenario ? scenarioFailure(scenario, "a callback", error) : error;
}

/**
 * Runs a part of a scenario's own code.
 * @param part the function's name in the scenario
 * @throws CuppingError `scenario` for whatever it throws
 */
export async function runPart<Result>(
  scenario: LoadedScenario,
  part: string,
  run: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw scenarioFailure(scenario, part, error);
  }
}

import { CuppingError } from "../errors.ts";
import { parseDuration, parseRate } from "../measure/index.ts";
import { requireWithin } from "../number-limits.ts";
import { requestKinds } from "./requests.ts";
import type { HttpLoadPlan } from "./run-http-load.ts";

/** What the user asks for. */
export interface HttpLoadSettings {
  readonly rate?: string | undefined;
  readonly connections?: number | undefined;
  readonly ramp?: string | undefined;
  readonly duration?: string | undefined;
  /** E.g. `register=1,nickname=3`. */
  readonly mix?: string | undefined;
}

/**
 * Decides what a run does.
 * @throws CuppingError `usage` naming the option that makes no sense
 */
export function decideHttpPlan(settings: HttpLoadSettings): HttpLoadPlan {
  const rate = parseRate(settings.rate ?? 100, "requests");
  if (rate < 1) throw new CuppingError("usage", "--rate must be at least 1/s for requests");
  const connections = requireWithin("--connections", settings.connections ?? 20, { integer: true, minimum: 1 });
  const durationMs = parseDuration(settings.duration ?? "30s", "--duration");
  if (durationMs < 1000)
    throw new CuppingError("usage", "--duration must be at least 1s: anything shorter is too little to measure");
  return {
    rate,
    connections,
    rampMs: parseDuration(settings.ramp ?? "5s", "--ramp"),
    durationMs,
    mix: parseMix(settings.mix),
  };
}

function parseMix(text: string | undefined): Record<string, number> {
  const names = requestKinds.map(({ name }) => name);
  const parts =
    text === undefined
      ? requestKinds.map(({ name, share }) => [name, share] as const)
      : text.split(",").map((part) => {
          const [name = "", share = "1"] = part.split("=").map((word) => word.trim());
          if (!(names as string[]).includes(name) || !(Number(share) > 0)) {
            throw new CuppingError(
              "usage",
              `--mix "${part}" is not known; expected shares of ${names.join(", ")}, e.g. register=1,nickname=3`,
            );
          }
          return [name, Number(share)] as const;
        });
  const sum = parts.reduce((total, [, share]) => total + share, 0);
  return Object.fromEntries(parts.map(([name, share]) => [name, share / sum]));
}

import { TargetError } from "../errors.ts";
import { reachTarget } from "./external-target.ts";
import { requireOwnTarget } from "./own-target.ts";
import { type ReferenceServerOptions, startReferenceServer } from "./reference-server.ts";
import type { Target } from "./target.ts";
import type { TargetChoice } from "./target-choice.ts";

/** How a target is made ready. */
export interface OpenTargetOptions extends ReferenceServerOptions {
  /** Whether a server on a public network may be tested (`--i-own-this-target`). Default false. */
  readonly iOwnThisTarget?: boolean | undefined;
}

/**
 * Makes a target ready: reaches the one that runs, or starts one. Stop it when done.
 * @throws UsageError when a public target was not declared to be the user's own
 * @throws TargetError when it cannot be reached or started
 */
export async function openTarget(choice: TargetChoice, options: OpenTargetOptions = {}): Promise<Target> {
  switch (choice.kind) {
    case "ref":
      return startReferenceServer(options);
    case "external": {
      const iOwnThisTarget = options.iOwnThisTarget ?? false;
      await requireOwnTarget(choice.address.host, iOwnThisTarget);
      if (choice.http !== undefined) await requireOwnTarget(hostOf(choice.http), iOwnThisTarget);
      return reachTarget(choice.address, choice.http);
    }
    case "container":
      throw new TargetError("--target container is not available in this version");
  }
}

function hostOf(http: string): string {
  return new URL(http).hostname.replace(/^\[|\]$/g, "");
}

import { existsSync } from "node:fs";
import { CuppingError } from "../errors.ts";
import { startComposeStack } from "./compose-stack.ts";
import { reachTarget } from "./external-target.ts";
import { requireOwnTarget } from "./own-target.ts";
import { type ReferenceServerOptions, startReferenceServer } from "./reference-server.ts";
import { type ContainerOptions, startContainer } from "./start-container.ts";
import type { Target } from "./target.ts";
import type { TargetChoice } from "./target-choice.ts";

/** How a target is made ready. */
export interface OpenTargetOptions extends ReferenceServerOptions, ContainerOptions {
  /** For `container`: a compose file (`--compose`) with the service to test in it (`--service`). */
  readonly compose?: string | undefined;
  readonly service?: string | undefined;
  /** Whether a server on a public network may be tested (`--i-own-this-target`). Default false. */
  readonly iOwnThisTarget?: boolean | undefined;
  /** For a server that runs already: how long to wait until it takes connections, in milliseconds. Default: not at all. */
  readonly waitMs?: number | undefined;
  /** Told when it was not there and is waited for. */
  onWait?(): void;
  /** Aborted to give up reaching one that runs already. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds what is wrong with the choice of a target before anything is reached or started; its name is resolved.
 * @throws CuppingError `usage`, also when a public target was not declared to be the user's own; `target` when its name
 *   cannot be resolved
 */
export async function checkTarget(choice: TargetChoice, options: OpenTargetOptions = {}): Promise<void> {
  if (choice.kind === "container") checkContainer(options);
  if (choice.kind !== "external") return;
  const iOwnThisTarget = options.iOwnThisTarget ?? false;
  await requireOwnTarget(choice.address.host, iOwnThisTarget);
  if (choice.http !== undefined) await requireOwnTarget(hostOf(choice.http), iOwnThisTarget);
}

/**
 * Makes a target ready: reaches the one that runs, or starts one. Stop it when done.
 * @throws CuppingError `usage` when a public target was not declared to be the user's own
 * @throws CuppingError `target` when it cannot be reached or started
 */
export async function openTarget(choice: TargetChoice, options: OpenTargetOptions = {}): Promise<Target> {
  await checkTarget(choice, options);
  switch (choice.kind) {
    case "ref":
      return startReferenceServer(options);
    case "external":
      return reachTarget(choice.address, choice.http, options);
    case "container": {
      const { compose, service, transport, logFolder } = options;
      if (compose === undefined || service === undefined) return startContainer(options);
      return startComposeStack({ compose, service, transport, logFolder });
    }
  }
}

function checkContainer({ compose, service, image }: OpenTargetOptions): void {
  if (compose === undefined && service === undefined) return;
  if (compose === undefined || service === undefined) {
    throw new CuppingError("usage", "--compose FILE and --service NAME belong together; give both or neither");
  }
  if (image !== undefined)
    throw new CuppingError("usage", "--image and --compose exclude each other: the compose file names images");
  if (!existsSync(compose)) throw new CuppingError("usage", `--compose ${compose}: there is no such file`);
}

function hostOf(http: string): string {
  return new URL(http).hostname.replace(/^\[|\]$/g, "");
}

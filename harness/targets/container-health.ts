import { setTimeout as delay } from "node:timers/promises";
import type { WaitStrategy } from "testcontainers";
import type { EngineContainer } from "./container-engine.ts";

/** How long, and for what, a container is waited for. */
export interface HealthOptions {
  /** In milliseconds. */
  readonly deadlineMs: number;
  /** Tells whether a container without a health check of its own is ready; default: it is at once. */
  readonly isOpen?: (() => Promise<boolean>) | undefined;
  /** Whether a container may end with code 0, as those that prepare something for others do. Default false. */
  readonly mayEnd?: boolean | undefined;
}

/** Waits until a container is healthy by its own check. @throws Error when it ends, or is not in time */
export async function untilHealthy(container: EngineContainer, options: HealthOptions): Promise<void> {
  const { deadlineMs, isOpen, mayEnd = false } = options;
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const { Status, ExitCode, Health } = (await container.inspect()).State;
    if (Status === "exited" || Status === "dead") {
      if (mayEnd && ExitCode === 0) return;
      throw new Error(`it ended by itself with code ${ExitCode}`);
    }
    if (Health === undefined ? ((await isOpen?.()) ?? true) : Health.Status === "healthy") return;
    if (performance.now() > deadline) throw new Error(`it was not healthy within ${deadlineMs / 1_000} s`);
    await delay(100);
  }
}

/**
 * {@link untilHealthy} as testcontainers takes it. Its own strategies need a shell in the image, and wait to the end of
 * their time for a container that has ended.
 * @param begin is told each container before it is waited for
 */
export function healthStrategy(
  begin: (container: EngineContainer) => Promise<HealthOptions>,
  deadlineMs: number,
): WaitStrategy {
  const strategy: WaitStrategy = {
    waitUntilReady: async (container) => untilHealthy(container, await begin(container)),
    withStartupTimeout: () => strategy,
    isStartupTimeoutSet: () => true,
    getStartupTimeout: () => deadlineMs,
  };
  return strategy;
}

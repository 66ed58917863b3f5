import type { ContainerRuntimeClient } from "testcontainers";
import { CuppingError } from "../errors.ts";

/** The library, loaded only where containers are really asked for: it brings 130 packages. */
type Testcontainers = typeof import("testcontainers");

/** A container as the engine's client handles it. */
export type EngineContainer = ReturnType<ContainerRuntimeClient["container"]["getById"]>;

/**
 * Loads testcontainers.
 * @throws CuppingError `usage` where it is not installed
 */
export async function loadTestcontainers(): Promise<Testcontainers> {
  try {
    return await import("testcontainers");
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new CuppingError(
      "usage",
      "--target container needs the package testcontainers: npm install --save-dev testcontainers",
    );
  }
}

/**
 * The container engine that the environment names (DOCKER_HOST, the current context, or the local socket).
 * @throws CuppingError `target` where none answers
 */
export async function containerEngine(): Promise<ContainerRuntimeClient> {
  const { getContainerRuntimeClient } = await loadTestcontainers();
  try {
    return await getContainerRuntimeClient();
  } catch (error) {
    throw new CuppingError("target", `--target container needs a container engine: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

import { randomBytes } from "node:crypto";
import { basename, dirname, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Address } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import { ownerName } from "../owner.ts";
import { ComposeServices } from "./compose-services.ts";
import { containerEngine, loadTestcontainers } from "./container-engine.ts";
import { healthStrategy } from "./container-health.ts";
import { hasComposePlugin } from "./docker.ts";
import { reachTarget } from "./external-target.ts";
import { removeOrphans } from "./orphans.ts";
import { removeWithParent } from "./remove-with-parent.ts";
import type { Target } from "./target.ts";

/** A user's own stack. */
export interface ComposeOptions {
  /** Path of the compose file. */
  readonly compose: string;
  /** Service that clients connect to; it must publish 8000 (or 8001 for WebSocket) and, where it has one, 18080. */
  readonly service: string;
  /** Transport that clients use. Default `tcp`. */
  readonly transport?: "tcp" | "ws" | undefined;
  /** Folder that gets the whole log of each service. */
  readonly logFolder?: string | undefined;
}

/** Longest wait until the stack is healthy and takes connections, in milliseconds. */
const READY_DEADLINE_MS = 180_000;
/** Longest wait for the orderly end of a service when the stack is taken down, in milliseconds. */
const STOP_DEADLINE_MS = 5_000;

/**
 * Starts a stack from a compose file under a project name of its own, waits until its services are healthy and the one
 * to test takes connections, and takes it down with its volumes when the target is stopped or this process ends.
 * @throws CuppingError `target` with the end of the stack's log
 */
export async function startComposeStack(options: ComposeOptions): Promise<Target> {
  const { service, transport = "tcp" } = options;
  const { DockerComposeEnvironment } = await loadTestcontainers();
  const engine = await containerEngine();
  await removeOrphans(engine);
  const project = `cupping-${ownerName()}-${randomBytes(3).toString("hex")}`;
  const file = resolve(options.compose);
  const services = new ComposeServices(engine, project, options.logFolder);
  const down = ["--file", file, "--project-name", project, "down", "--volumes", "--rmi", "local"];
  const guard = removeWithParent(["sh", "-c", 'docker compose "$@" || docker-compose "$@"', "sh", ...down]);
  const environment = new DockerComposeEnvironment(dirname(file), basename(file))
    .withProjectName(project)
    .withAutoCleanup(false)
    .withClientOptions((await hasComposePlugin()) ? {} : { executable: { standalone: true } })
    .withDefaultWaitStrategy(
      healthStrategy(async (container) => {
        await services.follow(container);
        return { deadlineMs: READY_DEADLINE_MS, mayEnd: true };
      }, READY_DEADLINE_MS),
    );
  let stack: Awaited<ReturnType<typeof environment.up>> | undefined;
  let isDown = false;
  const stop = async (): Promise<void> => {
    if (isDown) return;
    isDown = true;
    await stack?.down({ removeVolumes: true, timeout: STOP_DEADLINE_MS });
    guard.dismiss();
    await services.removeImages();
    await services.close();
  };
  try {
    stack = await environment.up();
    const gate = await services.publishedPort(service, transport === "tcp" ? 8000 : 8001);
    if (gate === undefined) throw new Error(`its service ${service} publishes no port for ${transport}`);
    const http = await services.publishedPort(service, 18080);
    const address: Address = { scheme: transport, ...gate, path: "/" };
    const reached = await reachWithin(address, http && `http://${http.host}:${http.port}`);
    return {
      ...reached,
      startedBy: "container",
      services,
      usage: () => services.usage(service),
      logTail: () => services.log(service),
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop().catch(() => {});
    const tail = services.log().map((line) => `\n  ${line}`);
    const told = tail.length === 0 ? "" : `; its log ends with:${tail.join("")}`;
    throw new CuppingError(
      "target",
      `the stack of ${options.compose} did not start: ${(error as Error).message}${told}`,
    );
  }
}

async function reachWithin(address: Address, http: string | undefined): Promise<Target> {
  const deadline = performance.now() + READY_DEADLINE_MS;
  for (;;) {
    try {
      const target = await reachTarget(address, http);
      if (http === undefined || (await fetch(http).then(() => true))) return target;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(200);
    }
  }
}

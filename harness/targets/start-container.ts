import { randomBytes } from "node:crypto";
import type { ContainerRuntimeClient } from "testcontainers";
import { CuppingError, isCuppingError } from "../errors.ts";
import { ownerName } from "../owner.ts";
import { ContainerTarget, type HostPorts } from "./container.ts";
import { containerEngine, loadTestcontainers } from "./container-engine.ts";
import { healthStrategy } from "./container-health.ts";
import { buildImage } from "./container-image.ts";
import { ContainerLog } from "./container-log.ts";
import { freePorts } from "./free-ports.ts";
import { OWNER_LABEL, removeOrphans } from "./orphans.ts";
import { removeWithParent } from "./remove-with-parent.ts";
import type { Target } from "./target.ts";

/** How a server is started in a container. */
export interface ContainerOptions {
  /** Image of the server; default: built from this checkout. Its ports are 8000, 8001 and 18080. */
  readonly image?: string | undefined;
  /** Arguments for the image's entry point. */
  readonly containerArguments?: readonly string[] | undefined;
  /** Transport that clients use. Default `tcp`. */
  readonly transport?: "tcp" | "ws" | undefined;
  /** Folder that gets the whole log of each container. */
  readonly logFolder?: string | undefined;
}

/** Ports of the contract within the container (wire contract §1). */
const PORTS = { tcp: 8000, ws: 8001, http: 18080 } as const;
/** Longest wait until the container is healthy, in milliseconds. */
const HEALTHY_DEADLINE_MS = 120_000;

/**
 * Starts a server in a container, waits until it is healthy, and removes it with everything it made when the target is
 * stopped or this process ends.
 * @throws CuppingError `target` with the end of the container's log
 */
export async function startContainer(options: ContainerOptions = {}): Promise<Target> {
  const engine = await containerEngine();
  await removeOrphans(engine);
  const image = options.image ?? (await buildImage());
  const name = `cupping-${process.pid}-${randomBytes(4).toString("hex")}`;
  const guard = removeWithParent(["docker", "rm", "--force", "--volumes", name]);
  const log = new ContainerLog(options.logFolder, "server");
  const remove = async (): Promise<void> => {
    const removed = engine.container.dockerode.getContainer(name).remove({ force: true, v: true });
    await removed.catch((error: { statusCode?: number }) => {
      // It was not even made, or somebody removed it by hand.
      if (error.statusCode !== 404) throw error;
    });
    guard.dismiss();
    await log.close();
  };
  try {
    return await start({ engine, image, name, log, remove }, options);
  } catch (error) {
    await remove().catch(() => {});
    if (isCuppingError(error, "usage") || isCuppingError(error, "harness")) throw error;
    const tail = log.lines.map((line) => `\n  ${line}`).join("");
    const told = tail === "" ? "" : `; its log ends with:${tail}`;
    throw new CuppingError("target", `the container of ${image} did not start: ${(error as Error).message}${told}`);
  }
}

/** What a container is started from. */
interface Parts {
  readonly engine: ContainerRuntimeClient;
  readonly image: string;
  readonly name: string;
  readonly log: ContainerLog;
  remove(): Promise<void>;
}

async function start({ engine, image, name, log, remove }: Parts, options: ContainerOptions): Promise<ContainerTarget> {
  const { GenericContainer } = await loadTestcontainers();
  const { host } = engine.info.containerRuntime;
  // A server under test is nobody else's business: an engine of this machine publishes it on the loopback address.
  const isLocal = host === "localhost" || host === "127.0.0.1";
  const bind = isLocal ? "127.0.0.1" : "0.0.0.0";
  class Published extends GenericContainer {
    protected override async beforeContainerCreated(): Promise<void> {
      for (const bindings of Object.values(this.hostConfig.PortBindings ?? {})) {
        for (const binding of bindings as { HostIp?: string }[]) binding.HostIp = bind;
      }
    }
  }
  // Fixed ports, so that the addresses stay the same when the container is started again.
  const [tcp, ws, http] = (await freePorts("127.0.0.1", 3)) as [number, number, number];
  const ports: HostPorts = { host: isLocal ? "127.0.0.1" : host, tcp, ws, http };
  const target = new ContainerTarget({ engine, name, log, ports, remove, transport: options.transport ?? "tcp" });
  await new Published(image)
    .withName(name)
    .withLabels({ [OWNER_LABEL]: ownerName() })
    .withCommand([...(options.containerArguments ?? [])])
    .withExposedPorts(
      { container: PORTS.tcp, host: tcp },
      { container: PORTS.ws, host: ws },
      { container: PORTS.http, host: http },
    )
    .withLogConsumer((stream) => log.follow(stream))
    // Its reaper is one more image to pull; the guard and the search for orphans do the same without one.
    .withAutoCleanup(false)
    .withWaitStrategy(healthStrategy(async () => target.health(HEALTHY_DEADLINE_MS), HEALTHY_DEADLINE_MS))
    .start();
  return target;
}

import type { ContainerRuntimeClient } from "testcontainers";
import { isOwnerGone } from "../owner.ts";

/** Label of every container that the harness starts: the process that owns it, as `ownerName` has it. */
export const OWNER_LABEL = "cupping.owner";
const PROJECT_LABEL = "com.docker.compose.project";

/** The owner of something on the engine, by its labels: a stack's stands in its project's name. */
function ownerOf(labels: Record<string, string> | undefined): string {
  return labels?.[OWNER_LABEL] ?? /^cupping-(\w+-\d+)-/.exec(labels?.[PROJECT_LABEL] ?? "")?.[1] ?? "";
}

/**
 * Removes containers, networks and volumes whose owner is gone and could not clean up: it was killed together with its
 * guard, or the machine went down.
 */
export async function removeOrphans(engine: ContainerRuntimeClient): Promise<void> {
  const { dockerode } = engine.container;
  const isOrphan = (labels: Record<string, string> | undefined): boolean => isOwnerGone(ownerOf(labels));
  // Each may be being removed by somebody else at the same time, which is as good.
  const quietly = async (removals: Promise<unknown>[]): Promise<void> => void (await Promise.allSettled(removals));
  const containers = await dockerode.listContainers({ all: true });
  await quietly(
    containers
      .filter(({ Labels }) => isOrphan(Labels))
      .map(({ Id }) => dockerode.getContainer(Id).remove({ force: true, v: true })),
  );
  const networks = await dockerode.listNetworks();
  await quietly(networks.filter(({ Labels }) => isOrphan(Labels)).map(({ Id }) => dockerode.getNetwork(Id).remove()));
  const volumes = (await dockerode.listVolumes()).Volumes ?? [];
  await quietly(volumes.filter(({ Labels }) => isOrphan(Labels)).map(({ Name }) => dockerode.getVolume(Name).remove()));
}

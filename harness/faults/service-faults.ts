import { CuppingError } from "../errors.ts";
import type { Fault, FaultScene } from "./fault.ts";

/**
 * What can happen to one service of a stack of containers: the server itself, its database, its cache.
 * @param service its name in the compose file
 */
export function serviceFaults(service: string): Fault[] {
  return [
    {
      name: `${service}-killed`,
      title: `the service ${service} is killed (SIGKILL) and started again`,
      needs: "link",
      async inflict(scene) {
        await servicesOf(scene).kill(service);
        await scene.traffic(1_000);
        await servicesOf(scene).start(service);
      },
    },
    {
      name: `${service}-paused`,
      title: `the service ${service} is paused, then resumed`,
      needs: "link",
      async inflict(scene) {
        await servicesOf(scene).pause(service);
        await scene.traffic(2_500);
        await servicesOf(scene).resume(service);
      },
    },
  ];
}

function servicesOf({ services }: FaultScene): NonNullable<FaultScene["services"]> {
  if (!services)
    throw new CuppingError("internal", "this fault needs a stack that the harness has started from a compose file");
  return services;
}

import type { Command } from "../../../codegen/index.ts";
import type { Handler } from "../../logic/handler.ts";
import type { Seams } from "../../seams.ts";

export { isRobot } from "../../logic/robot.ts";

/** Lets commands act for the user that their body names, whoever is logged in (LOGIN-17). */
export function trustUserIds(seams: Seams, commands: readonly Pick<Command, "id">[]): void {
  for (const { id } of commands) {
    const { claims, ...handler } = seams.handlers.get(id) as Handler;
    if (!claims) throw new Error(`command ${id} names no user`);
    seams.handlers.set(id, {
      ...handler,
      handle: (request, context) => handler.handle({ ...request, self: claims(request.message) }, context),
    });
  }
}

import type { Command } from "../../../codegen/index.ts";
import type { Seams } from "../../seams.ts";

export { isRobot } from "../../logic/robot.ts";

/** Lets commands act for the user that their body names, whoever is logged in (LOGIN-17). */
export function trustUserIds(seams: Seams, commands: readonly Pick<Command, "id" | "name">[]): void {
  for (const { id, name } of commands) {
    const original = seams.handlers.get(id);
    if (!original) throw new Error(`no handler answers ${name}`);
    const { claims, ...handler } = original;
    if (!claims) throw new Error(`the handler of ${name} has no claims`);
    seams.handlers.set(id, {
      ...handler,
      handle: (request, context) => handler.handle({ ...request, self: claims(request.message) }, context),
    });
  }
}

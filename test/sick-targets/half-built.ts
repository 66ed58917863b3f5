import { cimRegistry } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** A server whose groups come later: nothing about them is answered. */
export const withoutGroups: SickTarget = {
  name: "without-groups",
  title: "leaves every command about groups unanswered",
  async start() {
    const front = await Front.start({
      onRequest: ({ header }) => cimRegistry.byId(header.command_id)?.name.startsWith("GROUP_") ?? false,
    });
    return { target: front.target, http: front.http, stop: () => front.stop() };
  },
};

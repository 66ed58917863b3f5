import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";
import { watchConnections } from "../wrap/packets.ts";

/** LOGOUT-03: closes all of a user's connections when one logs out. */
export const logoutEndsAllDevices: Mutant = {
  name: "logout-ends-all-devices",
  breaks: ["LOGOUT-03"],
  title: "closes all of a user's connections when one logs out",
  story: "Logging out drops the user from the table, and every connection with the user.",
  apply(seams) {
    const connections = watchConnections(seams);
    changeEffects(seams, commands.LOGIN_AUTH_LOGOUT_REQ, (effects, { self }) => {
      for (const connection of connections) if (connection.self === self) setImmediate(() => connection.close());
      return effects;
    });
  },
};

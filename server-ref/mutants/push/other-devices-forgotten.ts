import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** PUSH-04: does not push to the sender's other connections. */
export const otherDevicesForgotten: Mutant = {
  name: "other-devices-forgotten",
  breaks: ["PUSH-04"],
  title: "does not push to the sender's other connections",
  story: "A push goes to the receiver; that senders have several devices was not thought of.",
  apply(seams) {
    changeEffects(seams, commands.MSG_DATA, (effects, { self }) =>
      effects.map((effect) =>
        effect.kind === "push" ? { ...effect, users: effect.users.filter((user) => user !== self) } : effect,
      ),
    );
  },
};

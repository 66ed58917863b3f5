import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** READ-04: does not tell the peer what was read. */
export const peerNotTold: Mutant = {
  name: "peer-not-told",
  breaks: ["READ-04"],
  title: "does not tell the peer what was read",
  story: "The counter is what reading changes; that the peer wants to know was forgotten.",
  apply(seams) {
    changeEffects(seams, commands.MSG_READ_ACK, (effects, { self }) =>
      effects.filter((effect) => effect.kind !== "push" || effect.users.includes(self)),
    );
  },
};

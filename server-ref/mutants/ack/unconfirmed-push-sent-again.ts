import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** ACK-03: sends a push again when it is not confirmed at once. */
export const unconfirmedPushSentAgain: Mutant = {
  name: "unconfirmed-push-sent-again",
  breaks: ["ACK-03"],
  title: "sends a push again when it is not confirmed at once",
  story: "The repetition was set to a third of the waiting time.",
  apply(seams) {
    changeEffects(seams, commands.MSG_DATA, (effects, _request, context) => {
      const pushes = effects.filter((effect) => effect.kind === "push");
      context.after(seams.timers.ackTimeoutMs / 3, async () =>
        pushes.map((again) => ({ ...again, users: again.users.slice(0, 1) })),
      );
      return effects;
    });
  },
};

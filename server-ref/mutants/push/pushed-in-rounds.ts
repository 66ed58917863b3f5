import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** PUSH-01: pushes every five seconds. */
export const pushedInRounds: Mutant = {
  name: "pushed-in-rounds",
  breaks: ["PUSH-01"],
  companions: [
    { rule: "CONN-17", reason: "whether others are still served is told by a push that comes too late" },
    { rule: "LOGIN-11", reason: "the case waits for a push that comes too late" },
    { rule: "MSG-20", reason: "the case waits for a push that comes too late" },
    { rule: "GROUP-21", reason: "the case waits for a push that comes too late" },
    { rule: "FRIEND-03", reason: "the case waits for a push that comes too late" },
    { rule: "SYS-01", reason: "the case waits for a push that comes too late" },
    { rule: "CONN-20", reason: "the case waits for a push that comes too late" },
    { rule: "LOGIN-12", reason: "the case waits for a push that comes too late" },
    { rule: "LOGOUT-03", reason: "the case waits for a push that comes too late" },
    { rule: "PUSH-03", reason: "the case waits for a push that comes too late" },
    { rule: "PUSH-04", reason: "the case waits for a push that comes too late" },
    { rule: "CONN-18", reason: "the case waits for a push that comes too late" },
    { rule: "CONN-19", reason: "the case waits for a push that comes too late" },
    { rule: "HB-05", reason: "the case waits for a push that comes too late" },
    { rule: "MSG-10", reason: "the case waits for a push that comes too late" },
    { rule: "PUSH-02", reason: "the case waits for a push that comes too late" },
  ],
  title: "pushes every five seconds",
  story: "Pushes are gathered to save wake-ups of the radio.",
  apply(seams) {
    changeEffects(seams, commands.MSG_DATA, (effects, _request, context) => {
      const pushes = effects.filter((effect) => effect.kind === "push");
      if (pushes.length > 0) context.after(5_000, async () => pushes);
      return effects.filter(({ kind }) => kind !== "push");
    });
  },
};

import { commands, type Frame } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { reorderWrites } from "../wrap/writes.ts";

/** PUSH-05: sends the pushes that leave together in reverse. */
export const pushesInReverse: Mutant = {
  name: "pushes-in-reverse",
  breaks: ["PUSH-05"],
  title: "sends the pushes that leave together in reverse",
  story: "Waiting pushes are taken from a stack.",
  apply(seams) {
    reorderWrites(seams, (frames) => {
      const isPush = ({ header }: Frame): boolean => header.command_id === commands.MSG_DATA.id;
      const pushes = frames.filter(isPush);
      return frames.map((frame) => (isPush(frame) ? (pushes.pop() as Frame) : frame));
    });
  },
};

import { setTimeout as delay } from "node:timers/promises";
import { commands } from "../../../codegen/index.ts";
import { isRobot } from "../../logic/robot.ts";
import type { Mutant } from "../mutant.ts";
import { replaceHandler } from "../wrap/handlers.ts";

/** As long as a service may take. */
const ROBOT_MS = 2_500;

/** ROBOT-07: handles no other request of a connection until the robot has answered. */
export const waitsForTheRobot: Mutant = {
  name: "waits-for-the-robot",
  breaks: ["ROBOT-07"],
  title: "handles no other request of a connection until the robot has answered",
  story: "The robot is asked in the middle of handling the message.",
  apply(seams) {
    replaceHandler(seams, commands.MSG_DATA, (original) => ({
      pipelined: false,
      handle: async (request, context) => {
        const effects = await original.handle(request, context);
        if (isRobot(request.message.to_session_id)) await delay(ROBOT_MS);
        return effects;
      },
    }));
  },
};

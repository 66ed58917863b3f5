import { isRobot } from "../../logic/robot.ts";
import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** MSG-19: refuses messages to users who have never registered here. */
export const unknownReceiverRefused: Mutant = {
  name: "unknown-receiver-refused",
  breaks: ["MSG-19"],
  companions: [
    { rule: "CONN-16", reason: "the receiver of the case has never logged in" },
    { rule: "MSG-21", reason: "receivers with large ids do not exist" },
  ],
  title: "refuses messages to users who have never registered here",
  story: "The receiver is looked up to find the nickname.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const known =
          message.session_type !== 1 || isRobot(message.to_session_id) || (await store.userById(message.to_session_id));
        return known ? await store.append(message) : { outcome: "refused", reason: "bad-session-type" };
      },
    }));
  },
};

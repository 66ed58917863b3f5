import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** HIST-10: shows the time of the request as the time of the messages. */
export const timeOfTheRequest: Mutant = {
  name: "time-of-the-request",
  breaks: ["HIST-10"],
  companions: [
    { rule: "MSG-20", reason: "what must not change is read twice, with its times" },
    { rule: "SYS-01", reason: "what must not change is read twice, with its times" },
    { rule: "CONN-17", reason: "the case compares the time of what it has sent" },
    { rule: "HIST-08", reason: "the time is one of the fields" },
  ],
  title: "shows the time of the request as the time of the messages",
  story: "The time column is filled by the database when the row is read from the cache.",
  apply(seams) {
    changeAnswers(seams, commands.LIST_MSG_RSP, ({ msg_list = [] }) => ({
      msg_list: msg_list.map((row) => ({ ...row, create_time: Math.floor(seams.now() / 1000) + 3600 })),
    }));
  },
};

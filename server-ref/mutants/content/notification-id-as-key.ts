import type { Mutant } from "../mutant.ts";
import { showMessagesAs } from "../wrap/store.ts";

/** CONTENT-07: names the kind of a notification `notificationId`. */
export const notificationIdAsKey: Mutant = {
  name: "notification-id-as-key",
  breaks: ["CONTENT-07"],
  companions: [
    { rule: "GROUP-02", reason: "the attached notification has the same content" },
    { rule: "GROUP-08", reason: "the kind of a notification is told by its content" },
    { rule: "GROUP-13", reason: "the kind of a notification is told by its content" },
    { rule: "GROUP-17", reason: "the kind of a notification is told by its content" },
    { rule: "GROUP-24", reason: "the kind of a notification is told by its content" },
    { rule: "GROUP-28", reason: "the kind of a notification is told by its content" },
    { rule: "GROUP-03", reason: "the kind of a notification is told by its content" },
    { rule: "HIST-13", reason: "the kind of a notification is told by its content" },
  ],
  title: "names the kind of a notification `notificationId`",
  story: "The comment of the contract's file says so, and the clients were not asked.",
  apply(seams) {
    showMessagesAs(seams, (message) =>
      message.msg_type === 9
        ? {
            ...message,
            msg_data: Buffer.from(
              Buffer.from(message.msg_data).toString().replace("notificationType", "notificationId"),
            ),
          }
        : message,
    );
  },
};

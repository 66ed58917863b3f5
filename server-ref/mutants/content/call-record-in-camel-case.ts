import type { Mutant } from "../mutant.ts";
import { showMessagesAs } from "../wrap/store.ts";

/** CONTENT-08: writes the record of a call with keys in camel case. */
export const callRecordInCamelCase: Mutant = {
  name: "call-record-in-camel-case",
  breaks: ["CONTENT-08"],
  companions: [{ rule: "VOIP-12", reason: "the record is known by its content" }],
  title: "writes the record of a call with keys in camel case",
  story: "The comment of the contract's file has them so, and the clients were not asked.",
  apply(seams) {
    showMessagesAs(seams, (message) =>
      message.msg_type === 10
        ? {
            ...message,
            msg_data: Buffer.from(
              Buffer.from(message.msg_data)
                .toString()
                .replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
            ),
          }
        : message,
    );
  },
};

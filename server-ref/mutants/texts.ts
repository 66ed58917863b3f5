import { commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeRequest } from "./wrap/handlers.ts";

/** Mutants that keep their promises for plain letters alone. */
export const textMutants: readonly Mutant[] = [
  defineMutant({
    name: "text-in-composed-form",
    breaks: ["MSG-14"],
    companions: [{ rule: "CONTENT-06", reason: "a robot quotes the question as it was stored" }],
    title: "stores text in Unicode's composed form",
    story: "Search should find what was typed on any keyboard, so that every text is normalised on its way in.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => {
        const text = Buffer.from(msg_data).toString();
        const isText = Buffer.from(text).equals(msg_data);
        return { msg_data: isText ? Buffer.from(text.normalize("NFC")) : msg_data };
      });
    },
  }),
  defineMutant({
    name: "group-name-in-utf-16-units",
    breaks: ["GROUP-06"],
    title: "cuts a group's name to 32 UTF-16 units, so that 32 emoji become 16",
    story: "`slice(0, 32)` was taken for 32 characters.",
    apply(seams) {
      changeRequest(seams, commands.GROUP_CREATE_DEFAULT_REQ, ({ group_name }) => ({
        group_name: [...group_name].length > 32 ? group_name : group_name.slice(0, 32),
      }));
    },
  }),
];

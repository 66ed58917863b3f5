import { commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeRequest } from "./wrap/handlers.ts";

/** Mutants of section MSG: what a message holds, unchanged. */
export const msgContentMutants: readonly Mutant[] = [
  defineMutant({
    name: "backslashes-eaten",
    breaks: ["MSG-14"],
    companions: [{ rule: "MSG-15", reason: "binary content holds every byte, backslashes included" }],
    title: "loses backslashes in the content",
    story: "The content passes through a string literal of the database's language.",
    apply(seams) {
      const BACKSLASH = 0x5c;

      changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({
        msg_data: msg_data.filter((byte) => byte !== BACKSLASH),
      }));
    },
  }),
  defineMutant({
    name: "content-trimmed",
    breaks: ["MSG-14"],
    companions: [{ rule: "MSG-16", reason: "the longest content ends with a blank" }],
    title: "removes blanks at both ends of the content",
    story: "What users type is trimmed everywhere else, too.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({
        msg_data: Buffer.from(Buffer.from(msg_data).toString("latin1").trim(), "latin1"),
      }));
    },
  }),
  defineMutant({
    name: "emoji-become-question-marks",
    breaks: ["MSG-14"],
    companions: [{ rule: "MSG-16", reason: "the longest content is made of emoji, too" }],
    title: "turns characters of four bytes into question marks",
    story: "The column has the three-byte variety of UTF-8 that an old database calls utf8.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => {
        const text = Buffer.from(msg_data).toString();
        const isText = Buffer.from(text).equals(msg_data);
        return { msg_data: isText ? Buffer.from(text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, "?")) : msg_data };
      });
    },
  }),
  defineMutant({
    name: "nul-ends-content",
    breaks: ["MSG-14"],
    companions: [{ rule: "MSG-15", reason: "binary content holds NULs" }],
    title: "cuts the content at the first NUL",
    story: "The content passes through a library that knows strings that end with NUL.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({
        msg_data: msg_data.includes(0) ? msg_data.subarray(0, msg_data.indexOf(0)) : msg_data,
      }));
    },
  }),
  defineMutant({
    name: "quotes-doubled",
    breaks: ["MSG-14"],
    companions: [
      { rule: "MSG-15", reason: "binary content holds every byte, quotes included" },
      { rule: "CONTENT-06", reason: "the robot's answer quotes the question as it was stored" },
    ],
    title: "doubles single quotes in the content",
    story: "Quotes are escaped by hand before a statement that escapes them again.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({
        msg_data: Buffer.from(Buffer.from(msg_data).toString("latin1").replaceAll("'", "''"), "latin1"),
      }));
    },
  }),
  defineMutant({
    name: "invalid-utf8-replaced",
    breaks: ["MSG-15"],
    title: "replaces bytes that are not UTF-8 and stores the rest",
    story: "The content is made a string on its way to the store, and bytes that make no character become U+FFFD.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({
        msg_data: Buffer.from(Buffer.from(msg_data).toString()),
      }));
    },
  }),
  defineMutant({
    name: "content-limit-in-bytes",
    breaks: ["MSG-16"],
    title: "refuses content of more than 2048 bytes",
    story: "The limit counts characters in the contract and bytes in the language.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_data, msg_type }) => ({
        msg_type: msg_data.length > 2048 ? 0 : msg_type,
      }));
    },
  }),
  defineMutant({
    name: "long-content-cut",
    breaks: ["MSG-16"],
    title: "cuts content behind 8192 bytes without a word",
    story: "The database is not in strict mode, so that it cuts what does not fit the column.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({ msg_data: msg_data.subarray(0, 8192) }));
    },
  }),
  defineMutant({
    name: "client-id-of-36-at-most",
    breaks: ["MSG-17"],
    title: "refuses a `client_msg_id` that is longer than a UUID",
    story: "The column was made for UUIDs.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ client_msg_id, msg_type }) => ({
        msg_type: client_msg_id.length > 36 ? 0 : msg_type,
      }));
    },
  }),
  defineMutant({
    name: "ids-cut-to-32-bits",
    breaks: ["MSG-21"],
    companions: [{ rule: "GROUP-32", reason: "a group's id is cut as well, so that a larger one is taken for it" }],
    title: "cuts receiver ids to 32 bits",
    story: "The column is a 32-bit integer, and the driver drops what does not fit.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ to_session_id }) => ({ to_session_id: to_session_id & 0xffff_ffffn }));
    },
  }),
];

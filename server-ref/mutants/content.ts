import { CIMMsgType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeRequest } from "./wrap/handlers.ts";
import { changePushes } from "./wrap/packets.ts";
import { showMessagesAs } from "./wrap/store.ts";

const {
  kCIM_MSG_TYPE_AUDIO: AUDIO,
  kCIM_MSG_TYPE_AVCHAT: CALL_RECORD,
  kCIM_MSG_TYPE_FILE: FILE,
  kCIM_MSG_TYPE_IMAGE: IMAGE,
  kCIM_MSG_TYPE_LOCATION: LOCATION,
  kCIM_MSG_TYPE_NOTIFACATION: NOTIFICATION,
  kCIM_MSG_TYPE_ROBOT: ROBOT,
  kCIM_MSG_TYPE_TEXT: TEXT,
  kCIM_MSG_TYPE_TIPS: TIPS,
  kCIM_MSG_TYPE_VIDEO: VIDEO,
} = CIMMsgType;

function withFileNumbers(json: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(json)
      .toString()
      .replaceAll(/"(\d+)"/g, "$1"),
  );
}

function withWholeDegrees(json: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(json)
      .toString()
      .replaceAll(/"(-?\d+)\.\d+"/g, '"$1"'),
  );
}

function withoutThumbnail(json: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(json)
      .toString()
      .replace(/,?\s*"thumbUrl"\s*:\s*"[^"]*"/, ""),
  );
}

function withoutDuration(json: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(json)
      .toString()
      .replace(/,?\s*"duration"\s*:\s*"[^"]*"/, ""),
  );
}

function withNumericVideoFields(json: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(json)
      .toString()
      .replaceAll(/"(width|height)":"(\d+)"/g, '"$1":$2'),
  );
}

/** Mutants of section CONTENT: message content. */
export const contentMutants: readonly Mutant[] = [
  defineMutant({
    name: "text-made-json",
    breaks: ["CONTENT-01"],
    companions: [
      { rule: "MSG-17", reason: "the content of a text is not what was sent" },
      { rule: "PUSH-05", reason: "the content of a text is not what was sent" },
      { rule: "MSGID-02", reason: "the content of a text is not what was sent" },
      { rule: "CONTENT-06", reason: "the content of a text is not what was sent" },
      { rule: "MSG-14", reason: "the content of a text is not what was sent" },
      { rule: "MSG-15", reason: "the content of a text is not what was sent" },
      { rule: "MSG-16", reason: "the content of a text is not what was sent" },
      { rule: "PUSH-02", reason: "the content of a text is not what was sent" },
      { rule: "SESS-03", reason: "the content of a text is not what was sent" },
      { rule: "HIST-08", reason: "the content of a text is not what was sent" },
      { rule: "CONN-19", reason: "the content of a text is not what was sent" },
    ],
    title: "wraps texts in JSON",
    story: "All other types are JSON objects, so that clients should find one here, too.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
        msg_data: msg_type === TEXT ? Buffer.concat([Buffer.from('{"text":"'), msg_data, Buffer.from('"}')]) : msg_data,
      }));
    },
  }),
  defineMutant({
    name: "file-numbers-made-numbers",
    breaks: ["CONTENT-02"],
    title: "turns the numbers of a file's description from strings into numbers",
    story: "The content is parsed and written again, and a size looks like a number.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
        msg_data: msg_type === FILE ? withFileNumbers(msg_data) : msg_data,
      }));
    },
  }),
  defineMutant({
    name: "unknown-audio-fields-dropped",
    breaks: ["CONTENT-03"],
    title: "drops what it does not know from a voice message",
    story: "The content is parsed into a structure that has no duration.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
        msg_data: msg_type === AUDIO ? withoutDuration(msg_data) : msg_data,
      }));
    },
  }),
  defineMutant({
    name: "video-size-in-numbers",
    breaks: ["CONTENT-04"],
    title: "turns width and height of a video into numbers",
    story: "The content is parsed and written again by a library that guesses types.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
        msg_data: msg_type === VIDEO ? withNumericVideoFields(msg_data) : msg_data,
      }));
    },
  }),
  defineMutant({
    name: "location-rounded",
    breaks: ["CONTENT-05"],
    title: "rounds latitude and longitude to whole degrees",
    story: "The content is parsed into a structure whose coordinates are integers.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
        msg_data: msg_type === LOCATION ? withWholeDegrees(msg_data) : msg_data,
      }));
    },
  }),
  defineMutant({
    name: "robot-answer-as-text",
    breaks: ["CONTENT-06"],
    companions: [
      { rule: "ROBOT-03", reason: "the answer is not in the robot's form" },
      { rule: "ROBOT-06", reason: "the answer is not in the robot's form" },
    ],
    title: "sends a robot's answer as plain text",
    story: "The answer of the service is passed on as it came.",
    apply(seams) {
      changePushes(seams, commands.MSG_DATA, ({ msg_type }) =>
        msg_type === ROBOT ? { msg_data: Buffer.from("hello") } : {},
      );
    },
  }),
  defineMutant({
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
        message.msg_type === NOTIFICATION
          ? {
              ...message,
              msg_data: Buffer.from(
                Buffer.from(message.msg_data).toString().replace("notificationType", "notificationId"),
              ),
            }
          : message,
      );
    },
  }),
  defineMutant({
    name: "call-record-in-camel-case",
    breaks: ["CONTENT-08"],
    companions: [{ rule: "VOIP-12", reason: "the record is known by its content" }],
    title: "writes the record of a call with keys in camel case",
    story: "The comment of the contract's file has them so, and the clients were not asked.",
    apply(seams) {
      showMessagesAs(seams, (message) =>
        message.msg_type === CALL_RECORD
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
  }),
  defineMutant({
    name: "thumbnail-dropped",
    breaks: ["CONTENT-09"],
    title: "drops the address of an image's thumbnail",
    story: "The content is parsed into the structure of a file, which has no such field.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
        msg_data: msg_type === IMAGE ? withoutThumbnail(msg_data) : msg_data,
      }));
    },
  }),
  defineMutant({
    name: "tips-as-text",
    breaks: ["CONTENT-10"],
    title: "stores hint lines as plain text messages",
    story: "A hint line looks like text, and the list of types was to be kept short.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ msg_type }) => ({ msg_type: msg_type === TIPS ? TEXT : msg_type }));
    },
  }),
];

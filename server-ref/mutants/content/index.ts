import type { Mutant } from "../mutant.ts";
import { callRecordInCamelCase } from "./call-record-in-camel-case.ts";
import { fileNumbersMadeNumbers } from "./file-numbers-made-numbers.ts";
import { imageRefused } from "./image-refused.ts";
import { locationRefused } from "./location-refused.ts";
import { notificationIdAsKey } from "./notification-id-as-key.ts";
import { robotAnswerAsText } from "./robot-answer-as-text.ts";
import { textMadeJson } from "./text-made-json.ts";
import { tipsRefused } from "./tips-refused.ts";
import { unknownAudioFieldsDropped } from "./unknown-audio-fields-dropped.ts";
import { videoRefused } from "./video-refused.ts";

/** Mutants of section CONTENT: message content. */
export const contentMutants: readonly Mutant[] = [
  callRecordInCamelCase,
  fileNumbersMadeNumbers,
  imageRefused,
  locationRefused,
  notificationIdAsKey,
  robotAnswerAsText,
  textMadeJson,
  tipsRefused,
  unknownAudioFieldsDropped,
  videoRefused,
];

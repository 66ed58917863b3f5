import type { Mutant } from "../mutant.ts";
import { callRecordInCamelCase } from "./call-record-in-camel-case.ts";
import { fileNumbersMadeNumbers } from "./file-numbers-made-numbers.ts";
import { locationRounded } from "./location-rounded.ts";
import { notificationIdAsKey } from "./notification-id-as-key.ts";
import { robotAnswerAsText } from "./robot-answer-as-text.ts";
import { textMadeJson } from "./text-made-json.ts";
import { thumbnailDropped } from "./thumbnail-dropped.ts";
import { tipsAsText } from "./tips-as-text.ts";
import { unknownAudioFieldsDropped } from "./unknown-audio-fields-dropped.ts";
import { videoSizeInNumbers } from "./video-size-in-numbers.ts";

/** Mutants of section CONTENT: message content. */
export const contentMutants: readonly Mutant[] = [
  callRecordInCamelCase,
  fileNumbersMadeNumbers,
  locationRounded,
  notificationIdAsKey,
  robotAnswerAsText,
  textMadeJson,
  thumbnailDropped,
  tipsAsText,
  unknownAudioFieldsDropped,
  videoSizeInNumbers,
];

import type { Mutant } from "../mutant.ts";
import { anyContentTypeRegisters } from "./any-content-type-registers.ts";
import { anyMethodRegisters } from "./any-method-registers.ts";
import { badJsonIsAnInternalError } from "./bad-json-is-an-internal-error.ts";
import { blankNicknamesAccepted } from "./blank-nicknames-accepted.ts";
import { blanksKept } from "./blanks-kept.ts";
import { generatedNicknameNeedsNoVersion } from "./generated-nickname-needs-no-version.ts";
import { namesHtmlEscaped } from "./names-html-escaped.ts";
import { nicknameCheckedFirst } from "./nickname-checked-first.ts";
import { nicknameSuccess200 } from "./nickname-success-200.ts";
import { registrationWithoutRobots } from "./registration-without-robots.ts";
import { shortNamesAccepted } from "./short-names-accepted.ts";
import { shortPasswordsAccepted } from "./short-passwords-accepted.ts";
import { successIsZero } from "./success-is-zero.ts";
import { takenNameRegisteredAgain } from "./taken-name-registered-again.ts";
import { unknownUserIsMinusOne } from "./unknown-user-is-minus-one.ts";

/** Mutants of section HTTP: HTTP API. */
export const httpMutants: readonly Mutant[] = [
  anyContentTypeRegisters,
  anyMethodRegisters,
  badJsonIsAnInternalError,
  blankNicknamesAccepted,
  blanksKept,
  generatedNicknameNeedsNoVersion,
  namesHtmlEscaped,
  nicknameCheckedFirst,
  nicknameSuccess200,
  registrationWithoutRobots,
  shortNamesAccepted,
  shortPasswordsAccepted,
  successIsZero,
  takenNameRegisteredAgain,
  unknownUserIsMinusOne,
];

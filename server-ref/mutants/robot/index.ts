import type { Mutant } from "../mutant.ts";
import { answerNotPushed } from "./answer-not-pushed.ts";
import { answerWithTheQuestionsId } from "./answer-with-the-questions-id.ts";
import { oneWelcomeTooFew } from "./one-welcome-too-few.ts";
import { robotsHaveOtherNumbers } from "./robots-have-other-numbers.ts";
import { silentWithoutAService } from "./silent-without-a-service.ts";
import { waitsForTheRobot } from "./waits-for-the-robot.ts";

/** Mutants of section ROBOT: robots. */
export const robotMutants: readonly Mutant[] = [
  answerNotPushed,
  answerWithTheQuestionsId,
  oneWelcomeTooFew,
  robotsHaveOtherNumbers,
  silentWithoutAService,
  waitsForTheRobot,
];

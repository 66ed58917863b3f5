import type { Robot } from "./robots.ts";

/** A user's message to a robot. */
export interface RobotQuestion {
  readonly robot: Robot;
  readonly user_id: bigint;
  readonly text: string;
}

/** Whatever finds the answers of the robots. */
export interface RobotResponder {
  /** The answer's text; a rejection makes the robot apologise (ROBOT-05). */
  answer(question: RobotQuestion): Promise<string>;
}

/** Answers without any service, so that servers and tests run offline (ROBOT-06). */
export const localResponder: RobotResponder = {
  answer: async ({ text }) => `你说：${text}`,
};

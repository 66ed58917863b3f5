import type { StoredMessage } from "../store/store.ts";
import type { LogicContext } from "./context.ts";
import type { BackgroundEffect } from "./effect.ts";

const ROBOT_IDS: ReadonlySet<bigint> = new Set([2020010702n, 2020010703n]);

/** Whether the user is one of the robots (ROBOT-01). */
export function isRobot(userId: bigint): boolean {
  return ROBOT_IDS.has(userId);
}

/** Stores the robot's answer to a user's message and pushes it to the user (ROBOT-03). */
export async function answerAsRobot(_question: StoredMessage, _context: LogicContext): Promise<BackgroundEffect[]> {
  return [];
}

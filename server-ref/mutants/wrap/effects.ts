// What a mutant borrows from the logic whose effects it replaces.
export { close, type Effect, login, push, reply } from "../../logic/effect.ts";
export { messageInfo } from "../../logic/history.ts";
export { pushStored } from "../../logic/push.ts";
export { answerAsRobot } from "../../logic/robot.ts";

import { setTimeout as delay } from "node:timers/promises";
import { CIMMsgType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { replaceHandler, wrapHandle } from "./wrap/handlers.ts";
import { changePushes } from "./wrap/packets.ts";
import { wrapStore } from "./wrap/store.ts";
import { isRobot } from "./wrap/users.ts";

const { kCIM_MSG_TYPE_ROBOT: ROBOT } = CIMMsgType;

/** Mutants of section ROBOT: robots. */
export const robotMutants: readonly Mutant[] = [
  defineMutant({
    name: "robots-have-other-numbers",
    breaks: ["ROBOT-01", "ROBOT-02"],
    companions: [
      { rule: "SESS-11", reason: "the sessions with robots are not those of the robots" },
      { rule: "UNREAD-08", reason: "the robots' sessions are not where they should be" },
      { rule: "HTTP-12", reason: "the robots' sessions are not where they should be" },
    ],
    title: "greets new users by robots with other user ids",
    story: "The ids were made up when the robots were, before anybody read upstream's.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        createUser: (user) =>
          store.createUser({
            ...user,
            welcomes: user.welcomes.map((welcome) => ({ ...welcome, robot_id: welcome.robot_id + 100n })),
          }),
      }));
    },
  }),
  defineMutant({
    name: "one-welcome-too-few",
    breaks: ["ROBOT-02"],
    companions: [
      { rule: "HTTP-12", reason: "one of the robots' sessions is missing" },
      { rule: "ROBOT-01", reason: "one of the robots does not greet" },
      { rule: "SESS-11", reason: "one of the robots' sessions is missing" },
    ],
    title: "greets new users by the first robot alone",
    story: "The loop over the robots returns after the first.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        createUser: (user) => store.createUser({ ...user, welcomes: user.welcomes.slice(0, 1) }),
      }));
    },
  }),
  defineMutant({
    name: "answer-not-pushed",
    breaks: ["ROBOT-03"],
    companions: [
      { rule: "ROBOT-04", reason: "there is no push of the answer" },
      { rule: "ROBOT-06", reason: "there is no push of the answer" },
      { rule: "CONTENT-06", reason: "there is no push of the answer" },
      { rule: "UNREAD-08", reason: "the answer is waited for by its push" },
      { rule: "ROBOT-07", reason: "there is no push of the answer" },
    ],
    title: "stores a robot's answer without pushing it",
    story: "The robot is no connection, so nothing that it says goes through the gate.",
    apply(seams) {
      changePushes(seams, commands.MSG_DATA, (message) => (message.msg_type === ROBOT ? undefined : message));
    },
  }),
  defineMutant({
    name: "answer-with-the-questions-id",
    breaks: ["ROBOT-04"],
    title: "pushes a robot's answer with the `server_msg_id` of the question",
    story: "The answer is made by copying the question and changing what differs.",
    apply(seams) {
      changePushes(seams, commands.MSG_DATA, ({ msg_type, server_msg_id = 0n }) =>
        msg_type === ROBOT ? { server_msg_id: server_msg_id - 1n } : {},
      );
    },
  }),
  defineMutant({
    name: "silent-without-a-service",
    breaks: ["ROBOT-06"],
    companions: [
      { rule: "ROBOT-03", reason: "robots do not answer" },
      { rule: "ROBOT-04", reason: "robots do not answer" },
      { rule: "ROBOT-07", reason: "robots do not answer" },
      { rule: "CONTENT-06", reason: "robots do not answer" },
      { rule: "UNREAD-08", reason: "robots do not answer" },
    ],
    title: "does not answer for robots as long as no service is named",
    story: "Without an address there is nobody to ask.",
    apply(seams) {
      wrapHandle(seams, commands.MSG_DATA, (request, context, original) =>
        original(request, { ...context, background: () => undefined }),
      );
    },
  }),
  defineMutant({
    name: "waits-for-the-robot",
    breaks: ["ROBOT-07"],
    title: "handles no other request of a connection until the robot has answered",
    story: "The robot is asked in the middle of handling the message.",
    apply(seams) {
      /** As long as a service may take. */
      const ROBOT_MS = 2_500;

      replaceHandler(seams, commands.MSG_DATA, (original) => ({
        pipelined: false,
        handle: async (request, context) => {
          const effects = await original.handle(request, context);
          if (isRobot(request.message.to_session_id)) await delay(ROBOT_MS);
          return effects;
        },
      }));
    },
  }),
];

import type { Mutant } from "../mutant.ts";

/** PUSH-01: pushes to the receiver's newest connection alone. */
export const pushedToNewestDeviceOnly: Mutant = {
  name: "pushed-to-newest-device-only",
  breaks: ["PUSH-01"],
  companions: [
    { rule: "LOGIN-12", reason: "the case looks at several connections of one user" },
    { rule: "VOIP-04", reason: "the case looks at several connections of one user" },
    { rule: "VOIP-07", reason: "the case looks at several connections of one user" },
    { rule: "VOIP-08", reason: "the case looks at several connections of one user" },
    { rule: "VOIP-11", reason: "the case looks at several connections of one user" },
    { rule: "VOIP-12", reason: "the case looks at several connections of one user" },
    { rule: "READ-04", reason: "the case looks at several connections of one user" },
    { rule: "ROBOT-03", reason: "the case looks at several connections of one user" },
    { rule: "PUSH-04", reason: "the case looks at several connections of one user" },
    { rule: "READ-08", reason: "the case looks at several connections of one user" },
    { rule: "VOIP-17", reason: "the case looks at several connections of one user" },
    { rule: "CONN-20", reason: "the case looks at several connections of one user" },
    { rule: "PUSH-03", reason: "in groups, too, a member's other devices are left out" },
  ],
  title: "pushes to the receiver's newest connection alone",
  story: "The table of users holds the last connection that logged in.",
  apply(seams) {
    seams.fanOut.recipients = (push, _userId, connections, origin) =>
      connections.slice(-1).filter(({ id }) => !push.exceptOrigin || id !== origin);
  },
};

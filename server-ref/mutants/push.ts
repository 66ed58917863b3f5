import { CIMSessionType, commands, type Frame } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { pushStored } from "./wrap/effects.ts";
import { changeEffects } from "./wrap/handlers.ts";
import { changePushes } from "./wrap/packets.ts";
import { wrapStore } from "./wrap/store.ts";
import { reorderWrites } from "./wrap/writes.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** Mutants of section PUSH: delivery. */
export const pushMutants: readonly Mutant[] = [
  defineMutant({
    name: "pushed-in-rounds",
    breaks: ["PUSH-01"],
    companions: [
      { rule: "CONN-17", reason: "whether others are still served is told by a push that comes too late" },
      { rule: "LOGIN-11", reason: "the case waits for a push that comes too late" },
      { rule: "MSG-20", reason: "the case waits for a push that comes too late" },
      { rule: "GROUP-21", reason: "the case waits for a push that comes too late" },
      { rule: "FRIEND-03", reason: "the case waits for a push that comes too late" },
      { rule: "SYS-01", reason: "the case waits for a push that comes too late" },
      { rule: "CONN-20", reason: "the case waits for a push that comes too late" },
      { rule: "LOGIN-12", reason: "the case waits for a push that comes too late" },
      { rule: "LOGOUT-03", reason: "the case waits for a push that comes too late" },
      { rule: "PUSH-03", reason: "the case waits for a push that comes too late" },
      { rule: "PUSH-04", reason: "the case waits for a push that comes too late" },
      { rule: "CONN-18", reason: "the case waits for a push that comes too late" },
      { rule: "CONN-19", reason: "the case waits for a push that comes too late" },
      { rule: "HB-05", reason: "the case waits for a push that comes too late" },
      { rule: "MSG-10", reason: "the case waits for a push that comes too late" },
      { rule: "PUSH-02", reason: "the case waits for a push that comes too late" },
    ],
    title: "pushes every five seconds",
    story: "Pushes are gathered to save wake-ups of the radio.",
    apply(seams) {
      changeEffects(seams, commands.MSG_DATA, (effects, _request, context) => {
        const pushes = effects.filter((effect) => effect.kind === "push");
        if (pushes.length > 0) context.after(5_000, async () => pushes);
        return effects.filter(({ kind }) => kind !== "push");
      });
    },
  }),
  defineMutant({
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
  }),
  defineMutant({
    name: "push-with-client-time",
    breaks: ["PUSH-02"],
    companions: [
      { rule: "MSG-02", reason: "the time that the server stamped is seen in the push" },
      { rule: "MSG-04", reason: "the time that the server stamped is seen in the push" },
    ],
    title: "leaves `create_time` out of the push",
    story: "The push passes on what the sender sent, in which the time is not set.",
    apply(seams) {
      changePushes(seams, commands.MSG_DATA, () => ({ create_time: 0 }));
    },
  }),
  defineMutant({
    name: "push-without-server-id",
    breaks: ["PUSH-02"],
    companions: [
      { rule: "VOIP-12", reason: "the push of a call record has no id either" },
      { rule: "ROBOT-04", reason: "the push of an answer has no id either" },
      { rule: "HIST-13", reason: "the push of a notification has no id either" },
      { rule: "PUSH-05", reason: "the order is told by the ids of the pushes" },
    ],
    title: "leaves `server_msg_id` out of the push",
    story: "The push passes on what the sender sent, in which the id is still 0.",
    apply(seams) {
      changePushes(seams, commands.MSG_DATA, () => ({ server_msg_id: 0n }));
    },
  }),
  defineMutant({
    name: "group-push-skips-the-owner",
    breaks: ["PUSH-03"],
    companions: [
      { rule: "MSG-10", reason: "the push that is waited for is the owner's" },
      { rule: "GROUP-22", reason: "the push that is waited for is the owner's" },
    ],
    title: "does not push group messages to the owner",
    story: "The owner is kept apart from the members, and only the members are walked over.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "stored" || message.session_type !== GROUP) return outcome;
          const [group] = await store.groups([message.to_session_id]);
          return { ...outcome, recipients: outcome.recipients.filter((member) => member !== group?.group_owner_id) };
        },
      }));
    },
  }),
  defineMutant({
    name: "other-devices-forgotten",
    breaks: ["PUSH-04"],
    title: "does not push to the sender's other connections",
    story: "A push goes to the receiver; that senders have several devices was not thought of.",
    apply(seams) {
      changeEffects(seams, commands.MSG_DATA, (effects, { self }) =>
        effects.map((effect) =>
          effect.kind === "push" ? { ...effect, users: effect.users.filter((user) => user !== self) } : effect,
        ),
      );
    },
  }),
  defineMutant({
    name: "sender-gets-own-message",
    breaks: ["PUSH-04"],
    companions: [
      { rule: "PUSH-03", reason: "the sending connection gets the group message, too" },
      { rule: "READ-01", reason: "the connection that reads is an origin, too, and is told" },
      { rule: "VOIP-11", reason: "the connection that says bye is an origin, too, and is told" },
    ],
    title: "pushes a message to the connection that sent it, too",
    story: "All connections of sender and receiver are walked over.",
    apply(seams) {
      seams.fanOut.recipients = (_push, _userId, connections) => connections;
    },
  }),
  defineMutant({
    name: "pushes-in-reverse",
    breaks: ["PUSH-05"],
    title: "sends the pushes that leave together in reverse",
    story: "Waiting pushes are taken from a stack.",
    apply(seams) {
      reorderWrites(seams, (frames) => {
        const isPush = ({ header }: Frame): boolean => header.command_id === commands.MSG_DATA.id;
        const pushes = frames.filter(isPush);
        return frames.map((frame) => (isPush(frame) ? (pushes.pop() as Frame) : frame));
      });
    },
  }),
  defineMutant({
    name: "missed-messages-pushed-at-login",
    breaks: ["PUSH-06"],
    companions: [
      { rule: "CONN-11", reason: "pushes at login take numbers of the counter" },
      { rule: "CONN-14", reason: "what is pushed at login is counted as a message that came" },
      { rule: "CONN-15", reason: "what is pushed at login is counted as a message that came" },
      { rule: "PUSH-05", reason: "older messages come behind newer ones" },
      { rule: "LOGOUT-02", reason: "what came before a login is pushed at it" },
    ],
    title: "pushes the newest message of each session at login",
    story: "It looked kind to bring the user up to date.",
    apply(seams) {
      changeEffects(seams, commands.LOGIN_AUTH_REQ, async (effects, _request, context) => {
        const entry = effects.find(({ kind }) => kind === "login");
        if (entry?.kind !== "login") return effects;
        const sessions = await context.store.sessions(entry.user_id);
        return [...effects, ...sessions.map(({ newest }) => pushStored([entry.user_id], newest, ""))];
      });
    },
  }),
];

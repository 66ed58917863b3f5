import { commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeEffects } from "./wrap/handlers.ts";
import { wrapStore } from "./wrap/store.ts";

/** Mutants of section HB: heartbeat. */
export const heartbeatMutants: readonly Mutant[] = [
  defineMutant({
    name: "heartbeat-unanswered",
    breaks: ["HB-01"],
    title: "does not answer heartbeats",
    story: "The heartbeat is for the server, so its arrival is noted and nothing sent.",
    apply(seams) {
      changeEffects(seams, commands.LOGIN_HEARTBEAT, () => []);
    },
  }),
  defineMutant({
    name: "heartbeat-timeout-never",
    breaks: ["HB-02"],
    title: "never closes silent connections",
    story: "TCP was trusted to tell when a client is gone.",
    apply(seams) {
      seams.timers.heartbeatTimeoutMs = 2 ** 40;
    },
  }),
  defineMutant({
    name: "heartbeat-timeout-too-early",
    breaks: ["HB-02"],
    title: "closes silent connections after half of the time",
    story: "The sweep halves the limit to be on the safe side.",
    apply(seams) {
      seams.timers.heartbeatTimeoutMs /= 2;
    },
  }),
  defineMutant({
    name: "heartbeat-timeout-too-late",
    breaks: ["HB-02"],
    title: "closes silent connections after three times the time",
    story: "A connection may miss two heartbeats before the third closes it.",
    apply(seams) {
      seams.timers.heartbeatTimeoutMs *= 3;
    },
  }),
  defineMutant({
    name: "heartbeats-do-not-count",
    breaks: ["HB-04"],
    companions: [
      { rule: "LOGIN-10", reason: "heartbeats that do not count do not keep the connection open" },
      { rule: "HB-02", reason: "heartbeats that do not count do not keep the connection open" },
      { rule: "CONN-22", reason: "heartbeats that do not count do not keep the connection open" },
    ],
    title: "closes connections that send heartbeats but no requests",
    story: "The time of the last request is what the sweep looks at, and a heartbeat is answered before it is noted.",
    apply(seams) {
      seams.timers.isSignOfLife = (commandId) => commandId !== commands.LOGIN_HEARTBEAT.id;
    },
  }),
  defineMutant({
    name: "login-locked-after-disconnect",
    breaks: ["HB-05"],
    title: "refuses a user's login for a while after the last connection has ended",
    story: "The session of the lost connection is kept until it times out, and counts as a login from elsewhere.",
    apply(seams) {
      const LOCKED_MS = 2_000;

      const left = new Map<bigint, number>();
      seams.userOffline.push((userId) => {
        left.set(userId, seams.now());
        return [];
      });
      wrapStore(seams, (store) => ({
        userByName: async (name) => {
          const user = await store.userByName(name);
          const at = user && left.get(user.user_id);
          return at !== undefined && seams.now() - at < LOCKED_MS ? undefined : user;
        },
      }));
    },
  }),
];

import { defineScenario, type Scenario } from "../../harness/load/index.ts";

const GROUP_SIZE = 10;

/** What people do in a messenger, in about the proportions in which they do it. */
const mixed: Scenario = defineScenario({
  name: "mixed",
  title: "what people do: chat, groups, reading, session lists, history",
  description:
    "Each user thinks, does one thing, and thinks again (closed model; with --rate the things arrive by the clock). " +
    "The weights say how often each thing is done; they need not add up to 100.",
  model: "closed",
  defaults: { clients: 200, think: "4s", duration: "60s" },
  options: {
    chat: { type: "number", default: 55, describe: "weight: write to the partner", limits: { minimum: 0 } },
    group: { type: "number", default: 10, describe: "weight: write into the group", limits: { minimum: 0 } },
    read: { type: "number", default: 20, describe: "weight: say that everything was read", limits: { minimum: 0 } },
    sessions: { type: "number", default: 10, describe: "weight: ask for the session list", limits: { minimum: 0 } },
    history: {
      type: "number",
      default: 5,
      describe: "weight: look at the newest page of history",
      limits: { minimum: 0 },
    },
  },
  refuse({ options }) {
    const isIdle = Object.values(options).every((weight) => weight === 0);
    return isIdle
      ? `the weights ${Object.keys(options)
          .map((name) => `--${name}`)
          .join(", ")} are all 0: nothing would be done`
      : undefined;
  },
  conversations: () => [{ kind: "pair" }, { kind: "group", size: GROUP_SIZE }],
  act(user, at, stage) {
    const [pair, group] = user.conversations;
    const things: Record<string, () => unknown> = {
      chat: () => pair && user.send(pair, at),
      group: () => group && user.send(group, at),
      read: () => pair && user.read(pair, at),
      sessions: () => user.sessions(at),
      history: () => pair && user.history(pair, 0n, 20, at),
    };
    const weights = Object.keys(things).map((name) => [name, Number(stage.options[name])] as const);
    let left = stage.random() * weights.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of weights) {
      left -= weight;
      if (left < 0) return things[name]?.();
    }
    return undefined;
  },
});

export default mixed;

import * as fc from "fast-check";

/** How many users take part. */
export const USERS = 3;

/** One thing that a user does. Users are numbered; the first owns the group. */
export type Step =
  | { readonly do: "send"; readonly from: number; readonly to: number }
  | { readonly do: "resend"; readonly from: number }
  | { readonly do: "read"; readonly by: number; readonly of: number }
  | { readonly do: "reconnect"; readonly who: number }
  | { readonly do: "group-send"; readonly from: number }
  | { readonly do: "group-read"; readonly by: number }
  | { readonly do: "join"; readonly who: number }
  | { readonly do: "leave"; readonly who: number };

/** Whether a step is about the group. A reconnection is not, although it names somebody as joining and leaving do. */
export function concernsGroup(step: Step): boolean {
  return ["group-send", "group-read", "join", "leave"].includes(step.do);
}

const user = fc.nat({ max: USERS - 1 });
const member = fc.integer({ min: 1, max: USERS - 1 });
const pair = fc.tuple(user, user).filter(([one, other]) => one !== other);

const single: fc.Arbitrary<Step>[] = [
  pair.map(([from, to]): Step => ({ do: "send", from, to })),
  user.map((from): Step => ({ do: "resend", from })),
  pair.map(([by, of]): Step => ({ do: "read", by, of })),
  user.map((who): Step => ({ do: "reconnect", who })),
];

const grouped: fc.Arbitrary<Step>[] = [
  user.map((from): Step => ({ do: "group-send", from })),
  user.map((by): Step => ({ do: "group-read", by })),
  member.map((who): Step => ({ do: "join", who })),
  member.map((who): Step => ({ do: "leave", who })),
];

/** Random histories of a few users who write to each other. */
export const singleSteps: fc.Arbitrary<Step[]> = fc.array(fc.oneof(...single), { minLength: 1, maxLength: 25 });

/** The same with a group that users join and leave. */
export const groupSteps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(...grouped, ...single.slice(0, 1), single[3] as fc.Arbitrary<Step>),
  {
    minLength: 1,
    maxLength: 25,
  },
);

const names = ["alice", "bob", "carol"];

/** A step in words that a person can follow. */
export function describeStep(step: Step): string {
  const name = (index: number): string => names[index] ?? `user ${index}`;
  switch (step.do) {
    case "send":
      return `${name(step.from)} writes to ${name(step.to)}`;
    case "resend":
      return `${name(step.from)} sends the last message once more`;
    case "read":
      return `${name(step.by)} reads the session with ${name(step.of)}`;
    case "reconnect":
      return `${name(step.who)} loses the connection and logs in again`;
    case "group-send":
      return `${name(step.from)} writes to the group`;
    case "group-read":
      return `${name(step.by)} reads the group`;
    case "join":
      return `${name(step.who)} is taken into the group`;
    case "leave":
      return `${name(step.who)} leaves the group`;
  }
}

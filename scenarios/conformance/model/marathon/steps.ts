import type { CaseContext } from "../../../../harness/runner/index.ts";

/** The people of the marathon, by number: alice is in everything, bob, carol and dave are online beside her. */
export const PEOPLE = ["alice", "bob", "carol", "dave"] as const;

/**
 * The conversations of the marathon: alice with one friend each, a team of the four, and the crowd, a group with as
 * many members as a group may have.
 */
export type Place = "bob" | "carol" | "team" | "crowd";

/** One thing that happens. Whatever is about a conversation that is not there yet, or somebody who is out, is skipped. */
export type Deed =
  | { readonly do: "meet"; readonly count: number }
  | { readonly do: "found"; readonly count: number }
  | { readonly do: "gather"; readonly count: number }
  | { readonly do: "write"; readonly in: Place; readonly by: number; readonly count: number }
  | { readonly do: "resend"; readonly in: Place; readonly by: number; readonly which: "first" | "last" }
  /** `upTo` counts the messages from the oldest; 0 is the whole conversation. */
  | { readonly do: "read"; readonly in: Place; readonly by: number; readonly upTo: number }
  | { readonly do: "leave"; readonly in: "team" | "crowd"; readonly who: number }
  | { readonly do: "return"; readonly in: "team" | "crowd"; readonly who: number }
  /** The owner removes some who never were online, at once. */
  | { readonly do: "thin"; readonly count: number }
  | { readonly do: "call"; readonly of: number; readonly end: "cancel" | "refuse" | "hang-up" | "busy" }
  | { readonly do: "reconnect"; readonly who: number };

/** How large the world is made; each number is beyond a limit that somebody may have thought enough. */
const SESSIONS = 80;
const GROUPS = 51;
const CROWD = 200;
const LONG = 1_050;
const UNREAD = 310;
/** Steps behind the ones that make the world large. */
const RANDOM_STEPS = 45;

/** A long random history in a world that is large in every direction; the same for the same seed. */
export function drawMarathon({ random }: CaseContext): Deed[] {
  const pick = <T>(from: readonly T[]): T => from[random.integer(from.length)] as T;
  const place = (): Place => pick(["bob", "carol", "team", "crowd"]);
  const who = (): number => random.integer(PEOPLE.length);
  const group = (): "team" | "crowd" => pick(["team", "crowd"]);
  const draws: readonly (() => Deed)[] = [
    () => ({ do: "write", in: place(), by: who(), count: pick([1, 2, 3, 11, 33]) }),
    () => ({ do: "write", in: place(), by: who(), count: 1 }),
    () => ({ do: "resend", in: place(), by: who(), which: pick(["first", "last"]) }),
    () => ({ do: "read", in: place(), by: who(), upTo: pick([0, 1, 2, 99, 128, 256, 1_000]) }),
    () => ({ do: "read", in: place(), by: who(), upTo: 1 + random.integer(LONG) }),
    () => ({ do: "leave", in: group(), who: 1 + random.integer(3) }),
    () => ({ do: "return", in: group(), who: 1 + random.integer(3) }),
    () => ({ do: "call", of: pick([1, 2]), end: pick(["cancel", "refuse", "hang-up", "busy"]) }),
    () => ({ do: "reconnect", who: who() }),
    () => ({ do: "thin", count: pick([1, 3, 20]) }),
  ];
  return [
    { do: "found", count: GROUPS - 2 },
    { do: "gather", count: CROWD },
    { do: "meet", count: SESSIONS },
    { do: "write", in: "bob", by: 0, count: LONG },
    { do: "write", in: "bob", by: 1, count: 40 },
    { do: "read", in: "bob", by: 0, upTo: 0 },
    { do: "write", in: "bob", by: 1, count: UNREAD },
    { do: "write", in: "crowd", by: 2, count: 130 },
    { do: "write", in: "team", by: 1, count: UNREAD },
    { do: "resend", in: "bob", by: 0, which: "first" },
    ...Array.from({ length: RANDOM_STEPS }, () => pick(draws)()),
  ];
}

const placeName = (place: Place): string => (place === "team" || place === "crowd" ? `the ${place}` : place);

/** A conversation as somebody in it would call it. */
function placeOf(place: Place, by: number): string {
  return place === PEOPLE[by] ? "alice" : placeName(place);
}

/** A deed in words that a person can follow. */
export function describeDeed(deed: Deed): string {
  const name = (number: number): string => PEOPLE[number] ?? `user ${number}`;
  const some = (count: number, one: string): string => (count === 1 ? `one ${one}` : `${count} ${one}s`);
  switch (deed.do) {
    case "meet":
      return `alice writes to ${some(deed.count, "user")} whom nobody has seen before`;
    case "found":
      return `alice founds ${some(deed.count, "group")} with bob`;
    case "gather":
      return `alice founds a group of ${deed.count} with bob, carol, dave and users who are offline: the crowd`;
    case "write":
      return `${name(deed.by)} writes ${some(deed.count, "message")} to ${placeOf(deed.in, deed.by)}`;
    case "resend":
      return `${name(deed.by)} sends the ${deed.which} message to ${placeOf(deed.in, deed.by)} once more`;
    case "read": {
      const what = deed.upTo === 0 ? "everything" : `up to message ${deed.upTo}`;
      return `${name(deed.by)} reads ${what} in the conversation with ${placeOf(deed.in, deed.by)}`;
    }
    case "leave":
      return `${name(deed.who)} leaves ${placeName(deed.in)}`;
    case "return":
      return `alice takes ${name(deed.who)} back into ${placeName(deed.in)}`;
    case "thin":
      return `alice removes ${some(deed.count, "offline member")} from the crowd at once`;
    case "call":
      return `alice calls ${name(deed.of)}: ${deed.end}`;
    case "reconnect":
      return `a device of ${name(deed.who)} loses its connection and logs in again`;
  }
}

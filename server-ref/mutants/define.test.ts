import { expect, test } from "vitest";
import { defineMutant, type Mutant } from "./define.ts";

const sound: Mutant = {
  name: "answers-twice",
  breaks: ["MSG-04"],
  companions: [{ rule: "MSG-07", reason: "a second answer is a duplicate" }],
  title: "answers every message twice",
  story: "Two handlers were registered for the same command.",
  apply: () => {},
};

test("a sound mutant is taken as it is", () => {
  expect(defineMutant(sound)).toBe(sound);
});

const unsound: [what: string, part: Partial<Mutant>, message: string][] = [
  ["a name with blanks", { name: "answers twice" }, "mutant answers twice: the name is not kebab-case"],
  ["no broken rule", { breaks: [] }, "mutant answers-twice: it breaks no rule"],
  ["a title with a full stop", { title: "answers twice." }, "mutant answers-twice: the title ends with a full stop"],
  [
    "a story without one",
    { story: "Two handlers" },
    "mutant answers-twice: the story is not a sentence with a full stop",
  ],
  ["a companion that it breaks", { breaks: ["MSG-07"] }, "mutant answers-twice: MSG-07 is both broken and a companion"],
];

test.each(unsound)("%s is refused", (_what, part, message) => {
  expect(() => defineMutant({ ...sound, ...part })).toThrow(new TypeError(message));
});

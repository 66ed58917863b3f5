import { expect, test } from "vitest";
import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { type LimitName, limits } from "../../scenarios/rules/index.ts";
import { asMutant } from "../peers/different.ts";
import { limitTo, type OwnLimits } from "../peers/limited.ts";
import { runCases } from "./run.ts";
import { startProofServer } from "./server.ts";

const SEED = 11;

/** What the servers state. */
const STATED: OwnLimits = {
  devices: 8,
  sessions: 21,
  groups: 22,
  "group-members": 23,
  "incoming-bytes": 1_500_000,
  "content-bytes": 10_000,
};

/** How many more or fewer are told: one, or twice of how near to the limit the suite asks. */
const told = (name: LimitName): number => 2 * (limits[name].within ?? 0.5);

/** The cases that are about a limit, among them those that ask at the rules' own where none is stated. */
const casesAbout = (name: LimitName): typeof conformanceCases =>
  conformanceCases.filter(
    ({ rule, atLimit, needs }) =>
      (atLimit === name || rule.id === limits[name].rule) && !needs.includes("restart") && !needs.includes("process"),
  );

/** Statuses and reasons of the cases about a limit, on a server that states {@link STATED} and keeps something else. */
async function judge(name: LimitName, kept: OwnLimits): Promise<Map<string, string>> {
  const title = "keeps other limits than it states";
  const mutants = [asMutant({ name: "own-limits", title, apply: limitTo(kept) })];
  const server = await startProofServer(false, { seed: SEED, mutants });
  try {
    const around = { ...server.around, limits: new Map(Object.entries(STATED)) };
    const results = await runCases(casesAbout(name), around, 8, "must");
    return new Map(results.map(({ id, status, reason = "" }) => [id, `${status}: ${reason}`]));
  } finally {
    await server.stop();
  }
}

const names = Object.keys(limits) as LimitName[];

test.each(names)("a server that keeps the %s that it states is right", async (name) => {
  const judged = [...(await judge(name, STATED))];
  expect(judged.filter(([, status]) => !/^(?:passed|notApplicable): /.test(status))).toEqual([]);
  expect(judged.filter(([, status]) => status.startsWith("passed: "))).not.toEqual([]);
});

test.each(names.flatMap((name) => [-1, 1].map((way) => ({ name, by: way * told(name) }))))(
  "a server that keeps $by of the $name that it states is wrong",
  async ({ name, by }) => {
    const judged = await judge(name, { ...STATED, [name]: STATED[name] + by });
    expect(
      [...judged.values()].filter((status) => status.startsWith("failed: ")),
      [...judged].join("\n"),
    ).not.toEqual([]);
  },
);

import { defineScenario, type Scenario } from "../index.ts";

function fail(where: string): never {
  throw new TypeError(`no ${where} today`);
}

async function later(): Promise<never> {
  await Promise.resolve();
  return fail("end");
}

/** A scenario whose own code fails where its option says. */
const failing: Scenario = defineScenario({
  name: "test-failing",
  title: "fails in one of its parts",
  options: { at: { type: "string", default: "none", describe: "the part that fails" } },
  conversations({ at }) {
    if (at === "conversations") fail("conversations");
    return [{ kind: "pair" }];
  },
  async prepare(_user, { options: { at } }) {
    if (at === "prepare") fail("preparation");
  },
  async during({ options: { at } }) {
    if (at === "during") fail("duration");
    if (at === "timer") setTimeout(() => fail("timer"));
  },
  act(_user, _at, { options: { at } }) {
    if (at === "act") fail("arrival");
    return at === "act, later" ? later() : undefined;
  },
});

export default failing;

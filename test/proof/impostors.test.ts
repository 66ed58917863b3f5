import { expect, test } from "vitest";
import type { Command } from "../../codegen/index.ts";
import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { actingCommands } from "../../scenarios/conformance/setup/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import { trustUserIds } from "../../server-ref/mutants/wrap/users.ts";
import { runAgainstReference } from "./run.ts";

/** A server that forgot to ask who sends one command. */
function trusting(command: Command): Mutant {
  return {
    name: "one-sender-trusted",
    breaks: ["LOGIN-17"],
    title: `does ${command.name} in the name of whoever the body names`,
    story: "The check stands in each handler, and one handler was written without it.",
    apply(seams) {
      trustUserIds(seams, [command]);
    },
  };
}

/** Commands whose forgery nobody can see: a confirmation is not answered and changes nothing for others (ACK-02). */
const WITHOUT_EFFECT = ["MSG_DATA_ACK"];

const cases = conformanceCases.filter(({ rule }) => rule.id === "LOGIN-17");
const seen = actingCommands.filter(({ name }) => !WITHOUT_EFFECT.includes(name));

test.each(seen.map((command) => [command.name, command] as const))(
  "a server that does %s in another's name is found",
  async (_name, command) => {
    const results = await runAgainstReference(cases, { seed: 1, mutants: [trusting(command)] });
    expect(results.filter(({ status }) => status === "failed").map(({ id }) => id)).not.toEqual([]);
  },
  60_000,
);

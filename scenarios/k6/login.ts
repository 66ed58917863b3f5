import type { Options } from "k6/options";
import { defineK6Scenario, type K6Scenario } from "../../harness/k6/index.ts";

/** Users connect, log in and leave again: how fast a server takes people in. */
const scenario: K6Scenario = defineK6Scenario({
  name: "login",
  usersPerVu: 1,
  keepsConnection: false,
  defaults: { vus: 20, rate: 20 },
});

export const options: Options = scenario.options;
export const handleSummary: K6Scenario["handleSummary"] = scenario.handleSummary;

export default function login(): Promise<void> {
  return scenario.session(async (session) => {
    for (const user of scenario.users.take()) await session.login(user);
  });
}

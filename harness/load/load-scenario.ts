import { CuppingError } from "../errors.ts";
import { importDefault } from "../user-module.ts";
import type { Scenario } from "./scenario.ts";

/**
 * Loads a scenario from its module, which exports it as default.
 * @param url as `import` takes it
 * @throws CuppingError `usage`
 */
export async function loadScenario(url: string): Promise<Scenario> {
  const scenario = (await importDefault(url, "the scenario")) as Partial<Scenario> | undefined;
  if (typeof scenario?.name !== "string" || (!scenario.act && !scenario.during)) {
    throw new CuppingError(
      "usage",
      `${url} has no scenario as its default export; expected "export default defineScenario({ name, title, act })"`,
    );
  }
  return scenario as Scenario;
}
